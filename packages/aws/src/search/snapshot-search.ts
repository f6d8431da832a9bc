import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Search, SearchAnswer, SearchEntry, SearchFilters } from '@gongkai/core';
import { type Snapshot, SnapshotObject } from './snapshot-object.ts';
import { type Change, type Waiting, WaitingChanges } from './waiting-changes.ts';

/** `fresh`: made new at this opening, because there was nothing that could be read. */
export type SearchFile = Search & { readonly fresh: boolean; close(): void };

export type SnapshotSearchOptions = {
  readonly client: S3Client;
  readonly bucket: string;
  /** Default `search/index.sqlite`. */
  readonly key?: string;
  /** /tmp on Lambda. */
  readonly folder: string;
  /** Opens the index file, new when there is none: the one of one machine (packages/embedded). */
  readonly open: (path: string) => Promise<SearchFile>;
  /** A reader looks for a newer snapshot after so long. */
  readonly freshSeconds?: number;
  readonly now?: () => number;
  /** Told when the snapshot cannot be read (the next change then begins a new one), or a change that waits for it. */
  readonly damaged?: () => void;
};

type Held = { readonly file: SearchFile; readonly path: string; readonly tag: string | undefined };

/** Swaps that may fail because others were faster before the message is tried again: each time they took much along. */
const tries = 12;

let opened = 0;

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'ESRCH';
  }
};

/**
 * The one-machine index as one object on S3. A writer leaves its change, takes the snapshot, applies all changes that
 * wait and puts it back under the condition that nobody was faster; readers take it into their own folder when it has
 * changed. Idle it costs nothing; a swap moves the whole file: docs/deploy.md says how far that goes.
 */
export class SnapshotSearch implements Search {
  readonly #options: Required<Omit<SnapshotSearchOptions, 'client' | 'bucket' | 'key'>>;
  readonly #snapshot: SnapshotObject;
  readonly #waiting: WaitingChanges;
  #held: Held | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<Held> | undefined;
  #swept: Promise<void> | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor({ client, bucket, key = 'search/index.sqlite', ...options }: SnapshotSearchOptions) {
    this.#options = { freshSeconds: 30, now: Date.now, damaged: () => undefined, ...options };
    this.#snapshot = new SnapshotObject(client, bucket, key);
    this.#waiting = new WaitingChanges(client, bucket, `${key}.waiting/`);
  }

  put(entry: SearchEntry): Promise<void> {
    return this.#change({ put: entry });
  }

  remove(id: string): Promise<void> {
    return this.#change({ remove: id });
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

  /** Which index this is: one that was begun anew has another name. Undefined while there is none. */
  async generation(): Promise<string | undefined> {
    const generation = await this.#snapshot.generation();
    return generation === undefined ? undefined : `snapshot:${generation}`;
  }

  close(): void {
    this.#held?.file.close();
    this.#held = undefined;
  }

  /** One swap at a time in this process, for each holds the whole file in memory. */
  async #change(change: Change): Promise<void> {
    const mine = await this.#waiting.add(change);
    const turn = this.#turn.then(() => this.#fold(mine));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Until the change under this key is in the snapshot, by our hand or another's. */
  async #fold(mine: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const keys = await this.#waiting.list();
      // Somebody else took it along. With more waiting than one list holds it may stand further back: then go on.
      if (!keys.includes(mine) && (await this.#waiting.read([mine])).length === 0) break;
      const waiting = await this.#waiting.read(keys);
      if (await this.#swap(waiting)) {
        await this.#waiting.settle(waiting);
        if (waiting.some(({ key }) => key === mine)) break;
      } else if (attempt === tries) {
        throw new Error(`search: ${tries} swaps of the snapshot failed; the change waits for the next`);
      } else await sleep(Math.random() * 50 * 2 ** Math.min(attempt, 6));
    }
    this.#lookedAt = Number.NEGATIVE_INFINITY;
  }

  async #swap(waiting: readonly Waiting[]): Promise<boolean> {
    const before = await this.#snapshot.get();
    if (before === 'unchanged') throw new Error('search: S3 answered a question that was not asked');
    const path = await this.#newPath();
    try {
      const readable = before !== undefined && 'bytes' in before ? before : undefined;
      if (readable) await writeFile(path, readable.bytes, { mode: 0o600 });
      const file = await this.#options.open(path);
      // What cannot be read begins anew, under a new name, so that whoever fills it sees it.
      const begun = before !== undefined && (readable === undefined || file.fresh);
      if (begun) this.#options.damaged();
      try {
        for (const { change } of waiting) {
          if (change === undefined) this.#options.damaged();
          else await ('put' in change ? file.put(change.put) : file.remove(change.remove));
        }
      } finally {
        file.close();
      }
      return await this.#snapshot.swap(
        await readFile(path),
        begun ? { damaged: true, tag: before.tag } : before,
      );
    } finally {
      await this.#drop(path);
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
    const lookedAt = this.#options.now();
    const before = this.#held;
    const got = await this.#snapshot.get(before?.tag);
    const snapshot = got !== undefined && got !== 'unchanged' && 'bytes' in got ? got : undefined;
    if (got !== undefined && got !== 'unchanged' && snapshot === undefined) this.#options.damaged();
    // Nothing newer, or nothing that could be read: what was held still answers, and `visible()` decides.
    if (before !== undefined && snapshot === undefined) {
      this.#lookedAt = lookedAt;
      return before;
    }
    this.#held = await this.#open(snapshot);
    this.#lookedAt = lookedAt;
    if (before !== undefined) {
      before.file.close();
      await this.#drop(before.path);
    }
    return this.#held;
  }

  async #open(snapshot: Snapshot | undefined): Promise<Held> {
    const path = await this.#newPath();
    if (snapshot) await writeFile(path, snapshot.bytes, { mode: 0o600 });
    return { file: await this.#options.open(path), path, tag: snapshot?.tag };
  }

  async #newPath(): Promise<string> {
    this.#swept ??= this.#sweep();
    await this.#swept;
    opened += 1;
    const path = join(this.#options.folder, `search-${process.pid}-${opened}.sqlite`);
    await this.#drop(path);
    return path;
  }

  /** What processes left that were killed: /tmp outlives them, and is small. */
  async #sweep(): Promise<void> {
    const { folder } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(folder)) {
      const pid = /^search-(\d+)-/.exec(name)?.[1];
      if (pid !== undefined && isGone(Number(pid))) await rm(join(folder, name), { force: true });
    }
  }

  async #drop(path: string): Promise<void> {
    for (const side of ['', '-wal', '-shm']) await rm(path + side, { force: true });
  }
}
