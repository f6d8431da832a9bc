import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DynamoRecords, S3Blobs, S3Uploads } from '@gongkai/aws';
import { RecordsQueue } from '@gongkai/core';
import { TestClock } from '@gongkai/core/memory';
import { afterAll, beforeAll, describe } from 'vitest';
import { blobsContract } from '../contract/blobs-contract.ts';
import { queueContract } from '../contract/queue-contract.ts';
import { recordsContract } from '../contract/records-contract.ts';
import { scratchFolders } from '../contract/scratch.ts';
import { uploadsContract } from '../contract/uploads-contract.ts';
import { within } from '../contract/within.ts';
import { notRun } from '../not-run.ts';
import { howToInstall } from './installed.ts';
import { type Account, motoAccount, motoMissing } from './moto-account.ts';

/** moto 5.2.5 makes a bucket of CloudFormation without its ObjectLockEnabled (foundation.test.ts holds it on the template). */
const noLock = "moto's CloudFormation leaves out Object Lock";

/** The suites of the ports, over the very table and buckets that the template made. */
describe.skipIf(notRun(motoMissing, 'the contract suites over the foundation in moto', howToInstall))(
  'over what the foundation made in moto',
  { timeout: 60_000 },
  () => {
    let account: Account;
    let s3: S3Client;
    let table: DynamoRecords;
    let count = 0;
    const scratch = scratchFolders();
    beforeAll(async () => {
      account = await motoAccount();
      s3 = new S3Client({ ...account.connection, forcePathStyle: true });
      table = new DynamoRecords(new DynamoDBClient(account.connection), account.told.TableName ?? '');
      // moto's CloudFormation leaves versions out; Object Lock cannot be had afterwards.
      for (const Bucket of buckets())
        await s3.send(
          new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
        );
    }, 120_000);
    afterAll(() => account?.end());

    const buckets = (): readonly string[] =>
      ['VaultBucketName', 'QuarantineBucketName', 'RenditionsBucketName'].map(
        (name) => account.told[name] ?? '',
      );
    const left = async (Bucket: string) => {
      const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
      return [...Versions, ...DeleteMarkers];
    };
    const emptied = async (): Promise<void> => {
      for (const Bucket of buckets())
        for (const { Key, VersionId } of await left(Bucket))
          await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    };
    const own = () => {
      count += 1;
      return within(table, `s${count}`);
    };
    const blobsAt = async (clock: TestClock) => {
      const [vault = '', quarantine = '', renditions = ''] = buckets();
      return new S3Blobs({
        ...{ client: s3, clock, spoolFolder: await scratch() },
        buckets: {
          vault: { bucket: vault, lock: 'GOVERNANCE' },
          quarantine: { bucket: quarantine },
          renditions: { bucket: renditions },
        },
      });
    };

    recordsContract('DynamoDB (moto)', async () => own(), {}, 6);

    queueContract(
      'over DynamoDB (moto)',
      async (clock) => {
        const records = own();
        return { records, queue: () => new RecordsQueue(records, clock) };
      },
      {},
      4,
    );

    blobsContract(
      'S3 (moto)',
      async (clock) => {
        await emptied();
        const blobs = await blobsAt(clock as TestClock);
        const blobOf = (key = '') => key.replace('/touched/', '/blobs/');
        return {
          blobs,
          leftovers: async () => {
            const all = (await Promise.all(buckets().map(left))).flat().map(({ Key }) => Key ?? '');
            return all.filter((key) => !all.includes(blobOf(key))).length;
          },
        };
      },
      'of the store',
      {
        'destroys only what is not retained, and lets a retention only grow': noLock,
        'lists every blob of one area': noLock,
      },
    );

    uploadsContract('S3 (moto)', async () => {
      await emptied();
      const clock = new TestClock();
      const blobs = await blobsAt(clock);
      const bucket = account.told.QuarantineBucketName ?? '';
      return { blobs, uploads: new S3Uploads({ client: s3, bucket, records: own(), blobs, clock }) };
    });
  },
);
