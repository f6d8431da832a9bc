import { randomBytes } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CreateKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { tableDefinition } from '@gongkai/aws';

/** Credentials, region and (for trials) endpoints are the SDK's own: AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL_S3, … */
export const local = {
  dynamo: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? process.env.AWS_ENDPOINT_URL,
  s3: process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL,
  kms: process.env.AWS_ENDPOINT_URL_KMS ?? process.env.AWS_ENDPOINT_URL,
};

/**
 * Makes what a run needs, under random names, and deletes exactly that and nothing else. A run that is killed leaves
 * it behind: every name is printed when it is made.
 */
export const scratchAccount = () => {
  const prefix = process.env.GONGKAI_TEST_AWS;
  if (prefix === undefined || !prefix.startsWith('gongkai-scratch'))
    throw new Error('only by npm run test:aws (bin/test-aws.mjs)');
  const run = `${prefix}-${randomBytes(5).toString('hex')}`;
  const dynamo = new DynamoDBClient({});
  const s3 = new S3Client(local.s3 === undefined ? {} : { forcePathStyle: true });
  const kms = new KMSClient({});
  const undo: (() => Promise<unknown>)[] = [];
  let count = 0;
  const made = (what: string, name: string): void => console.log(`made ${what} ${name}`);

  const emptied = async (Bucket: string): Promise<void> => {
    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
    for (const { Key, UploadId } of Uploads)
      await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    for (;;) {
      const page = await s3.send(new ListObjectVersionsCommand({ Bucket }));
      for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])])
        await s3.send(
          // Locked in governance mode only, so that a trial can be ended.
          new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention: true }),
        );
      if (page.IsTruncated !== true) return;
    }
  };

  return {
    s3,
    kms,
    dynamo,
    /** One table for the whole run: in an account each takes ten seconds (contract/within.ts parts it). */
    table: async (): Promise<string> => {
      const name = `${run}-records`;
      await dynamo.send(new CreateTableCommand(tableDefinition(name)));
      undo.push(() => dynamo.send(new DeleteTableCommand({ TableName: name })));
      made('table', name);
      await waitUntilTableExists({ client: dynamo, maxWaitTime: 300 }, { TableName: name });
      return name;
    },
    bucket: async (lock = false): Promise<string> => {
      count += 1;
      const Bucket = `${run}-${count}`;
      await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: lock }));
      undo.push(async () => {
        await emptied(Bucket);
        await s3.send(new DeleteBucketCommand({ Bucket }));
      });
      made('bucket', Bucket);
      if (!lock)
        await s3.send(
          new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
        );
      return Bucket;
    },
    signingKey: async (): Promise<string> => {
      const { KeyMetadata } = await kms.send(
        new CreateKeyCommand({
          KeySpec: 'ECC_NIST_EDWARDS25519',
          KeyUsage: 'SIGN_VERIFY',
          Description: `${run}: a trial of gongkai`,
        }),
      );
      const KeyId = KeyMetadata?.KeyId ?? '';
      undo.push(() => kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 })));
      made('key', KeyId);
      return KeyId;
    },
    /** Goes on over what cannot be deleted, and says it at the end. */
    end: async (): Promise<void> => {
      const failures: unknown[] = [];
      for (const step of undo.splice(0).reverse()) await step().catch((cause) => failures.push(cause));
      for (const client of [dynamo, s3, kms]) client.destroy();
      if (failures.length > 0) throw new AggregateError(failures, `${run}: not everything could be deleted`);
      console.log(`deleted everything of ${run}`);
    },
  };
};
