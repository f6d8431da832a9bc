import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  type BlobArea,
  type BlobRef,
  type Blobs,
  type Bytes,
  type Clock,
  err,
  type Instant,
  ok,
  type Refusal,
  type Result,
  refusal,
} from '@gongkai/core';
import { syncFolder } from './durable.ts';
import { InTurn } from './in-turn.ts';
import { type Expectation, type Received, receive, sweepIncoming } from './incoming.ts';
import { markRetained, removeMarkers, retainedUntil } from './retention.ts';

const areas: readonly BlobArea[] = ['quarantine', 'vault', 'renditions'];
const hashPattern = /^[0-9a-f]{64}$/;
const pieceSize = 256 * 1024;

/**
 * Blobs as read-only files `<root>/<area>/ab/cd/<sha256>`. One process writes a root; others may read it.
 * Destroying unlinks: on journalling disks and flash overwriting in place erases nothing, so an office that must
 * erase beyond recovery keeps the root on an encrypted volume and destroys the key.
 */
export class FileBlobs implements Blobs {
  readonly #root: string;
  readonly #clock: Clock;
  readonly #turn = new InTurn();

  private constructor(root: string, clock: Clock) {
    this.#root = root;
    this.#clock = clock;
  }

  /** Makes the folders and clears away what was left half written a day ago: another process may be at work. */
  static async open(root: string, clock: Clock): Promise<FileBlobs> {
    const blobs = new FileBlobs(resolve(root), clock);
    for (const area of areas) await mkdir(join(blobs.#root, area), { recursive: true, mode: 0o700 });
    await sweepIncoming(blobs.#incoming, Date.parse(clock.now()) - 86_400_000);
    return blobs;
  }

  async putOnce(
    area: BlobArea,
    content: Bytes,
    expect: Expectation = {},
  ): Promise<Result<{ readonly sha256: string; readonly size: number }, Refusal>> {
    const received = await receive(this.#incoming, content, expect, this.#clock.now());
    if (!received.ok) return received;
    const { sha256, size } = received.value;
    await this.#turn.run(`${area}/${sha256}`, () => this.#settle({ area, sha256 }, received.value));
    return ok({ sha256, size });
  }

  async head(blob: BlobRef): Promise<{ readonly size: number } | undefined> {
    const path = this.path(blob);
    const found = path === undefined ? undefined : await statIfThere(path);
    return found === undefined ? undefined : { size: found.size };
  }

  async open(
    blob: BlobRef,
    range?: { readonly start: number; readonly end: number },
  ): Promise<Bytes | undefined> {
    const path = this.path(blob);
    if (path === undefined || (await statIfThere(path)) === undefined) return undefined;
    return readPieces(path, range?.start ?? 0, range?.end ?? Number.POSITIVE_INFINITY);
  }

  async retainUntil(blob: BlobRef, until: Instant): Promise<Result<void, Refusal>> {
    return this.#withFile(blob, async (path) => {
      const already = await retainedUntil(path, blob.sha256);
      if (already !== undefined && until < already) return err(refusal('retained', { until: already }));
      await markRetained(path, until);
      return ok(undefined);
    });
  }

  async destroy(blob: BlobRef): Promise<Result<void, Refusal>> {
    return this.#withFile(blob, async (path) => {
      const until = await retainedUntil(path, blob.sha256);
      if (until !== undefined && this.#clock.now() < until) return err(refusal('retained', { until }));
      await rm(path);
      await removeMarkers(path, blob.sha256);
      await syncFolder(dirname(path));
      return ok(undefined);
    });
  }

  async *list(
    area: BlobArea,
  ): AsyncIterable<{ readonly sha256: string; readonly size: number; readonly storedAt: Instant }> {
    const folder = join(this.#root, area);
    for (const first of (await readdir(folder)).sort()) {
      for (const second of (await readdir(join(folder, first))).sort()) {
        for (const sha256 of (await readdir(join(folder, first, second))).sort()) {
          if (!hashPattern.test(sha256)) continue;
          const found = await statIfThere(join(folder, first, second, sha256));
          if (found !== undefined) yield { sha256, size: found.size, storedAt: found.mtime.toISOString() };
        }
      }
    }
  }

  /** Reads everything again and compares: finds silent damage of the disk. */
  async verify(blob: BlobRef): Promise<'whole' | 'damaged' | 'missing'> {
    const content = await this.open(blob);
    if (content === undefined) return 'missing';
    const hash = createHash('sha256');
    for await (const piece of content) hash.update(piece);
    return hash.digest('hex') === blob.sha256 ? 'whole' : 'damaged';
  }

  /** Clears away whatever is half written. Only for who knows that nobody writes. Returns how many. */
  clearIncoming(): Promise<number> {
    return sweepIncoming(this.#incoming, Number.POSITIVE_INFINITY);
  }

  /** The file behind a blob, for programs that read files (converter, scanner); it need not exist. Never write to it. */
  path(blob: BlobRef): string | undefined {
    if (!areas.includes(blob.area) || !hashPattern.test(blob.sha256)) return undefined;
    return join(this.#root, blob.area, blob.sha256.slice(0, 2), blob.sha256.slice(2, 4), blob.sha256);
  }

  get #incoming(): string {
    return join(this.#root, 'incoming');
  }

  async #settle(blob: BlobRef, received: Received): Promise<void> {
    const path = this.path(blob);
    if (path === undefined) throw new Error(`blobs: ${blob.area}/${blob.sha256} has no place`);
    if ((await statIfThere(path))?.size === received.size) {
      // In use again: whoever clears away what is old and no longer spoken of must not take it meanwhile.
      const now = new Date(this.#clock.now());
      await utimes(path, now, now);
      await rm(received.path);
      return;
    }
    const folder = dirname(path);
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    // Same bytes by name, so replacing a file of another size only mends it.
    await rename(received.path, path);
    await syncFolder(folder);
    if (made !== undefined) {
      await syncFolder(dirname(folder));
      await syncFolder(dirname(dirname(folder)));
    }
  }

  async #withFile(
    blob: BlobRef,
    work: (path: string) => Promise<Result<void, Refusal>>,
  ): Promise<Result<void, Refusal>> {
    const path = this.path(blob);
    if (path === undefined) return err(refusal('not-found'));
    return this.#turn.run(`${blob.area}/${blob.sha256}`, async () =>
      (await statIfThere(path)) === undefined ? err(refusal('not-found')) : work(path),
    );
  }
}

const statIfThere = async (path: string) => {
  try {
    return await stat(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
};

/** Opens only when read, so that an answer nobody reads holds no file. */
async function* readPieces(path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  if (start < 0 || end < start) throw new RangeError(`blobs: range ${start} to ${end}`);
  const file = await open(path, 'r');
  try {
    for (let at = start; at < end; ) {
      const wanted = Math.min(pieceSize, end - at);
      const { bytesRead, buffer } = await file.read(new Uint8Array(wanted), 0, wanted, at);
      if (bytesRead === 0) return;
      yield bytesRead === wanted ? buffer : buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}
