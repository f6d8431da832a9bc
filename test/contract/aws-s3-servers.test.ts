import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { notRun } from '../not-run.ts';
import { missing, moto, s3Server, versitygw } from './s3-server.ts';

/**
 * What the S3 servers of these tests hold to, asked directly: only then do the contract tests over them say anything.
 * docs/decisions.md tells where each differs from S3; when a newer version differs otherwise, this fails.
 */
const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('base64');

type Ground = { readonly client: S3Client; readonly Bucket: string };

const put = ({ client, Bucket }: Ground, Key: string, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: 'abc', ...more }));

const retain = ({ client, Bucket }: Ground, VersionId: string | undefined, until: string) =>
  client.send(
    new PutObjectRetentionCommand({
      ...{ Bucket, Key: 'locked', VersionId },
      Retention: { Mode: 'COMPLIANCE', RetainUntilDate: new Date(until) },
      BypassGovernanceRetention: true,
    }),
  );

const multipart = async ({ client, Bucket }: Ground, Key: string, ChecksumSHA256: string) => {
  const target = { Bucket, Key };
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: 'SHA256' }),
  );
  try {
    const part = { ...target, UploadId, PartNumber: 1, Body: 'abc', ChecksumSHA256 };
    const { ETag } = await client.send(new UploadPartCommand(part));
    await client.send(
      new CompleteMultipartUploadCommand({
        ...{ ...target, UploadId, IfNoneMatch: '*' },
        MultipartUpload: { Parts: [{ ETag, PartNumber: 1, ChecksumSHA256 }] },
      }),
    );
  } catch (cause) {
    await client.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
    throw cause;
  }
};

/** Each does what S3 must refuse. */
const forbidden: Record<string, (ground: Ground) => Promise<unknown>> = {
  'writes over an object with If-None-Match': async (ground) => {
    await put(ground, 'once', { IfNoneMatch: '*' });
    await put(ground, 'once', { IfNoneMatch: '*' });
  },
  'completes parts over an object with If-None-Match': async (ground) => {
    await multipart(ground, 'parts', sha256('abc'));
    await multipart(ground, 'parts', sha256('abc'));
  },
  'sends other bytes than the checksum says': (ground) =>
    put(ground, 'wrong', { ChecksumSHA256: sha256('abd') }),
  'sends other bytes of a part than the checksum says': (ground) =>
    multipart(ground, 'wrong-part', sha256('abd')),
  'deletes a locked version, with bypass': async (ground) => {
    const { VersionId } = await put(ground, 'locked');
    await retain(ground, VersionId, '2036-03-01T00:00:00.000Z');
    const { client, Bucket } = ground;
    await client.send(
      new DeleteObjectCommand({ Bucket, Key: 'locked', VersionId, BypassGovernanceRetention: true }),
    );
  },
  'shortens a retention in compliance mode, with bypass': async (ground) => {
    const { VersionId } = await put(ground, 'locked');
    await retain(ground, VersionId, '2036-03-01T00:00:00.000Z');
    await retain(ground, VersionId, '2030-03-01T00:00:00.000Z');
  },
};

const accepts: Record<string, readonly string[]> = {
  versitygw: [],
  moto: [
    'sends other bytes than the checksum says',
    'sends other bytes of a part than the checksum says',
    'shortens a retention in compliance mode, with bypass',
  ],
};

for (const which of [versitygw, moto]) {
  const reason = missing(which);
  describe.skipIf(notRun(reason !== undefined, which.name, reason ?? ''))(
    `what ${which.name} holds to`,
    () => {
      const server = s3Server(which);
      const ground = async (): Promise<Ground> => ({
        client: await server.client(),
        Bucket: await server.bucket(true),
      });

      for (const [what, attempt] of Object.entries(forbidden)) {
        const wronglyAccepted = accepts[which.name]?.includes(what) === true;
        it(`${wronglyAccepted ? 'wrongly accepts' : 'refuses'} who ${what}`, async () => {
          const outcome = await attempt(await ground()).then(
            () => 'accepted',
            (cause: Error) => cause.name,
          );
          if (wronglyAccepted) expect(outcome).toBe('accepted');
          else expect(['PreconditionFailed', 'BadDigest', 'AccessDenied']).toContain(outcome);
        });
      }
    },
  );
}
