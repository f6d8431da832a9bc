import { chmod, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MemoryBlobs, TestClock } from '@gongkai/core/memory';
import { FileBlobs } from '@gongkai/embedded';
import { expect, it } from 'vitest';
import { blobsContract } from './blobs-contract.ts';
import { bytesOf, sha256Of } from './bytes.ts';
import { scratchFolders } from './scratch.ts';

const scratch = scratchFolders();

/** Files below the root that are neither a blob nor the retention of one that stands. */
const strayFiles = async (root: string): Promise<number> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return names.filter((name) => !names.includes(name.slice(0, 64)) || name.slice(0, 64).length < 64).length;
};

blobsContract('memory', async (clock) => ({ blobs: new MemoryBlobs(clock), leftovers: async () => 0 }));

blobsContract('files', async (clock) => {
  const root = await scratch();
  return { blobs: await FileBlobs.open(root, clock), leftovers: () => strayFiles(root) };
});

it('files: blobs are read-only, and their retention outlives the process', async () => {
  const root = await scratch();
  const clock = new TestClock();
  const before = await FileBlobs.open(root, clock);
  const blob = { area: 'vault', sha256: sha256Of('x') } as const;
  await before.putOnce('vault', bytesOf('x'));
  await before.retainUntil(blob, '2036-03-01T00:00:00.000Z');
  expect((await stat(before.path(blob) ?? '')).mode & 0o777).toBe(0o444);
  const after = await FileBlobs.open(root, clock);
  expect(await after.destroy(blob)).toMatchObject({ ok: false, error: { code: 'retained' } });
});

it('files: a damaged blob is found by verifying', async () => {
  const blobs = await FileBlobs.open(await scratch(), new TestClock());
  const blob = { area: 'vault', sha256: sha256Of('genuine') } as const;
  expect(await blobs.verify(blob)).toBe('missing');
  await blobs.putOnce('vault', bytesOf('genuine'));
  expect(await blobs.verify(blob)).toBe('whole');
  const path = blobs.path(blob) ?? '';
  await chmod(path, 0o644);
  await writeFile(path, 'forged!');
  expect(await blobs.verify(blob)).toBe('damaged');
});

it('files: opening clears away what a killed process left half written, but nothing that may be in use', async () => {
  const root = await scratch();
  const clock = new TestClock();
  await FileBlobs.open(root, clock);
  const yesterday = new Date(Date.parse(clock.now()) - 25 * 3_600_000);
  const now = new Date(clock.now());
  for (const [name, at] of [
    ['old', yesterday],
    ['new', now],
  ] as const) {
    await writeFile(join(root, 'incoming', name), 'half');
    await utimes(join(root, 'incoming', name), at, at);
  }
  await FileBlobs.open(root, clock);
  expect(await readdir(join(root, 'incoming'))).toEqual(['new']);
});
