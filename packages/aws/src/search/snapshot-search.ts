import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Search, SearchAnswer, SearchEntry, SearchFilters } from '@gongkai/core';

export type SearchFile = Search & { close(): void };

export type SnapshotSearchOptions = {
  readonly client: S3Client;
  readonly bucket: string;
  /** Default `search/index.sqlite`. */
  readonly key?: string;
  /** Of this function alone: /tmp on Lambda. */
  readonly folder: string;
  /** Opens the index file, new when there is none: the one of one machine (packages/embedded). */
  readonly open: (path: string) => Promise<SearchFile>;
  /** A reader looks for a newer snapshot after so long. */
  readonly freshSeconds?: number;
  readonly now?: () => number;
};

type Held = { readonly file: SearchFile; readonly path: string; readonly tag: string | undefined };

const statusOf = (cause: unknown): number | undefined =>
  cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined;

/** Writers that may collide before one gives up and its message is tried again. */
const tries = 8;

/**
 * The one-machine index as one object on S3. A writer takes the snapshot, changes it and puts it back under the
 * condition that nobody was faster; readers take it into their own folder when it has changed. Idle it costs nothing;
 * each change moves the whole file, so this is for offices whose index is tens of megabytes.
 */
export class SnapshotSearch implements Search {
  readonly #options: Required<SnapshotSearchOptions>;
  #held: Held | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #opened = 0;
  #refreshing: Promise<Held> | undefined;

  constructor(options: SnapshotSearchOptions) {
    this.#options = { key: 'search/index.sqlite', freshSeconds: 30, now: Date.now, ...options };
  }

  put(entry: SearchEntry): Promise<void> {
    return this.#change((file) => file.put(entry));
  }

  remove(id: string): Promise<void> {
    return this.#change((file) => file.remove(id));
  }

  async query(
    words: string,
    options?: { filters?: SearchFilters; limit?: number; cursor?: string },
  ): Promise<SearchAnswer> {
    return (await this.#fresh()).file.query(words, options);
  }

  async suggest(prefix: string, limit?: number): Promise<readonly string[]> {
    return (await this.#fresh()).file.suggest(prefix, limit);
  }

  close(): void {
    this.#held?.file.close();
    this.#held = undefined;
  }

  async #change(change: (file: SearchFile) => Promise<void>): Promise<void> {
    const { client, bucket, key } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      const { path, tag } = await this.#take();
      const file = await this.#options.open(path);
      await change(file).finally(() => file.close());
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: await readFile(path),
            ...(tag === undefined ? { IfNoneMatch: '*' } : { IfMatch: tag }),
          }),
        );
        this.#lookedAt = Number.NEGATIVE_INFINITY;
        return;
      } catch (cause) {
        // 412: somebody was faster; 409: somebody is at it right now.
        if (![409, 412].includes(statusOf(cause) ?? 0) || attempt === tries) throw cause;
        await sleep(Math.random() * 100 * 2 ** attempt);
      } finally {
        await rm(path, { force: true });
      }
    }
  }

  /** The snapshot in a file of its own, and by what it is known; a new name where there is none yet. */
  async #take(): Promise<{ readonly path: string; readonly tag: string | undefined }> {
    const { folder } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    this.#opened += 1;
    const path = join(folder, `search-${process.pid}-${this.#opened}.sqlite`);
    await rm(path, { force: true });
    const got = await this.#get();
    if (got === undefined || got === 'unchanged') return { path, tag: undefined };
    await writeFile(path, got.bytes, { mode: 0o600 });
    return { path, tag: got.tag };
  }

  async #get(
    known?: string,
  ): Promise<{ readonly bytes: Uint8Array; readonly tag: string | undefined } | 'unchanged' | undefined> {
    const { client, bucket, key } = this.#options;
    try {
      const { Body, ETag } = await client.send(
        new GetObjectCommand({
          Bucket: bucket,
          Key: key,
          ...(known === undefined ? {} : { IfNoneMatch: known }),
        }),
      );
      return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), tag: ETag };
    } catch (cause) {
      if (statusOf(cause) === 304) return 'unchanged';
      if (statusOf(cause) === 404) return undefined;
      throw cause;
    }
  }

  async #fresh(): Promise<Held> {
    const { now, freshSeconds } = this.#options;
    if (this.#held !== undefined && now() - this.#lookedAt < freshSeconds * 1000) return this.#held;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<Held> {
    const { folder, open, now } = this.#options;
    const lookedAt = now();
    const got = await this.#get(this.#held?.tag);
    const before = this.#held;
    if (before !== undefined && (got === 'unchanged' || (got === undefined && before.tag === undefined))) {
      this.#lookedAt = lookedAt;
      return before;
    }
    await mkdir(folder, { recursive: true, mode: 0o700 });
    this.#opened += 1;
    const path = join(folder, `search-${process.pid}-${this.#opened}.sqlite`);
    await rm(path, { force: true });
    const snapshot = got === undefined || got === 'unchanged' ? undefined : got;
    if (snapshot) await writeFile(path, snapshot.bytes, { mode: 0o600 });
    this.#held = { file: await open(path), path, tag: snapshot?.tag };
    this.#lookedAt = lookedAt;
    if (before !== undefined) {
      before.file.close();
      for (const side of ['', '-wal', '-shm']) await rm(before.path + side, { force: true });
    }
    return this.#held;
  }
}
