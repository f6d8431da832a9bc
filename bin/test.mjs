// `npm test`: installs everything, builds the console, runs every test, and tells what could not be run and why.
// In CI (CI=true) a test that could not be run is a failure.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { buildConsole } from './console.mjs';
import { home, install, node } from './install.mjs';

/** Vitest stops a test that waits for ever, not one that computes for ever: then nothing ends any more. */
const patience = Number(process.env.GONGKAI_TEST_PATIENCE_MS ?? 10 * 60_000);

install('all');
await buildConsole();

const folder = mkdtempSync(join(tmpdir(), 'gongkai-test-'));
const list = join(folder, 'not-run');
const report = join(folder, 'report.json');
const underWay = join(folder, 'under-way');
writeFileSync(underWay, '');

/** Vitest and whatever its tests have started, as one group: none of them outlives this. */
const ownGroup = process.platform !== 'win32';
const tests = spawn(
  node(),
  [
    join(home, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--reporter=${join(home, 'bin/tests-under-way.mjs')}`,
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  {
    cwd: home,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: ownGroup,
    env: {
      ...process.env,
      PATH: `${dirname(node())}${delimiter}${process.env.PATH}`,
      GONGKAI_NOT_RUN: list,
      GONGKAI_UNDER_WAY: underWay,
    },
  },
);
const end = (signal) => {
  try {
    process.kill(ownGroup ? -tests.pid : tests.pid, signal);
  } catch {
    // All of them have ended.
  }
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal));
const watch = setInterval(() => {
  if (Date.now() - statSync(underWay).mtimeMs < patience) return;
  const names = readFileSync(underWay, 'utf8') || 'vitest';
  console.log(`\n${patience / 60_000} 分钟没有进展 / no end in ${patience / 60_000} minutes:\n${names}`);
  end('SIGKILL');
}, 1000);
const code = await new Promise((resolve) => {
  tests.on('error', () => resolve(3));
  tests.on('exit', (exit) => resolve(exit ?? 3));
});
clearInterval(watch);
end('SIGKILL');

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
