import { readFileSync } from 'node:fs';
import { outboxWrite, parsePolicy, RecordsQueue } from '@gongkai/core';
import { testOffice } from '@gongkai/core/memory';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  arrived,
  clock,
  keyFromNotification,
  lines,
  stations,
  streamToQueue,
  uploads,
  type Wake,
} from './index.ts';
import { failed, kept, sqs, unhurried, wakeUpFor, work } from './test-events.ts';

const given = parsePolicy(
  parse(readFileSync(new URL('../../../../policies/default.yaml', import.meta.url), 'utf8')),
);
if (!given.ok) throw new Error('the default policy does not parse');
const policy = given.value;

/** An office in memory whose notifier can be broken, with its waiting messages. */
const world = async (ids: readonly string[] = []) => {
  const test = testOffice(policy);
  const queue = new RecordsQueue(test.records, test.clock);
  const office = { ...test.office, queue };
  for (const id of ids) await test.records.commit([outboxWrite(work(id), test.clock.now())]);
  const said = kept();
  const handle = stations(office, said, { visibilitySeconds: 960, neededMs: 1_000 });
  return { ...test, office, queue, said, handle };
};

describe('stations', () => {
  it('work off what their wake-ups name, each with its correlation id, and count it', async () => {
    const { handle, queue, said } = await world(['msg_1', 'msg_2']);
    expect(await handle(sqs(wakeUpFor(work('msg_2')), wakeUpFor(work('msg_1'))), unhurried)).toEqual(
      failed(),
    );
    expect(await queue.depth()).toEqual({ waiting: 0, dead: 0 });
    expect(said.counted).toEqual({ Done: 2 });
    expect(said.said.map(({ correlation, message, outcome }) => ({ correlation, message, outcome }))).toEqual(
      [
        { correlation: 'up_1', message: 'msg_2', outcome: 'done' },
        { correlation: 'up_1', message: 'msg_1', outcome: 'done' },
      ],
    );
  });

  it('do nothing for a wake-up that comes twice, late, or for work that is in other hands', async () => {
    const { handle, queue, said } = await world(['msg_1', 'msg_2']);
    const twice = wakeUpFor(work('msg_1'));
    await handle(sqs(twice, twice), unhurried);
    await handle(sqs(twice), unhurried);
    await queue.take('msg_2', 960);
    expect(await handle(sqs(wakeUpFor(work('msg_2')), wakeUpFor(work('msg_gone'))), unhurried)).toEqual(
      failed(),
    );
    expect(said.counted).toEqual({ Done: 1 });
    expect(said.said.filter(({ outcome }) => outcome === 'nothing to do')).toHaveLength(4);
  });

  it.each([
    ['not JSON', '{"version":1,'],
    ['empty', ''],
    ['of an old version', { ...wakeUpFor(work('msg_1')), version: 0 }],
    ['of a version to come', { ...wakeUpFor(work('msg_1')), version: 2 }],
    ['without its message', { version: 1, type: 'wake-up', correlation: 'up_1' }],
    ['of another kind', { ...wakeUpFor(work('msg_1')), type: 'delete-everything' }],
  ])('give back a wake-up that is %s, and work off the others', async (_, body) => {
    const { handle, said } = await world(['msg_1']);
    expect(await handle(sqs(body, wakeUpFor(work('msg_1'))), unhurried)).toEqual(failed(0));
    expect(said.counted).toEqual({ Failed: 1, Done: 1 });
    expect(said.said[0]).toMatchObject({ level: 'error', event: 'station.unreadable', sqs: 'sqs-0' });
    // What it said is not in the log.
    expect(JSON.stringify(said.said[0])).not.toContain('delete-everything');
  });

  it('leave a poison message to the records: five tries, then the console; SQS sees none of it', async () => {
    const { handle, queue, records, clock, said } = await world();
    const poison = work('msg_1', { payload: { about: 'nothing that there is' } });
    await records.commit([outboxWrite(poison, clock.now())]);
    for (let tried = 0; tried < 6; tried += 1) {
      expect(await handle(sqs(wakeUpFor(poison)), unhurried)).toEqual(failed());
      clock.advance(301);
    }
    expect(said.counted).toEqual({ Retried: 4, Dead: 1 });
    expect(await queue.deadLetters()).toMatchObject([{ message: { id: 'msg_1' }, attempts: 5 }]);
  });

  it('give everything back while the records do not answer, and lose nothing', async () => {
    const { office, queue, said } = await world(['msg_1']);
    const away = {
      ...office,
      queue: Object.create(queue, { take: { value: () => Promise.reject(new Error('throttled')) } }),
    };
    const handle = stations(away, said, { visibilitySeconds: 960, neededMs: 1_000 });
    expect(await handle(sqs(wakeUpFor(work('msg_1'))), unhurried)).toEqual(failed(0));
    expect(said.counted).toEqual({ Failed: 1 });
    expect(await queue.due(10)).toHaveLength(1);
  });

  it('begin nothing for which no time is left', async () => {
    const { handle, queue } = await world(['msg_1', 'msg_2']);
    let left = 2_000;
    const hurried = {
      getRemainingTimeInMillis: () => {
        left -= 1_000;
        return left;
      },
    };
    expect(await handle(sqs(wakeUpFor(work('msg_1')), wakeUpFor(work('msg_2'))), hurried)).toEqual(failed(1));
    expect((await queue.due(10)).map(({ id }) => id)).toEqual(['msg_2']);
  });

  it('throw for what is no event of SQS, so that Lambda gives the batch back', async () => {
    const { handle } = await world();
    await expect(handle({ Records: [{ eventName: 'INSERT' }] }, unhurried)).rejects.toThrow();
  });
});

describe('from the stream to the queue', () => {
  const inserted = (sequence: string, data: string, pk = 'outbox', eventName = 'INSERT') => ({
    eventName,
    dynamodb: {
      SequenceNumber: sequence,
      NewImage: { pk: { S: pk }, sk: { S: 'x' }, data: { S: data }, version: { N: '1' } },
    },
  });
  const row = (id: string) =>
    JSON.stringify({ message: work(id), attempts: 0, enqueuedAt: '2026-02-10T01:00:00.000Z' });
  const waking = (refuse?: string) => {
    const woken: string[] = [];
    const wake: Wake = async (messages) => {
      for (const { id } of messages) {
        if (id === refuse) throw new Error('SQS is away');
        woken.push(id);
      }
    };
    return { woken, wake };
  };

  it('wakes for new messages, in order, and for nothing else', async () => {
    const { woken, wake } = waking();
    const Records = [
      inserted('1', row('msg_1')),
      inserted('2', row('msg_other'), 'publication/pub_1'),
      inserted('3', row('msg_old'), 'outbox', 'MODIFY'),
      { eventName: 'REMOVE', dynamodb: { SequenceNumber: '4' } },
      inserted('5', row('msg_2')),
    ];
    expect(await streamToQueue(wake, kept())({ Records })).toEqual({ batchItemFailures: [] });
    expect(woken).toEqual(['msg_1', 'msg_2']);
  });

  it('comes again from the first that SQS refused', async () => {
    const { woken, wake } = waking('msg_2');
    const Records = ['msg_1', 'msg_2', 'msg_3'].map((id, at) => inserted(String(at), row(id)));
    expect(await streamToQueue(wake, kept())({ Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });
    expect(woken).toEqual(['msg_1']);
  });

  it('does not stand still at a row that it cannot read', async () => {
    const { woken, wake } = waking();
    const said = kept();
    const Records = [inserted('1', '{'), inserted('2', '{"message":{}}'), inserted('3', row('msg_3'))];
    expect(await streamToQueue(wake, said)({ Records })).toEqual({ batchItemFailures: [] });
    expect(woken).toEqual(['msg_3']);
    expect(said.counted).toEqual({ Failed: 2 });
  });
});

describe('the clock', () => {
  const run = async (ids: readonly string[], wake: Wake) => {
    const there = await world(ids);
    const checkpoints: number[] = [];
    const tick = clock(
      there.office,
      {
        wake,
        keep: async ({ size }) => void checkpoints.push(size),
        search: { generation: async () => undefined },
      },
      there.said,
    );
    return { ...there, tick, checkpoints };
  };

  it('wakes again for what waits: a lost wake-up, a lost stream day, a try that failed', async () => {
    const woken: string[] = [];
    const { tick, said } = await run(['msg_1', 'msg_2'], async (messages) => {
      woken.push(...messages.map(({ id }) => id));
    });
    await tick();
    await tick();
    expect(woken).toEqual(['msg_1', 'msg_2', 'msg_1', 'msg_2']);
    expect(said.counted).toMatchObject({ Woken: 4, Swept: 0, DeadLetters: 0 });
  });

  it('does its other work when one step fails, and says so', async () => {
    const { tick, said, queue } = await run(['msg_1'], () => Promise.reject(new Error('SQS is away')));
    const taken = await queue.take('msg_1', 960);
    if (taken) await queue.dead(taken, 'broken');
    await expect(tick()).rejects.toThrow('1 steps failed');
    expect(said.counted).toMatchObject({ Failed: 1, Swept: 0, DeadLetters: 1 });
  });
});

describe('arrived bytes', () => {
  const sha256 = 'a'.repeat(64);
  const told = (key: string, more: object = {}) => ({
    version: '0',
    source: 'aws.s3',
    'detail-type': 'Object Created',
    time: '2020-01-01T00:00:00Z',
    detail: { bucket: { name: 'quarantine' }, object: { key, size: 12, 'version-id': 'v1', sequencer: '1' } },
    ...more,
  });

  it('are known by their hash when a record speaks of them, else counted', async () => {
    const { office, records, said } = await world();
    const handle = uploads(office, said);
    const event = sqs(told(`quarantine/blobs/${sha256}`));
    await handle(event, unhurried);
    expect(said.counted).toEqual({ Unclaimed: 1 });
    await records.commit([
      {
        kind: 'put',
        key: { partition: `holder/${sha256}`, sort: 'pub_1:file_1' },
        data: {},
        expect: 'absent',
      },
    ]);
    expect(await handle(event, unhurried)).toEqual(failed());
    expect(said.said[1]).toMatchObject({ outcome: 'known', subject: 'pub_1', sha256 });
    expect(said.counted).toEqual({ Unclaimed: 1 });
  });

  it('are looked at again while the commit that follows them may still come', async () => {
    const { office, said } = await world();
    const young = told(`quarantine/blobs/${sha256}`, { time: office.clock.now() });
    expect(await uploads(office, said)(sqs(young), unhurried)).toEqual(failed(0));
    expect(said.counted).not.toHaveProperty('Unclaimed');
  });

  it.each([
    ['with spaces', 'quarantine/blobs/a b c'],
    ['with a plus', `quarantine/blobs/${'a'.repeat(63)}+`],
    ['in Chinese', 'quarantine/blobs/关于印发《办法》的通知.pdf'],
    ['of 1,024 bytes', `quarantine/blobs/${'公'.repeat(335)}xx`],
    ['going upwards', `quarantine/blobs/../vault/${sha256}`],
    ['in capitals', `quarantine/blobs/${'A'.repeat(64)}`],
    ['with more after it', `quarantine/blobs/${sha256}.pdf`],
  ])('under a key %s are strange: counted, not touched, and no failure', async (_, key) => {
    const { office, said } = await world();
    expect(await uploads(office, said)(sqs(told(key)), unhurried)).toEqual(failed());
    expect(said.counted).toEqual({ Strange: 1 });
    expect(JSON.stringify(said.said)).not.toContain(key);
  });

  it.each([
    ['of a version to come', told(`quarantine/blobs/${sha256}`, { version: '1' })],
    ['of another kind', told(`quarantine/blobs/${sha256}`, { 'detail-type': 'Object Deleted' })],
    ['empty', {}],
  ])('told by an event %s are given back', async (_, body) => {
    const { office, said } = await world();
    expect(await uploads(office, said)(sqs(body), unhurried)).toEqual(failed(0));
    expect(said.counted).toEqual({ Failed: 1 });
  });

  it("have keys that S3's own notifications encode as a form", () => {
    expect(keyFromNotification('a+b%2Bc/%E5%85%AC%E5%BC%80+1.pdf')).toBe('a b+c/公开 1.pdf');
    const long = `${'公'.repeat(341)}x`;
    expect(Buffer.byteLength(long)).toBe(1024);
    expect(keyFromNotification(encodeURIComponent(long).replaceAll('%20', '+'))).toBe(long);
    expect(() => keyFromNotification('%E5%85')).toThrow(URIError);
    expect(arrived(keyFromNotification(`quarantine%2Fblobs%2F${sha256}`))).toEqual({ sha256 });
  });
});

describe('metrics', () => {
  it("are lines in CloudWatch's embedded format", () => {
    const out: string[] = [];
    lines(
      'gongkai/prod',
      (line) => out.push(line),
      () => 1_700_000_000_000,
    ).count({ Done: 2, Dead: 1 });
    expect(out.map((line) => JSON.parse(line))).toEqual([
      {
        _aws: {
          Timestamp: 1_700_000_000_000,
          CloudWatchMetrics: [
            {
              Namespace: 'gongkai/prod',
              Dimensions: [[]],
              Metrics: [
                { Name: 'Done', Unit: 'Count' },
                { Name: 'Dead', Unit: 'Count' },
              ],
            },
          ],
        },
        Done: 2,
        Dead: 1,
      },
    ]);
  });
});
