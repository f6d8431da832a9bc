// Builds the staff's console when its sources are newer than what is built.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { home, run } from './install.mjs';

const folder = join(home, 'packages', 'console');
const mark = join(folder, 'dist', '.sources');

const sources = () => {
  const hash = createHash('sha256');
  const walk = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      if (entry.isDirectory()) walk(join(path, entry.name));
      else hash.update(entry.name).update(readFileSync(join(path, entry.name)));
    }
  };
  for (const path of [
    join(folder, 'src'),
    join(home, 'packages/core/src'),
    join(home, 'packages/api/src/contract'),
  ])
    walk(path);
  for (const name of ['package.json', 'vite.config.ts', 'index.html'])
    hash.update(readFileSync(join(folder, name)));
  hash.update(readFileSync(join(home, 'pnpm-lock.yaml')));
  return hash.digest('hex');
};

export const buildConsole = async () => {
  const now = sources();
  if (existsSync(mark) && readFileSync(mark, 'utf8') === now) return;
  console.error('正在构建控制台… / Building the console…');
  const code = await run(
    [join(folder, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    // Under vitest NODE_ENV is `test`: React would be its slow self, and every dialog would carry the same id.
    { cwd: folder, env: { NODE_ENV: 'production' } },
  );
  if (code !== 0) process.exit(3);
  writeFileSync(mark, now);
};
