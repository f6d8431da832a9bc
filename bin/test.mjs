// `npm test`: installs everything, builds the console, runs every test, and tells what could not be run and why.
// In CI (CI=true) a test that could not be run is a failure.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConsole } from './console.mjs';
import { home, install, run } from './install.mjs';

install('all');
await buildConsole();

const folder = mkdtempSync(join(tmpdir(), 'gongkai-test-'));
const list = join(folder, 'not-run');
const report = join(folder, 'report.json');
const code = await run(
  [
    join(home, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: home, env: { GONGKAI_NOT_RUN: list } },
);

const notRun = existsSync(list) ? [...new Set(readFileSync(list, 'utf8').trim().split('\n'))] : [];
if (notRun.length > 0) {
  console.log('\n没有运行 / not run, because:');
  for (const line of notRun) console.log(`  - ${line}`);
}
const { numPassedTests = 0, numFailedTests = 0 } = existsSync(report)
  ? JSON.parse(readFileSync(report, 'utf8'))
  : {};
rmSync(folder, { recursive: true, force: true });

const missing = process.env.CI ? notRun.length : 0;
const broken = code !== 0 && numFailedTests === 0 ? 1 : 0;
console.log(`\n${numPassedTests} passed, ${numFailedTests + missing + broken} failed`);
process.exit(code !== 0 || missing > 0 ? 1 : 0);
