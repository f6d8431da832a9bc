import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Instant } from '@gongkai/core';
import { isAnswer } from './answer.ts';
import type { Place } from './bucket.ts';

export type Standing = {
  readonly size: number;
  readonly versionId: string | undefined;
  readonly lockedUntil: Instant | undefined;
};

/** The object as it stands now; undefined when there is none. */
export const standing = async ({ client, bucket, key }: Place): Promise<Standing | undefined> => {
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return {
      size: head.ContentLength ?? 0,
      versionId: head.VersionId,
      lockedUntil: head.ObjectLockRetainUntilDate?.toISOString(),
    };
  } catch (cause) {
    if (isAnswer(cause, 'missing')) return undefined;
    throw cause;
  }
};

/** Deletes every version: a delete marker would only hide the bytes. Throws when one is locked. */
export const deleteVersions = async ({ client, bucket, key }: Place): Promise<void> => {
  let after: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, ...after }));
    for (const version of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
      if (version.Key !== key) continue;
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: version.VersionId }));
    }
    if (page.IsTruncated !== true) return;
    after = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
};

export type Listed = { readonly name: string; readonly size: number; readonly storedAt: Instant };

/** Everything below a prefix, by name (what follows the prefix), in the order of names. */
export async function* listed(client: S3Client, bucket: string, prefix: string): AsyncGenerator<Listed> {
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
    );
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      if (Key === undefined || LastModified === undefined) continue;
      yield { name: Key.slice(prefix.length), size: Size ?? 0, storedAt: LastModified.toISOString() };
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}
