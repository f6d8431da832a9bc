import { randomUUID } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { SearchEntry } from '@gongkai/core';
import * as z from 'zod';

const entry = z.object({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  documentNumber: z.string(),
  indexNumber: z.string(),
  office: z.string(),
  column: z.string(),
  theme: z.string(),
  genre: z.string(),
  publishedOn: z.string(),
  status: z.string(),
}) satisfies z.ZodType<SearchEntry>;
const change = z.union([z.object({ put: entry }), z.object({ remove: z.string() })]);

export type Change = z.infer<typeof change>;
/** `change` is undefined where an object holds none: it must not stop those behind it. */
export type Waiting = { readonly key: string; readonly change: Change | undefined };

const changeIn = (text: string): Change | undefined => {
  try {
    return change.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** So many at once; the next round takes the rest. */
const atOnce = 200;

/**
 * Changes that wait to go into the snapshot, an object each, in the order of their keys. Whoever swaps the snapshot
 * takes all of them along: many writers at once cost a few swaps instead of one each, and what a killed writer left
 * goes in with the next.
 */
export class WaitingChanges {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  constructor(client: S3Client, bucket: string, prefix: string) {
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  /** Returns its key. */
  async add(change: Change): Promise<string> {
    const key = `${this.#prefix}${new Date().toISOString()}-${randomUUID()}`;
    await this.#client.send(
      new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: JSON.stringify(change) }),
    );
    return key;
  }

  /** The oldest first. */
  async list(): Promise<readonly string[]> {
    const { Contents = [] } = await this.#client.send(
      new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: this.#prefix, MaxKeys: atOnce }),
    );
    return Contents.flatMap(({ Key }) => Key ?? []).sort();
  }

  /** One that is gone meanwhile was taken along by somebody else. */
  async read(keys: readonly string[]): Promise<readonly Waiting[]> {
    const read = await Promise.all(
      keys.map(async (key): Promise<Waiting | undefined> => {
        try {
          const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
          return { key, change: changeIn((await Body?.transformToString()) ?? '') };
        } catch (cause) {
          if (cause instanceof S3ServiceException && cause.$metadata.httpStatusCode === 404) return undefined;
          throw cause;
        }
      }),
    );
    return read.filter((one) => one !== undefined);
  }

  /**
   * Takes away what is in the snapshot, one after the other and the oldest first: so an older change of an item never
   * outlives a newer one, and to apply what was left once more, in order, changes nothing.
   */
  async settle(waiting: readonly Waiting[]): Promise<void> {
    for (const { key } of waiting)
      await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }));
  }
}
