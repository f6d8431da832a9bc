import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { isAnswer } from './answer.ts';
import type { Place } from './bucket.ts';
import { partSize, type Spooled } from './spool.ts';

const base64Hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

/**
 * Writes an object that must not exist yet (`If-None-Match: *`), every byte under a SHA-256 that S3 itself checks.
 * `taken` when the key is held already. Throws on anything else; then no object and no half upload is there.
 */
export const putAbsent = async (place: Place, body: Spooled): Promise<'stored' | 'taken'> => {
  for (;;) {
    try {
      await (body.size <= partSize ? putWhole(place, body) : putInParts(place, body));
      return 'stored';
    } catch (cause) {
      if (isAnswer(cause, 'taken')) return 'taken';
      if (!isAnswer(cause, 'contested')) throw cause;
    }
  }
};

const putWhole = async ({ client, bucket, key }: Place, body: Spooled): Promise<void> => {
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: await body.part(0, body.size),
      ChecksumSHA256: Buffer.from(body.sha256, 'hex').toString('base64'),
      IfNoneMatch: '*',
    }),
  );
};

/** The condition is asked when the parts become an object: whoever completes first wins, the other parts are dropped. */
const putInParts = async ({ client, bucket, key }: Place, body: Spooled): Promise<void> => {
  const target = { Bucket: bucket, Key: key };
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: 'SHA256' }),
  );
  try {
    const parts: CompletedPart[] = [];
    for (let start = 0; start < body.size; start += partSize) {
      const bytes = await body.part(start, Math.min(partSize, body.size - start));
      const PartNumber = parts.length + 1;
      const ChecksumSHA256 = base64Hash(bytes);
      const { ETag } = await client.send(
        new UploadPartCommand({ ...target, UploadId, PartNumber, Body: bytes, ChecksumSHA256 }),
      );
      parts.push({ ETag, PartNumber, ChecksumSHA256 });
    }
    await client.send(
      new CompleteMultipartUploadCommand({
        ...target,
        UploadId,
        IfNoneMatch: '*',
        MultipartUpload: { Parts: parts },
      }),
    );
  } catch (cause) {
    await client.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined);
    throw cause;
  }
};
