import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { outputs, visibilitySeconds } from '@gongkai/foundation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notRun } from '../not-run.ts';
import { howToInstall } from './installed.ts';
import { type Account, motoAccount, motoMissing } from './moto-account.ts';

describe.skipIf(notRun(motoMissing, 'the foundation deployed into moto', howToInstall))(
  'the foundation, deployed into moto',
  () => {
    let account: Account;
    let connection: Account['connection'];
    let told: Account['told'];
    beforeAll(async () => {
      account = await motoAccount();
      ({ connection, told } = account);
    }, 120_000);
    afterAll(() => account?.end());

    it('tells every output', () => {
      expect(Object.keys(told).sort()).toEqual([...outputs]);
      for (const name of outputs) expect(told[name], name).toMatch(/\S/);
    });

    // moto 5.2.5 leaves out what CloudFormation says of versioning, public access, Object Lock, bucket policies, the
    // table's key and point-in-time recovery: foundation.test.ts holds those on the template. What is asked here, it made.
    it('made the table with its indexes and stream', async () => {
      const { Table } = await new DynamoDBClient(connection).send(
        new DescribeTableCommand({ TableName: told.TableName }),
      );
      expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual([
        'due',
        'public',
        'recent',
        'work',
      ]);
      expect(Table).toMatchObject({
        DeletionProtectionEnabled: true,
        LatestStreamArn: told.TableStreamArn,
      });
    });

    it.each([
      ['VaultBucketName', 'DataKeyArn'],
      ['QuarantineBucketName', 'DataKeyArn'],
      ['RenditionsBucketName', 'DataKeyArn'],
      ['AuditBucketName', 'AuditKeyArn'],
    ])('made %s, encrypted under %s', async (name, key) => {
      const client = new S3Client({ ...connection, forcePathStyle: true });
      const { ServerSideEncryptionConfiguration } = await client.send(
        new GetBucketEncryptionCommand({ Bucket: told[name] }),
      );
      expect(ServerSideEncryptionConfiguration?.Rules?.[0]).toMatchObject({
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: told[key] },
      });
    });

    it('made the queue of the stations with its dead letters', async () => {
      const { Attributes } = await new SQSClient(connection).send(
        new GetQueueAttributesCommand({ QueueUrl: told.StationsQueueUrl, AttributeNames: ['All'] }),
      );
      expect(Attributes?.VisibilityTimeout).toBe(String(visibilitySeconds('stations')));
      expect(JSON.parse(Attributes?.RedrivePolicy ?? '{}')).toMatchObject({
        deadLetterTargetArn: told.StationsDeadLettersArn,
        maxReceiveCount: 5,
      });
    });
  },
);
