import { DeleteObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { serveMachines } from '@gongkai/aws';
import { type Message, outboxWrite, stationAudit, whyFailed } from '@gongkai/core';
import { scriptedMachines } from '@gongkai/core/memory';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { notRun } from '../not-run.ts';
import { current, draftWith } from '../scenario/office-at-work.ts';
import { functionsAccount } from './functions-account.ts';
import { howToInstall } from './installed.ts';
import { motoMissing } from './moto-account.ts';
import type { Asked, Refused } from './stand-in.ts';

const throttled = (name: string): Refused => ({
  status: 400,
  type: 'application/x-amz-json-1.0',
  body: JSON.stringify({ __type: `com.amazonaws#${name}`, message: 'slower, please' }),
});
const slowDown: Refused = {
  status: 503,
  type: 'application/xml',
  body: '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>',
};

/** The real handlers, over what the template makes in moto, with a door in front that turns requests away on demand. */
describe.skipIf(notRun(motoMissing, 'bad events over the foundation in moto', howToInstall))(
  'bad events: nothing is lost, nothing is done twice',
  () => {
    let account: Awaited<ReturnType<typeof functionsAccount>>;
    let refuse: (asked: Asked) => Refused | undefined = () => undefined;
    const toDynamo = ({ target }: Asked) => target.startsWith('DynamoDB');
    const toSqs = ({ target }: Asked) => target.startsWith('AmazonSQS');
    /** Each test has its own hour: what another one left waiting is due then, so it is emptied first. */
    let now = Date.now();
    const later = (seconds: number): void => {
      now += seconds * 1000;
      vi.setSystemTime(now);
    };
    const inTime = { getRemainingTimeInMillis: () => 900_000 };

    const cloud = () => import('@gongkai/cloud');
    const office = async () => (await cloud()).openOffice();
    const stations = async (event: unknown, context = inTime) =>
      (await import('../../functions/stations.ts')).handler(event, context);
    const stream = async (event: unknown) => (await import('../../functions/stream.ts')).handler(event);
    const clock = async () => (await import('../../functions/clock.ts')).handler();
    const uploads = async (event: unknown) =>
      (await import('../../functions/uploads.ts')).handler(event, inTime);

    beforeAll(async () => {
      account = await functionsAccount(
        async (job) => {
          const { blobs } = await cloud();
          return serveMachines(scriptedMachines(blobs), blobs)(job);
        },
        (asked) => refuse(asked),
      );
      // The SDK's own patience is not what is tried here.
      vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
    }, 120_000);
    afterAll(() => account?.end());
    beforeEach(async () => {
      vi.useFakeTimers({ toFake: ['Date'], now });
      refuse = () => undefined;
      const { queue } = await office();
      for (const { message } of await queue.waiting(100)) {
        const taken = await queue.take(message.id, 60);
        if (taken) await queue.done(taken);
      }
    });
    afterEach(() => vi.useRealTimers());

    const notice = (id: string, more: Partial<Message> = {}): Message => ({
      id,
      type: 'notify',
      version: 1,
      subject: 'psn_nobody',
      payload: { about: 'waiting' },
      occurredAt: '2026-02-10T01:00:00.000Z',
      causationId: 'cmd_1',
      correlationId: 'up_1',
      ...more,
    });
    const waiting = async (...messages: readonly Message[]): Promise<void> => {
      const { records, clock: at } = await office();
      await records.commit(messages.map((message) => outboxWrite(message, at.now())));
    };
    const wake = (message: string) => ({ version: 1, type: 'wake-up', message, correlation: 'up_1' });
    const sqs = (...bodies: readonly unknown[]) => ({
      Records: bodies.map((body, at) => ({
        messageId: `sqs-${at}`,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })),
    });
    const back = (...at: readonly number[]) => ({
      batchItemFailures: at.map((each) => ({ itemIdentifier: `sqs-${each}` })),
    });
    const ids = async () =>
      (await (await office()).queue.waiting(100)).map(({ message }) => message.id).sort();

    /** As the clock and SQS do it: wakes whatever is due, works it off, until nothing is due. No stream. */
    const workOff = async (): Promise<void> => {
      for (let round = 0; round < 20; round += 1) {
        const due = await (await office()).queue.due(10);
        if (due.length === 0) return;
        expect(await stations(sqs(...due.map(({ id }) => wake(id))))).toEqual(back());
      }
      throw new Error('the queue never came to rest');
    };

    it.each([
      ['not JSON', '{"version":1,'],
      ['empty', ''],
      ['a number', '7'],
      ['null', 'null'],
      ['of an old version', { ...wake('msg_a'), version: 0 }],
      ['of a version to come', { ...wake('msg_a'), version: 2 }],
      ['of another product', { Records: [{ eventName: 'ObjectCreated:Put' }] }],
      ["S3's own test event", { Service: 'Amazon S3', Event: 's3:TestEvent' }],
      ["a name of 1,024 bytes that is nobody's", undefined],
    ])('stations: a message that is %s is told apart, and its neighbours are worked off', async (_, body) => {
      await waiting(notice('msg_1'), notice('msg_2'));
      const strange = body ?? wake('公'.repeat(341));
      const answer = await stations(sqs(wake('msg_1'), strange, wake('msg_2')));
      // Long names name nothing: there is nothing to do for them, and nothing to send again.
      expect(answer).toEqual(body === undefined ? back() : back(1));
      expect(await ids()).toEqual([]);
    });

    it('stations: throttled, everything is given back; afterwards it is done, once', async () => {
      await waiting(notice('msg_1'), notice('msg_2'));
      refuse = (asked) => (toDynamo(asked) ? throttled('ProvisionedThroughputExceededException') : undefined);
      expect(await stations(sqs(wake('msg_1'), wake('msg_2')))).toEqual(back(0, 1));
      refuse = () => undefined;
      expect(await ids()).toEqual(['msg_1', 'msg_2']);
      expect(await stations(sqs(wake('msg_1'), wake('msg_2'), wake('msg_1')))).toEqual(back());
      expect(await ids()).toEqual([]);
    }, 30_000);

    it('stations: when the time runs out in the middle, exactly the rest comes again', async () => {
      await waiting(notice('msg_1'), notice('msg_2'), notice('msg_3'));
      let asked = 0;
      const hurried = { getRemainingTimeInMillis: () => (asked++ === 0 ? 900_000 : 1_000) };
      const event = sqs(wake('msg_1'), wake('msg_2'), wake('msg_3'));
      expect(await stations(event, hurried)).toEqual(back(1, 2));
      expect(await ids()).toEqual(['msg_2', 'msg_3']);
    });

    it('stations: poison is tried five times and then waits for a person; the rest goes on', async () => {
      await waiting(notice('msg_poison', { payload: { about: 'nothing that there is' } }), notice('msg_1'));
      for (let tried = 0; tried < 6; tried += 1) {
        expect(await stations(sqs(wake('msg_poison'), wake('msg_1')))).toEqual(back());
        later(301);
      }
      const { queue } = await office();
      expect(await ids()).toEqual([]);
      expect(await queue.deadLetters()).toMatchObject([{ message: { id: 'msg_poison' }, attempts: 5 }]);
      // Run again by a person it starts anew, and is found by the clock alone.
      expect(await queue.revive('msg_poison')).toBe(true);
      const [again] = await queue.due(10);
      expect(again?.id).toBe('msg_poison');
      const taken = await queue.take('msg_poison', 60);
      if (taken) await queue.done(taken);
    });

    it('a day without a stream: the clock and SQS alone bring a document to where people take over', async () => {
      const there = await office();
      const id = await draftWith(there, ['预算公开方案']);
      await clock();
      const { Messages = [] } = await new SQSClient(account.connection).send(
        new ReceiveMessageCommand({ QueueUrl: account.told.StationsQueueUrl, MaxNumberOfMessages: 10 }),
      );
      expect(Messages.length).toBeGreaterThan(0);
      const Records = Messages.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body }));
      expect(await stations({ Records })).toEqual({ batchItemFailures: [] });
      await workOff();
      expect((await current(there, id)).files.map(({ progress }) => progress)).toEqual(['inspected']);
    }, 30_000);

    it('stations: any message that comes again after the document moved on changes nothing', async () => {
      const there = await office();
      const id = await draftWith(there, ['通知']);
      await workOff();
      const key = { partition: `publication/${id}`, sort: 'record' };
      const before = await there.records.get(key);
      const file = (await current(there, id)).files[0]?.id ?? '';
      const payload = { file, about: 'waiting', blobs: [] };
      const types = Object.keys(stationAudit) as Message['type'][];
      await waiting(...types.map((type) => notice(`msg_late_${type}`, { type, subject: id, payload })));
      await workOff();
      expect(await there.records.get(key)).toEqual(before);
      expect(await ids()).toEqual([]);
    }, 30_000);

    it('stations: S3 that says SlowDown makes it wait in the records, not fail; then it is done', async () => {
      const there = await office();
      const id = await draftWith(there, ['公告']);
      refuse = ({ method, path }) =>
        method === 'PUT' && path.includes(account.told.VaultBucketName ?? '-') ? slowDown : undefined;
      await workOff();
      expect(await there.queue.waiting(10)).toMatchObject([
        { message: { type: 'intake', subject: id }, attempts: 1, lastError: expect.stringMatching(/./) },
      ]);
      refuse = () => undefined;
      later(301);
      await workOff();
      expect((await current(there, id)).files[0]?.progress).toBe('inspected');
    }, 30_000);

    it('stations: for bytes whose versions were deleted it waits for a person, and says why', async () => {
      const there = await office();
      const id = await draftWith(there, ['将被删除']);
      const s3 = new S3Client({ ...account.connection, forcePathStyle: true });
      const sha256 = (await current(there, id)).files[0]?.sha256 ?? '';
      const Bucket = account.told.QuarantineBucketName;
      const { Versions = [] } = await s3.send(
        new ListObjectVersionsCommand({ Bucket, Prefix: `quarantine/blobs/${sha256}` }),
      );
      for (const { Key, VersionId } of Versions)
        await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
      for (let tried = 0; tried < 5; tried += 1) {
        await workOff();
        later(301);
      }
      expect((await current(there, id)).files[0]?.progress).toBe('received');
      const letter = (await there.queue.deadLetters()).find(({ message }) => message.subject === id);
      expect(letter).toMatchObject({ message: { type: 'intake' }, attempts: 5 });
      expect(letter?.lastError).toContain(sha256);
      expect(whyFailed('intake', letter?.lastError ?? '').zh).toContain('从备份恢复');
      // S3 tells of the object all the same, late: it is known, and nothing is done with it.
      expect(await uploads(sqs(arrived(`quarantine/blobs/${sha256}`)))).toEqual(back());
    }, 30_000);

    const arrived = (key: string) => ({
      version: '0',
      source: 'aws.s3',
      'detail-type': 'Object Created',
      time: '2020-01-01T00:00:00Z',
      detail: { object: { key, size: 6 } },
    });
    it.each([
      ['with spaces', 'quarantine/blobs/a b  c', back()],
      ['with a plus', 'quarantine/blobs/a+b%2Bc', back()],
      ['in Chinese', 'quarantine/blobs/关于印发《办法》的通知.pdf', back()],
      ['of 1,024 bytes', `quarantine/blobs/${'公'.repeat(335)}xx`, back()],
      ['of no bytes', '', back(0)],
    ])('uploads: a key %s touches nothing', async (_, key, answer) => {
      const asked: Asked[] = [];
      refuse = (one) => void asked.push(one);
      expect(await uploads(sqs(arrived(key)))).toEqual(answer);
      expect(asked).toEqual([]);
    });

    it('uploads: throttled, the event comes again', async () => {
      refuse = (asked) => (toDynamo(asked) ? throttled('ThrottlingException') : undefined);
      const event = sqs(arrived('quarantine/blobs/strange'), arrived(`quarantine/blobs/${'a'.repeat(64)}`));
      expect(await uploads(event)).toEqual(back(1));
    }, 30_000);

    const inserted = (sequence: string, data: string) => ({
      eventName: 'INSERT',
      dynamodb: {
        SequenceNumber: sequence,
        NewImage: { pk: { S: 'outbox' }, sk: { S: sequence }, data: { S: data } },
      },
    });
    it('stream: SQS that turns it away gets everything from there on again', async () => {
      const data = (id: string) => JSON.stringify({ message: notice(id) });
      const Records = [inserted('1', '{'), inserted('2', data('msg_1')), inserted('3', data('msg_2'))];
      refuse = (asked) => (toSqs(asked) ? throttled('ThrottlingException') : undefined);
      expect(await stream({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
      refuse = () => undefined;
      expect(await stream({ Records })).toEqual({ batchItemFailures: [] });
    }, 30_000);

    it.each([
      ['stations', stations],
      ['stream', stream],
      ['uploads', uploads],
    ])(
      '%s: what is no event of its service is thrown back, and nothing of it is in the error',
      async (_, handler) => {
        for (const event of [
          undefined,
          null,
          'text',
          {},
          { Records: [{ secret: '张三 110101199003071234' }] },
        ]) {
          const error = await (handler as (event: unknown) => Promise<unknown>)(event).catch(
            (cause) => cause,
          );
          expect(error).toBeInstanceOf(Error);
          expect(String(error)).toMatch(/^Unreadable: /);
          expect(String(error)).not.toContain('张三');
        }
      },
    );

    it('clock: with SQS away it does its other work, says so, and the next minute catches up', async () => {
      await waiting(notice('msg_1'));
      refuse = (asked) => (toSqs(asked) ? throttled('ThrottlingException') : undefined);
      await expect(clock()).rejects.toThrow('1 steps failed');
      refuse = () => undefined;
      await clock();
      await workOff();
      expect(await ids()).toEqual([]);
    }, 30_000);

    it('upkeep: with S3 slow every step that needs it fails alone, and the next night catches up', async () => {
      const { handler: upkeep } = await import('../../functions/upkeep.ts');
      refuse = ({ method, path }) =>
        method === 'GET' && path.includes(account.told.QuarantineBucketName ?? '-') ? slowDown : undefined;
      await expect(upkeep()).rejects.toThrow('1 steps failed');
      refuse = () => undefined;
      await upkeep();
    }, 30_000);

    it('api: with the table away it says so without a stack, and is there again afterwards', async () => {
      const { createApi } = await import('@gongkai/api');
      const app = createApi({ office: await office(), origins: [], secure: true });
      refuse = (asked) => (toDynamo(asked) ? throttled('ProvisionedThroughputExceededException') : undefined);
      const answer = await app.request('https://gk.example.gov.cn/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'https://gk.example.gov.cn' },
        body: JSON.stringify({ account: 'zhao', password: 'wrong' }),
      });
      const page = await app.request('/');
      refuse = () => undefined;
      expect([answer.status, page.status]).toEqual([500, 500]);
      for (const text of [await answer.text(), await page.text()])
        expect(text).not.toMatch(/Throughput|node_modules|at async/);
      expect((await app.request('/')).status).toBe(200);
    }, 30_000);
  },
);
