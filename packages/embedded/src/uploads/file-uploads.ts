import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type Blobs,
  type Bytes,
  err,
  type Instant,
  ok,
  type Refusal,
  type Result,
  refusal,
  tooLarge,
  type Uploads,
} from '@gongkai/core';
import { syncFolder } from '../blobs/durable.ts';

const idPattern = /^[A-Za-z0-9_-]{1,100}$/;

/**
 * Uploads under way, as files `<folder>/<id>` with the announced size in `<id>.size`. The file's length is the
 * offset: there is no second account of it that a crash could make wrong. One process writes a folder.
 */
export class FileUploads implements Uploads {
  readonly #folder: string;
  readonly #blobs: Blobs;
  readonly #busy = new Set<string>();

  private constructor(folder: string, blobs: Blobs) {
    this.#folder = folder;
    this.#blobs = blobs;
  }

  static async open(folder: string, blobs: Blobs): Promise<FileUploads> {
    const uploads = new FileUploads(resolve(folder), blobs);
    await mkdir(uploads.#folder, { recursive: true, mode: 0o700 });
    return uploads;
  }

  /** The bytes come through the API: it is the same machine. */
  async ticket(): Promise<undefined> {
    return undefined;
  }

  /** The same call again is fine. Throws for an id that is no id, and for another size than before. */
  async begin(id: string, size: number): Promise<void> {
    if (!idPattern.test(id)) throw new RangeError('uploads: this is not an upload id');
    if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`uploads: size ${size}`);
    const already = await this.#announced(id);
    if (already !== undefined) {
      if (already !== size) throw new Error(`upload ${id} was begun with another size`);
      return;
    }
    await (await open(this.#bytes(id), 'a', 0o600)).close();
    // The size appears last and whole: an upload exists when its size does.
    const part = `${this.#bytes(id)}.part`;
    const note = await open(part, 'w', 0o600);
    await note.writeFile(String(size));
    await note.sync();
    await note.close();
    await rename(part, this.#size(id));
    await syncFolder(this.#folder);
  }

  /**
   * What arrived before a connection broke is kept and flushed, then the break is thrown on. More than announced
   * is refused with `too-large` and taken back.
   */
  async append(id: string, offset: number, content: Bytes): Promise<Result<number, Refusal>> {
    return this.#alone(id, async (announced, standing) => {
      if (offset !== standing) return err(refusal('upload-offset', { offset: standing }));
      const file = await open(this.#bytes(id), 'r+');
      try {
        return await appendPieces(file, content, standing, announced);
      } finally {
        await file.sync();
        await file.close();
      }
    });
  }

  async offset(id: string): Promise<number | undefined> {
    return (await this.#announced(id)) === undefined ? undefined : (await stat(this.#bytes(id))).size;
  }

  /** After a wrong checksum the upload is discarded: there is no telling which piece was wrong. */
  async finish(
    id: string,
    expectSha256?: string,
  ): Promise<Result<{ readonly sha256: string; readonly size: number }, Refusal>> {
    return this.#alone(id, async (announced, standing) => {
      if (standing < announced) {
        return err(refusal('truncated', { expected: announced, received: standing }));
      }
      const file = await open(this.#bytes(id), 'r');
      const outcome = await this.#blobs.putOnce('quarantine', file.createReadStream(), {
        size: announced,
        ...(expectSha256 === undefined ? {} : { sha256: expectSha256 }),
      });
      await this.#remove(id);
      return outcome;
    });
  }

  async discard(id: string): Promise<void> {
    if (idPattern.test(id)) await this.#remove(id);
  }

  /** Uploads that nobody has added to since `before`, for the sweep. */
  async abandoned(before: Instant): Promise<readonly string[]> {
    const ids: string[] = [];
    for (const name of await readdir(this.#folder)) {
      if (!idPattern.test(name) || this.#busy.has(name)) continue;
      const { mtime } = await stat(join(this.#folder, name));
      if (mtime.toISOString() < before) ids.push(name);
    }
    return ids;
  }

  /** One at a time: a second append or finish meanwhile is told where the upload stands and to try again. */
  async #alone<T>(
    id: string,
    work: (announced: number, standing: number) => Promise<Result<T, Refusal>>,
  ): Promise<Result<T, Refusal>> {
    if (this.#busy.has(id)) return err(refusal('upload-offset', { offset: (await this.offset(id)) ?? 0 }));
    this.#busy.add(id);
    try {
      const announced = await this.#announced(id);
      if (announced === undefined) return err(refusal('not-found'));
      return await work(announced, (await stat(this.#bytes(id))).size);
    } finally {
      this.#busy.delete(id);
    }
  }

  async #announced(id: string): Promise<number | undefined> {
    if (!idPattern.test(id)) return undefined;
    try {
      return Number(await readFile(this.#size(id), 'utf8'));
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
      throw cause;
    }
  }

  async #remove(id: string): Promise<void> {
    await rm(this.#size(id), { force: true });
    await rm(this.#bytes(id), { force: true });
    await syncFolder(this.#folder);
  }

  #bytes(id: string): string {
    return join(this.#folder, id);
  }

  #size(id: string): string {
    return join(this.#folder, `${id}.size`);
  }
}

const appendPieces = async (
  file: FileHandle,
  content: Bytes,
  start: number,
  announced: number,
): Promise<Result<number, Refusal>> => {
  let at = start;
  for await (const piece of content) {
    if (at + piece.length > announced) {
      await file.truncate(start);
      return err(tooLarge(announced));
    }
    for (let written = 0; written < piece.length; ) {
      const { bytesWritten } = await file.write(piece, written, piece.length - written, at);
      written += bytesWritten;
      at += bytesWritten;
    }
  }
  return ok(at);
};
