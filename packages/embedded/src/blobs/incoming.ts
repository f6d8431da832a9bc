import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Bytes,
  err,
  type Instant,
  ok,
  type Refusal,
  type Result,
  receivedAsExpected,
  tooLarge,
} from '@gongkai/core';

export type Expectation = { readonly sha256?: string; readonly size?: number; readonly limit?: number };
export type Received = { readonly path: string; readonly sha256: string; readonly size: number };

/** Streams into a new file of `folder`, hashing on the way, and flushes it; `storedAt` becomes its modification time. On refusal or throw the file is gone. */
export const receive = async (
  folder: string,
  content: Bytes,
  expect: Expectation,
  storedAt: Instant,
): Promise<Result<Received, Refusal>> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let size = 0;
  let kept = false;
  try {
    for await (const piece of content) {
      size += piece.length;
      if (expect.limit !== undefined && size > expect.limit) return err(tooLarge(expect.limit));
      hash.update(piece);
      await file.writeFile(piece);
    }
    const received = { sha256: hash.digest('hex'), size };
    const wrong = receivedAsExpected(received, expect);
    if (wrong !== undefined) return err(wrong);
    await file.utimes(new Date(storedAt), new Date(storedAt));
    await file.chmod(0o444);
    await file.sync();
    kept = true;
    return ok({ path, ...received });
  } finally {
    await file.close();
    if (!kept) await rm(path, { force: true });
  }
};

/** What a killed process left behind: what has not been written to since `before`. Returns how many. */
export const sweepIncoming = async (folder: string, before: number): Promise<number> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let gone = 0;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || found.mtimeMs > before) continue;
    await rm(path, { force: true });
    gone += 1;
  }
  return gone;
};
