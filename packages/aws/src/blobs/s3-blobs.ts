import { tmpdir } from 'node:os';
import {
  GetObjectCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
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
import { isAnswer } from './answer.ts';
import { type BlobBuckets, blobKey, blobPrefix, type Place, touchedPrefix } from './bucket.ts';
import { putAbsent } from './put-object.ts';
import { type Spooled, spool } from './spool.ts';
import { deleteVersions, listed, type Standing, standing } from './standing.ts';

export type S3BlobsOptions = {
  readonly client: S3Client;
  readonly buckets: BlobBuckets;
  readonly clock: Clock;
  /** Where large bodies lie while they are sent; the system's temporary folder. */
  readonly spoolFolder?: string;
};

/** Object Lock keeps whole seconds: up, so that nothing is ever kept too short. */
const wholeSecond = (at: Instant): Instant => new Date(Math.ceil(Date.parse(at) / 1000) * 1000).toISOString();

/**
 * Blobs in S3 under `<area>/blobs/<sha256>`: one conditional write a blob, so one version; retention is Object Lock,
 * which S3 itself enforces against everyone. `storedAt` is S3's time. The vault's bucket has versions and Object Lock;
 * the other areas are never retained.
 */
export class S3Blobs implements Blobs {
  readonly #client: S3Client;
  readonly #buckets: BlobBuckets;
  readonly #clock: Clock;
  readonly #spoolFolder: string;

  constructor(options: S3BlobsOptions) {
    this.#client = options.client;
    this.#buckets = options.buckets;
    this.#clock = options.clock;
    this.#spoolFolder = options.spoolFolder ?? tmpdir();
  }

  async putOnce(
    area: BlobArea,
    content: Bytes,
    expect: { readonly sha256?: string; readonly size?: number; readonly limit?: number } = {},
  ): Promise<Result<{ readonly sha256: string; readonly size: number }, Refusal>> {
    const spooled = await spool(this.#spoolFolder, content, expect);
    if (!spooled.ok) return spooled;
    const { sha256, size } = spooled.value;
    try {
      await this.#settle({ area, sha256 }, spooled.value);
    } finally {
      await spooled.value.release();
    }
    return ok({ sha256, size });
  }

  async head(blob: BlobRef): Promise<{ readonly size: number } | undefined> {
    const found = await this.#standing(blob);
    return found === undefined ? undefined : { size: found.size };
  }

  /** One version is pinned when it is opened; the request for its bytes goes out when they are read. */
  async open(
    blob: BlobRef,
    range?: { readonly start: number; readonly end: number },
  ): Promise<Bytes | undefined> {
    const found = await this.#standing(blob);
    if (found === undefined) return undefined;
    const { start, end } = range ?? { start: 0, end: found.size };
    if (start < 0 || end < start) throw new RangeError(`blobs: range ${start} to ${end}`);
    return this.#read(blob, found.versionId, start, Math.min(end, found.size));
  }

  /** Throws when S3 refuses the date, as it does when it is over by S3's own time: never taken for done. */
  async retainUntil(blob: BlobRef, until: Instant): Promise<Result<void, Refusal>> {
    const found = await this.#standing(blob);
    if (found === undefined) return err(refusal('not-found'));
    const wanted = wholeSecond(until);
    if (found.lockedUntil !== undefined && wanted < found.lockedUntil) {
      return err(refusal('retained', { until: found.lockedUntil }));
    }
    const { bucket, lock } = this.#buckets[blob.area];
    if (lock === undefined) throw new Error(`blobs: nothing is retained in ${blob.area}`);
    try {
      await this.#client.send(
        new PutObjectRetentionCommand({
          ...this.#target(blob),
          Bucket: bucket,
          VersionId: found.versionId,
          Retention: { Mode: lock, RetainUntilDate: new Date(wanted) },
        }),
      );
      return ok(undefined);
    } catch (cause) {
      return this.#lengthenedMeanwhile(blob, wanted, cause);
    }
  }

  async destroy(blob: BlobRef): Promise<Result<void, Refusal>> {
    const found = await this.#standing(blob);
    if (found === undefined) return err(refusal('not-found'));
    const retained = (until: Instant) => err(refusal('retained', { until }));
    if (found.lockedUntil !== undefined && this.#clock.now() < found.lockedUntil) {
      return retained(found.lockedUntil);
    }
    try {
      await deleteVersions(this.#place(blob));
    } catch (cause) {
      // S3's clock decides in the end; ours may be ahead of it.
      if (found.lockedUntil !== undefined && isAnswer(cause, 'locked')) return retained(found.lockedUntil);
      throw cause;
    }
    await deleteVersions(this.#touched(blob));
    return ok(undefined);
  }

  async *list(
    area: BlobArea,
  ): AsyncIterable<{ readonly sha256: string; readonly size: number; readonly storedAt: Instant }> {
    const { bucket } = this.#buckets[area];
    // Both lists come in the order of hashes: one walk beside the other.
    const touches = listed(this.#client, bucket, touchedPrefix(area));
    let touch = await touches.next();
    for await (const { name, size, storedAt } of listed(this.#client, bucket, blobPrefix(area))) {
      while (!touch.done && touch.value.name < name) touch = await touches.next();
      // A touch may be left from a blob of this name that was destroyed before this one was stored.
      const again = !touch.done && touch.value.name === name && touch.value.storedAt > storedAt;
      yield { sha256: name, size, storedAt: again ? touch.value.storedAt : storedAt };
    }
  }

  /** When the key is taken its bytes are these: what is left is to say that they are in use again. */
  async #settle(blob: BlobRef, body: Spooled): Promise<void> {
    for (;;) {
      if ((await putAbsent(this.#place(blob), body)) === 'stored') return;
      const { bucket, key } = this.#touched(blob);
      await this.#client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: new Uint8Array() }));
      // Whoever clears away old bytes may have come between the two requests.
      if ((await this.#standing(blob)) !== undefined) return;
    }
  }

  async #lengthenedMeanwhile(blob: BlobRef, wanted: Instant, cause: unknown): Promise<Result<void, Refusal>> {
    const { lockedUntil } = (await this.#standing(blob)) ?? {};
    if (lockedUntil !== undefined && wanted < lockedUntil && isAnswer(cause, 'locked')) {
      return err(refusal('retained', { until: lockedUntil }));
    }
    throw cause;
  }

  async *#read(
    blob: BlobRef,
    versionId: string | undefined,
    start: number,
    end: number,
  ): AsyncGenerator<Uint8Array> {
    if (start >= end) return;
    const { Body } = await this.#client.send(
      new GetObjectCommand({
        ...this.#target(blob),
        VersionId: versionId,
        Range: `bytes=${start}-${end - 1}`,
      }),
    );
    if (Body === undefined) throw new Error('blobs: an answer without a body');
    yield* Body as unknown as AsyncIterable<Uint8Array>;
  }

  async #standing(blob: BlobRef): Promise<Standing | undefined> {
    return blobKey(blob) === undefined ? undefined : standing(this.#place(blob));
  }

  #place(blob: BlobRef): Place {
    const key = blobKey(blob);
    if (key === undefined) throw new Error(`blobs: ${blob.area}/${blob.sha256} has no place`);
    return { client: this.#client, bucket: this.#buckets[blob.area].bucket, key };
  }

  #target(blob: BlobRef): { Bucket: string; Key: string } {
    const { bucket, key } = this.#place(blob);
    return { Bucket: bucket, Key: key };
  }

  #touched(blob: BlobRef): Place {
    return { ...this.#place(blob), key: `${touchedPrefix(blob.area)}${blob.sha256}` };
  }
}
