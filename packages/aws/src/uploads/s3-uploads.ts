import { randomUUID } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import {
  type Blobs,
  type Bytes,
  type Clock,
  err,
  type Instant,
  ok,
  type Records,
  type Refusal,
  type Result,
  refusal,
  tooLarge,
  type Uploads,
  type UploadTicket,
} from '@gongkai/core';
import { isAnswer } from '../blobs/answer.ts';
import { partSize } from '../blobs/spool.ts';
import { deleteVersions, listed } from '../blobs/standing.ts';
import { type Held, isUploadId, type Upload, UploadRows } from './upload-row.ts';
import { uploadTicket } from './upload-ticket.ts';

export type S3UploadsOptions = {
  readonly client: S3Client;
  /** The quarantine's bucket; its lifecycle clears `uploads/` of what a killed function left. */
  readonly bucket: string;
  readonly records: Records;
  readonly blobs: Blobs;
  readonly clock: Clock;
};

/** How long someone who adds or finishes is believed to live; renewed with every part that is stored. */
const leaseSeconds = 120;
/** The object that a ticket puts; parts are named by UUID. */
const whole = 'whole';
const wholeOf = (id: string): string => `uploads/${id}/${whole}`;

/**
 * Uploads under way: their bytes as objects `uploads/<id>/<name>` of at most 8 MiB, their state as a row of Records.
 * S3's own multipart upload would not do: its parts cannot be small, and it knows no offset to check.
 */
export class S3Uploads implements Uploads {
  readonly #options: S3UploadsOptions;
  readonly #rows: UploadRows;

  constructor(options: S3UploadsOptions) {
    this.#options = options;
    this.#rows = new UploadRows(options.records, options.clock);
  }

  /** The same call again is fine. Throws for an id that is no id, and for another size than before. */
  async begin(id: string, size: number): Promise<void> {
    if (!isUploadId(id)) throw new RangeError('uploads: this is not an upload id');
    if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`uploads: size ${size}`);
    if (await this.#rows.begin(id, size)) return;
    const already = await this.#rows.find(id);
    if (already?.upload.size !== size) throw new Error(`upload ${id} was begun with another size`);
  }

  /**
   * What arrived before a connection broke is kept, then the break is thrown on. More than announced is refused with
   * `too-large` and taken back.
   */
  async append(id: string, offset: number, content: Bytes): Promise<Result<number, Refusal>> {
    const leased = await this.#lease(id, ({ upload }) => upload.offset === offset);
    if (!leased.ok) return leased;
    const before = leased.value;
    let held: Held = before;
    let waiting: Uint8Array[] = [];
    let arrived = offset;
    /** Stores what waits; the last one gives the lease back. */
    const store = async (lease: number): Promise<boolean> => {
      const parts = [...held.upload.parts];
      if (waiting.length > 0) parts.push(await this.#putPart(id, Buffer.concat(waiting)));
      waiting = [];
      const saved = await this.#rows.save(held, { ...held.upload, offset: arrived, parts }, lease);
      held = saved ?? held;
      return saved !== undefined;
    };
    try {
      for await (const piece of content) {
        if (arrived + piece.length > before.upload.size) {
          await this.#rows.save(held, before.upload);
          return err(tooLarge(before.upload.size));
        }
        // A stream may use its buffer again once it is asked for the next piece.
        waiting.push(piece.slice());
        arrived += piece.length;
        if (arrived - held.upload.offset >= partSize && !(await store(leaseSeconds)))
          return this.#elsewhere(id);
      }
    } catch (cause) {
      await store(0);
      throw cause;
    }
    return (await store(0)) ? ok(arrived) : this.#elsewhere(id);
  }

  async offset(id: string): Promise<number | undefined> {
    const upload = (await this.#rows.find(id))?.upload;
    return upload && (await this.#arrived(id, upload)).offset;
  }

  async ticket(id: string, sha256: string): Promise<UploadTicket | undefined> {
    const held = await this.#rows.find(id);
    if (held === undefined || held.upload.offset > 0 || this.#rows.isBusy(held)) return undefined;
    const { client, bucket } = this.#options;
    const ticket = await uploadTicket(
      client,
      { bucket, key: wholeOf(id) },
      { size: held.upload.size, sha256 },
    );
    return (await this.#rows.save(held, { ...held.upload, ticket: true })) && ticket;
  }

  /** After a wrong checksum the upload is discarded: there is no telling which piece was wrong. */
  async finish(
    id: string,
    expectSha256?: string,
  ): Promise<Result<{ readonly sha256: string; readonly size: number }, Refusal>> {
    const leased = await this.#lease(id, () => true);
    if (!leased.ok) return leased;
    const held = leased.value;
    const { size } = held.upload;
    const { offset, parts } = await this.#arrived(id, held.upload);
    if (offset < size) {
      await this.#rows.save(held, held.upload);
      return err(refusal('truncated', { expected: size, received: offset }));
    }
    try {
      const outcome = await this.#options.blobs.putOnce('quarantine', this.#read(id, parts), {
        size,
        ...(expectSha256 === undefined ? {} : { sha256: expectSha256 }),
      });
      await this.#remove(held);
      return outcome;
    } catch (cause) {
      await this.#rows.save(held, held.upload);
      throw cause;
    }
  }

  async discard(id: string): Promise<void> {
    const held = await this.#rows.find(id);
    if (held !== undefined) await this.#remove(held);
  }

  /** Uploads that nobody has added to since `before`, for the sweep. */
  abandoned(before: Instant): Promise<readonly string[]> {
    return this.#rows.abandoned(before);
  }

  /** Where it stands: what was appended, or all of it where it came by a ticket. */
  async #arrived(id: string, upload: Upload): Promise<Pick<Upload, 'offset' | 'parts'>> {
    if (!upload.ticket || upload.offset > 0) return upload;
    const { client, bucket } = this.#options;
    try {
      const { ContentLength, VersionId } = await client.send(
        new HeadObjectCommand({ Bucket: bucket, Key: wholeOf(id) }),
      );
      if (ContentLength !== upload.size) return upload;
      return { offset: upload.size, parts: [VersionId === undefined ? whole : `${whole} ${VersionId}`] };
    } catch (cause) {
      if (isAnswer(cause, 'missing')) return upload;
      throw cause;
    }
  }

  /** One at a time: a second one meanwhile is told where the upload stands and to try again. */
  async #lease(id: string, fits: (held: Held) => boolean): Promise<Result<Held, Refusal>> {
    const held = await this.#rows.find(id);
    if (held === undefined) return err(refusal('not-found'));
    if (this.#rows.isBusy(held) || !fits(held))
      return err(refusal('upload-offset', { offset: held.upload.offset }));
    const leased = await this.#rows.save(held, held.upload, leaseSeconds);
    return leased === undefined ? this.#elsewhere(id) : ok(leased);
  }

  /** Someone else has gone on with it. */
  async #elsewhere(id: string): Promise<Result<never, Refusal>> {
    return err(refusal('upload-offset', { offset: (await this.offset(id)) ?? 0 }));
  }

  async #putPart(id: string, bytes: Uint8Array): Promise<string> {
    const name = randomUUID();
    const { client, bucket } = this.#options;
    const { VersionId } = await client.send(
      new PutObjectCommand({
        ...{ Bucket: bucket, Key: `uploads/${id}/${name}`, Body: bytes },
        ChecksumAlgorithm: 'SHA256',
      }),
    );
    // With its version, so that what is read later is what was stored, whoever has written there meanwhile.
    return VersionId === undefined ? name : `${name} ${VersionId}`;
  }

  async *#read(id: string, parts: readonly string[]): AsyncGenerator<Uint8Array> {
    const { client, bucket } = this.#options;
    for (const part of parts) {
      const [name, VersionId] = part.split(' ');
      const { Body } = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: `uploads/${id}/${name}`, VersionId }),
      );
      if (Body === undefined) throw new Error('uploads: an answer without a body');
      yield* Body as unknown as AsyncIterable<Uint8Array>;
    }
  }

  /** The row goes first: an upload exists when its row does. */
  async #remove(held: Held): Promise<void> {
    if (!(await this.#rows.remove(held))) return;
    const { client, bucket } = this.#options;
    const prefix = `uploads/${held.id}/`;
    for await (const { name } of listed(client, bucket, prefix)) {
      await deleteVersions({ client, bucket, key: `${prefix}${name}` });
    }
  }
}
