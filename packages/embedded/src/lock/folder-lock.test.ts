import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FolderLock } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-lock-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is held by one, and by the next when it is let go', async () => {
  const path = join(folder, 'a', 'running.lock');
  const first = await FolderLock.take(path);
  expect(first).toBeDefined();
  expect(await FolderLock.take(path)).toBeUndefined();
  first?.release();
  const next = await FolderLock.take(path);
  expect(next).toBeDefined();
  next?.release();
});

it('is free again when its holder was killed', async () => {
  const path = join(folder, 'b.lock');
  const entry = new URL('./folder-lock.ts', import.meta.url).href;
  const holder = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `const { FolderLock } = await import(${JSON.stringify(entry)});
     globalThis.held = await FolderLock.take(${JSON.stringify(path)});
     process.stdout.write(globalThis.held ? 'held' : 'not held');
     setInterval(() => {}, 1000);`,
  ]);
  const said = await new Promise((resolve) => holder.stdout.once('data', (text) => resolve(String(text))));
  expect(said).toBe('held');
  expect(await FolderLock.take(path)).toBeUndefined();
  const gone = new Promise((resolve) => holder.once('exit', resolve));
  holder.kill('SIGKILL');
  await gone;
  const next = await FolderLock.take(path);
  expect(next).toBeDefined();
  next?.release();
});
