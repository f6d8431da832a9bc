import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bytes, err, ok, type Refusal, type Result, receivedAsExpected, tooLarge } from '@gongkai/core';

/** Above this a body lies on disk while it is sent, and travels in parts of this size (S3 wants at least 5 MiB). */
export const partSize = 8 * 1024 * 1024;

/** A body whose hash is known. `release` must be called. */
export type Spooled = {
  readonly sha256: string;
  readonly size: number;
  part(start: number, length: number): Promise<Uint8Array>;
  release(): Promise<void>;
};

type Expectation = { readonly sha256?: string; readonly size?: number; readonly limit?: number };

/**
 * Reads a stream to its end: the key is the hash, which is known only then. Small bodies stay in memory, large ones
 * go to a file of `folder` (Lambda's /tmp), so memory does not grow with the file. On refusal or throw nothing stays.
 */
export const spool = async (
  folder: string,
  content: Bytes,
  expect: Expectation,
): Promise<Result<Spooled, Refusal>> => {
  const hash = createHash('sha256');
  let held: Uint8Array[] = [];
  let file: SpoolFile | undefined;
  let size = 0;
  let kept = false;
  try {
    for await (const piece of content) {
      size += piece.length;
      if (expect.limit !== undefined && size > expect.limit) return err(tooLarge(expect.limit));
      hash.update(piece);
      held.push(piece);
      if (file === undefined && size <= partSize) continue;
      file ??= await SpoolFile.make(folder);
      for (const each of held) await file.handle.writeFile(each);
      held = [];
    }
    const received = { sha256: hash.digest('hex'), size };
    const wrong = receivedAsExpected(received, expect);
    if (wrong !== undefined) return err(wrong);
    kept = true;
    return ok({ ...received, ...(file === undefined ? inMemory(Buffer.concat(held)) : inFile(file)) });
  } finally {
    if (!kept) await file?.remove();
  }
};

const inMemory = (whole: Uint8Array): Pick<Spooled, 'part' | 'release'> => ({
  part: async (start, length) => whole.subarray(start, start + length),
  release: async () => undefined,
});

const inFile = (file: SpoolFile): Pick<Spooled, 'part' | 'release'> => ({
  part: async (start, length) => {
    const part = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.handle.read(part, filled, length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return part.subarray(0, filled);
  },
  release: () => file.remove(),
});

/** Has no name as soon as it is open: whatever becomes of this process, its bytes do not stay. */
class SpoolFile {
  readonly handle: FileHandle;

  private constructor(handle: FileHandle) {
    this.handle = handle;
  }

  static async make(folder: string): Promise<SpoolFile> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `gongkai-spool-${randomUUID()}`);
    const handle = await open(path, 'wx+', 0o600);
    await rm(path);
    return new SpoolFile(handle);
  }

  async remove(): Promise<void> {
    await this.handle.close();
  }
}
