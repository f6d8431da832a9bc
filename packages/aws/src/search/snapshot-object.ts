import { createHash, randomUUID } from 'node:crypto';
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

export type Snapshot = {
  readonly bytes: Uint8Array;
  /** By which S3 knows these very bytes: the condition of the next put. */
  readonly tag: string;
  /** One name from the first put of an index through all its changes. */
  readonly generation: string;
};

/** There, but not what was put: short, damaged, or put by another hand. */
export type Damaged = { readonly damaged: true; readonly tag: string };

const statusOf = (cause: unknown): number | undefined =>
  cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The one object of S3 that is the index. A put of S3 is whole or not at all, so it needs no manifest beside it. */
export class SnapshotObject {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #key: string;

  constructor(client: S3Client, bucket: string, key: string) {
    this.#client = client;
    this.#bucket = bucket;
    this.#key = key;
  }

  /** Undefined: there is none yet. `unchanged`: what is known is still current. */
  async get(known?: string): Promise<Snapshot | Damaged | 'unchanged' | undefined> {
    try {
      const { Body, ETag, Metadata } = await this.#client.send(
        new GetObjectCommand({
          Bucket: this.#bucket,
          Key: this.#key,
          ...(known === undefined ? {} : { IfNoneMatch: known }),
        }),
      );
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      if (ETag === undefined) throw new Error(`S3 gave no ETag of ${this.#key}`);
      const generation = Metadata?.generation;
      return generation !== undefined && Metadata?.sha256 === sha256(bytes)
        ? { bytes, tag: ETag, generation }
        : { damaged: true, tag: ETag };
    } catch (cause) {
      if (statusOf(cause) === 304) return 'unchanged';
      if (statusOf(cause) === 404) return undefined;
      throw cause;
    }
  }

  async generation(): Promise<string | undefined> {
    try {
      const { Metadata } = await this.#client.send(
        new HeadObjectCommand({ Bucket: this.#bucket, Key: this.#key }),
      );
      return Metadata?.generation;
    } catch (cause) {
      if (statusOf(cause) === 404) return undefined;
      throw cause;
    }
  }

  /** Puts these bytes in the place of `before`; false when somebody was faster. */
  async swap(bytes: Uint8Array, before: Snapshot | Damaged | undefined): Promise<boolean> {
    const generation = before !== undefined && 'generation' in before ? before.generation : randomUUID();
    try {
      await this.#client.send(
        new PutObjectCommand({
          Bucket: this.#bucket,
          Key: this.#key,
          Body: bytes,
          Metadata: { generation, sha256: sha256(bytes) },
          ...(before === undefined ? { IfNoneMatch: '*' } : { IfMatch: before.tag }),
        }),
      );
      return true;
    } catch (cause) {
      // 412: somebody was faster; 409: somebody is at it right now.
      if ([409, 412].includes(statusOf(cause) ?? 0)) return false;
      throw cause;
    }
  }
}
