import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobRef, Blobs } from '@gongkai/core';

/** Copies a blob to a new file; what is already there is not overwritten. */
export const keepFile = async (blobs: Pick<Blobs, 'open'>, blob: BlobRef, path: string): Promise<void> => {
  const bytes = await blobs.open(blob);
  if (!bytes) throw new Error(`no blob ${blob.area}/${blob.sha256}`);
  await pipeline(Readable.from(bytes), createWriteStream(path, { flags: 'wx' }));
};
