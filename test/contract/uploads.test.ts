import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, refusal } from '@gongkai/core';
import { MemoryBlobs, MemoryUploads, TestClock } from '@gongkai/core/memory';
import { FileBlobs, FileUploads } from '@gongkai/embedded';
import { expect, it } from 'vitest';
import { bytesOf, sha256Of } from './bytes.ts';
import { scratchFolders } from './scratch.ts';
import { uploadsContract } from './uploads-contract.ts';

const scratch = scratchFolders();

uploadsContract('memory', async () => {
  const blobs = new MemoryBlobs(new TestClock());
  return { blobs, uploads: new MemoryUploads(blobs) };
});

const inFolder = async (root: string) => {
  const blobs = await FileBlobs.open(root, new TestClock());
  return { blobs, uploads: await FileUploads.open(join(root, 'uploads'), blobs) };
};

uploadsContract('files', async () => inFolder(await scratch()));

it('files: an upload goes on after the process was killed, also in the middle of a write', async () => {
  const root = await scratch();
  const before = await inFolder(root);
  await before.uploads.begin('up_1', 6);
  await before.uploads.append('up_1', 0, bytesOf('01'));
  // The kill came after bytes reached the file and before the answer went out.
  await writeFile(join(root, 'uploads', 'up_1'), '0123');
  const after = await inFolder(root);
  expect(await after.uploads.offset('up_1')).toBe(4);
  expect(await after.uploads.append('up_1', 4, bytesOf('45'))).toEqual(ok(6));
  expect(await after.uploads.finish('up_1')).toEqual(ok({ sha256: sha256Of('012345'), size: 6 }));
  expect(await readdir(join(root, 'uploads'))).toEqual([]);
});

it('files: an id that is a path is no id', async () => {
  const { uploads } = await inFolder(await scratch());
  for (const id of [
    '',
    '.',
    '..',
    '../vault/x',
    'a/b',
    'a\\b',
    'up_1.size',
    'a\u0000',
    '上传',
    'a'.repeat(101),
  ]) {
    await expect(uploads.begin(id, 1)).rejects.toThrow('not an upload id');
    expect(await uploads.offset(id)).toBeUndefined();
    expect(await uploads.append(id, 0, bytesOf('x'))).toEqual(err(refusal('not-found')));
    expect(await uploads.finish(id)).toEqual(err(refusal('not-found')));
    await uploads.discard(id);
  }
});

it('files: the sweep learns which uploads nobody goes on with', async () => {
  const root = await scratch();
  const { uploads } = await inFolder(root);
  await uploads.begin('old', 1);
  await uploads.begin('new', 1);
  const longAgo = new Date('2026-01-01T00:00:00.000Z');
  await utimes(join(root, 'uploads', 'old'), longAgo, longAgo);
  const future = new Date('2027-01-01T00:00:00.000Z');
  await utimes(join(root, 'uploads', 'new'), future, future);
  expect(await uploads.abandoned('2026-06-01T00:00:00.000Z')).toEqual(['old']);
});
