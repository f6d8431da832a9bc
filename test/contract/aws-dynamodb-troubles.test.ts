import { DescribeTableCommand, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DynamoRecords } from '@gongkai/aws';
import type { Records, Write } from '@gongkai/core';
import { describe, expect, it } from 'vitest';
import { notRun } from '../not-run.ts';
import { dynamoLocal, noDynamoLocal } from './dynamo-local.ts';

const put = (sort: string, expected: 'absent' | number = 'absent'): Write => ({
  ...{ kind: 'put', key: { partition: 'p', sort }, data: { sort }, expect: expected },
  indexes: { due: { partition: 'timer', sort: '2026' } },
});

const lostAnswer = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

describe.skipIf(notRun(noDynamoLocal !== undefined, 'DynamoDB Local', noDynamoLocal ?? ''))(
  'troubles on the way to DynamoDB',
  { timeout: 120_000 },
  () => {
    const dynamo = dynamoLocal();
    let made = 0;

    /** Records over a connection of their own, on which `between` may act around each request as it goes out. */
    const over = async (between: <T>(send: () => Promise<T>, nth: number) => Promise<T>) => {
      await dynamo.records();
      made += 1;
      const client = new DynamoDBClient({ ...(await dynamo.connection()), maxAttempts: 3 });
      let nth = 0;
      // Below the SDK's own retries: what happens here happens on the wire.
      const handler = client.config.requestHandler;
      const handle = handler.handle.bind(handler);
      handler.handle = async (request, options) => {
        nth += 1;
        return between(() => handle(request, options), nth);
      };
      return { client, name: `gongkai-${made}`, records: new DynamoRecords(client, `gongkai-${made}`) };
    };

    const once =
      (trouble: Error) =>
      async <T>(send: () => Promise<T>, nth: number): Promise<T> => {
        const answer = await send();
        if (nth === 1) throw trouble;
        return answer;
      };

    const versionOf = async (records: Records, sort: string) =>
      (await records.get({ partition: 'p', sort }))?.version;

    it('a single put whose answer was lost is recognised as done, and done once', async () => {
      const { records } = await over(once(lostAnswer()));
      expect(await records.commit([put('a')])).toEqual({ ok: true });
      expect(await versionOf(records, 'a')).toBe(1);
      expect(await records.commit([put('a')])).toEqual({ ok: false, failed: 0 });
    });

    it('a commit of many whose answer was lost is recognised as done, and done once', async () => {
      const { records } = await over(once(lostAnswer()));
      const commit = [put('a'), put('b')];
      expect(await records.commit(commit)).toEqual({ ok: true });
      expect(await versionOf(records, 'b')).toBe(1);
      expect(await records.commit(commit)).toEqual({ ok: false, failed: 0 });
    });

    it('a delete whose answer was lost is recognised as done', async () => {
      let lose = false;
      const { records } = await over(async (send) => {
        const answer = await send();
        if (!lose) return answer;
        lose = false;
        throw lostAnswer();
      });
      await records.commit([put('a')]);
      lose = true;
      const write = { kind: 'delete', key: { partition: 'p', sort: 'a' }, expect: 1 } as const;
      expect(await records.commit([write])).toEqual({ ok: true });
      expect(await records.commit([write])).toEqual({ ok: false, failed: 0 });
    });

    it('a request that never arrived is sent again', async () => {
      const { records } = await over(async (send, nth) => {
        if (nth === 1) throw lostAnswer();
        return send();
      });
      expect(await records.commit([put('a'), put('b')])).toEqual({ ok: true });
    });

    it('of many commits over the same two rows each is settled, and exactly one wins each version', async () => {
      const { records } = await over((send) => send());
      await records.commit([put('a'), put('b')]);
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          records.commit(n % 2 === 0 ? [put('a', 1), put('b', 1)] : [put('b', 1), put('a', 1)]),
        ),
      );
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      expect([await versionOf(records, 'a'), await versionOf(records, 'b')]).toEqual([2, 2]);
    });

    it('timers are spread over every shard of their index', async () => {
      const { records, client, name } = await over((send) => send());
      await records.commit(Array.from({ length: 100 }, (_, n) => put(`n${n}`)));
      const counts = await Promise.all(
        [0, 1, 2, 3].map(async (shard) => {
          const { Count } = await client.send(
            new QueryCommand({
              ...{ TableName: name, IndexName: 'due', KeyConditionExpression: 'dueP = :p' },
              ExpressionAttributeValues: { ':p': { S: `timer#${shard}` } },
            }),
          );
          return Count ?? 0;
        }),
      );
      expect(Math.min(...counts)).toBeGreaterThan(10);
      expect(counts.reduce((sum, count) => sum + count)).toBe(100);
    });

    it('rows written with fewer shards are still found when there are more', async () => {
      const { client, name } = await over((send) => send());
      const timers = { index: 'due', partition: 'timer', limit: 100 } as const;
      await new DynamoRecords(client, name, { due: 1 }).commit(
        Array.from({ length: 20 }, (_, n) => put(`a${n}`)),
      );
      const grown = new DynamoRecords(client, name, { due: 8 });
      await grown.commit(Array.from({ length: 20 }, (_, n) => put(`b${n}`)));
      expect((await grown.query(timers)).rows).toHaveLength(40);
    });

    it('sort values that contain NUL keep their order in an index', async () => {
      const { records } = await over((send) => send());
      const sorts = ['a', 'a\u0000', 'a\u0000b', 'a\u0001', 'ab'];
      await records.commit(
        sorts.map((sort, n) => ({
          ...{ kind: 'put', key: { partition: 'p', sort: `${9 - n}` }, data: n, expect: 'absent' },
          indexes: { work: { partition: 'w', sort } },
        })),
      );
      const { rows } = await records.query({ index: 'work', partition: 'w' });
      expect(rows.map(({ indexes }) => indexes.work?.sort)).toEqual(sorts);
    });

    it('the table has the indexes and the stream that the adapter needs', async () => {
      const { client, name } = await over((send) => send());
      const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
      expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual([
        'due',
        'public',
        'recent',
        'work',
      ]);
      expect(Table?.StreamSpecification?.StreamEnabled).toBe(true);
    });
  },
);
