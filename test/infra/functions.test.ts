import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Actor, auditOf, commitWithAudit, type Message, outboxWrite } from '@gongkai/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { notRun } from '../not-run.ts';
import { functionsAccount } from './functions-account.ts';
import { howToInstall } from './installed.ts';
import { type Account, motoMissing } from './moto-account.ts';

/** The handlers themselves, as Lambda calls them, over what the foundation's template makes. */
describe.skipIf(notRun(motoMissing, 'the functions over the foundation in moto', howToInstall))(
  'the functions, over the foundation in moto',
  () => {
    let account: Account;
    const inTime = { getRemainingTimeInMillis: () => 900_000 };

    beforeAll(async () => {
      account = await functionsAccount(async () => ({ answer: [] }));
    }, 120_000);
    afterAll(() => account?.end());

    const office = async () => (await import('@gongkai/cloud')).openOffice();
    const message: Message = {
      id: 'msg_01',
      type: 'notify',
      version: 1,
      subject: 'psn_nobody',
      payload: { about: 'waiting' },
      occurredAt: '2026-02-10T01:00:00.000Z',
      causationId: 'cmd_1',
      correlationId: 'up_1',
    };
    const stored = async (): Promise<Record<string, unknown> | undefined> => {
      const { connection, told } = account;
      const { Item } = await new DynamoDBClient(connection).send(
        new GetItemCommand({
          TableName: told.TableName,
          Key: { pk: { S: 'outbox' }, sk: { S: message.id } },
        }),
      );
      return Item;
    };

    it('carry a message from the table through the queue to its station, and twice does no harm', async () => {
      const { queue, records, clock } = await office();
      await records.commit([outboxWrite(message, clock.now())]);
      const { handler: stream } = await import('../../functions/stream.ts');
      const { handler: stations } = await import('../../functions/stations.ts');
      // moto's stream is not read here: the event is what DynamoDB would send of the stored item.
      const inserted = { eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage: await stored() } };
      expect(await stream({ Records: [inserted, inserted] })).toEqual({ batchItemFailures: [] });

      const sqs = new SQSClient(account.connection);
      const QueueUrl = account.told.StationsQueueUrl;
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      expect(Messages).toHaveLength(2);
      const Records = Messages.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body }));
      expect(await stations({ Records }, inTime)).toEqual({ batchItemFailures: [] });
      expect(await stored()).toBeUndefined();
      expect(await queue.depth()).toEqual({ waiting: 0, dead: 0 });
      for (const { ReceiptHandle } of Messages)
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    });

    it('have a clock that wakes for what waits and keeps the signed checkpoint in the audit bucket', async () => {
      const there = await office();
      const who: Actor = {
        person: 'per_1',
        name: '甲',
        account: 'jia',
        roles: ['administrator'],
        via: 'console',
      };
      await commitWithAudit(there, auditOf(there, who, 'person.changed', 'per_1', {}), []);
      await there.records.commit([outboxWrite(message, there.clock.now())]);
      const { handler: clock } = await import('../../functions/clock.ts');
      await clock();
      await clock();
      const s3 = new S3Client({ ...account.connection, forcePathStyle: true });
      const Bucket = account.told.AuditBucketName;
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
      expect(Contents.map(({ Key }) => Key)).toEqual(['checkpoint/000000000001']);
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'checkpoint/000000000001' }));
      expect(await Body?.transformToString()).toMatch(/^.+\n1\n.+\n/);
      const { Messages = [] } = await new SQSClient(account.connection).send(
        new ReceiveMessageCommand({ QueueUrl: account.told.StationsQueueUrl, MaxNumberOfMessages: 10 }),
      );
      expect(Messages.map(({ Body: body }) => JSON.parse(body ?? '').message)).toEqual(['msg_01', 'msg_01']);
    });

    it('answer the public and the staff over HTTP', async () => {
      vi.stubGlobal('awslambda', { streamifyResponse: (handle: unknown) => handle });
      const { createApi } = await import('@gongkai/api');
      const app = createApi({ office: await office(), origins: [], secure: true });
      expect((await app.request('/')).status).toBe(200);
      expect((await app.request('/healthz')).status).toBe(200);
      expect((await app.request('/search?q=预算')).status).toBe(200);
      expect((await app.request('/api/work')).status).toBe(401);
      expect(typeof (await import('../../functions/api.ts')).handler).toBe('function');
    });

    it('look at arrived bytes and clear up at night', async () => {
      const { handler: uploads } = await import('../../functions/uploads.ts');
      const { handler: upkeep } = await import('../../functions/upkeep.ts');
      const { blobs, records } = await office();
      const kept = await blobs.putOnce(
        'quarantine',
        (async function* () {
          yield new TextEncoder().encode('公开');
        })(),
      );
      if (!kept.ok) throw new Error(kept.error.code);
      const { sha256 } = kept.value;
      const body = JSON.stringify({
        version: '0',
        source: 'aws.s3',
        'detail-type': 'Object Created',
        time: '2020-01-01T00:00:00Z',
        detail: { object: { key: `quarantine/blobs/${sha256}`, size: 6 } },
      });
      expect(await uploads({ Records: [{ messageId: '1', body }] }, inTime)).toEqual({
        batchItemFailures: [],
      });
      await upkeep();
      // Younger than the policy's days: still there.
      expect(await blobs.head({ area: 'quarantine', sha256 })).toEqual({ size: 6 });
      expect((await records.query({ partition: `holder/${sha256}` })).rows).toEqual([]);
    });

    it('say in one sentence which setting is missing', async () => {
      const { readSettings } = await import('@gongkai/cloud');
      expect(() => readSettings({ GONGKAI_TABLE: 't' })).toThrow(
        /settings of this function[\s\S]*GONGKAI_VAULT/,
      );
    });
  },
);
