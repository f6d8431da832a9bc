import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { Dice } from './dice.ts';
import type { Running } from './servers.ts';

/** Share of batches that the function gets a second time: Lambda promises at least once. */
const again = 0.2;

type Batch = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

/** The filter of infra/triggers.ts. */
const wanted = ({ eventName, dynamodb }: _Record): boolean =>
  eventName === 'INSERT' && dynamodb?.Keys?.pk?.S === 'outbox';

/**
 * Reads the table's real stream and hands it to the function as Lambda's event source mapping does: in order within a
 * shard, again from where it failed, now and then a batch twice.
 */
export const streamSource = async (
  connection: Running['connection'],
  table: string,
  hand: (event: { Records: readonly _Record[] }) => Promise<Batch>,
  dice: Dice,
) => {
  const described = new DynamoDBClient(connection);
  const { Table } = await described.send(new DescribeTableCommand({ TableName: table }));
  described.destroy();
  const StreamArn = Table?.LatestStreamArn;
  const client = new DynamoDBStreamsClient(connection);
  const iterators = new Map<string, string>();
  let paused = false;
  let ended = false;
  const tally = { batches: 0, records: 0, doubled: 0, lost: 0 };

  const deliver = async (records: readonly _Record[]): Promise<void> => {
    let rest = records.filter(wanted);
    for (let tries = 0; rest.length > 0 && tries < 20 && !ended; tries++) {
      tally.batches += 1;
      tally.records += rest.length;
      try {
        const { batchItemFailures } = await hand({ Records: rest });
        const [failed] = batchItemFailures;
        if (failed === undefined) {
          if (!dice.happens(again)) return;
          tally.doubled += 1;
          await hand({ Records: rest });
          return;
        }
        const from = rest.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failed.itemIdentifier);
        rest = rest.slice(Math.max(0, from));
      } catch {
        // The whole batch again.
      }
    }
  };

  const look = async (): Promise<void> => {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
    for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
      if (!iterators.has(ShardId)) {
        const { ShardIterator } = await client.send(
          new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
        );
        if (ShardIterator !== undefined) iterators.set(ShardId, ShardIterator);
      }
      const ShardIterator = iterators.get(ShardId);
      if (ShardIterator === undefined || ShardIterator === '') continue;
      const { Records = [], NextShardIterator } = await client.send(
        new GetRecordsCommand({ ShardIterator, Limit: 100 }),
      );
      iterators.set(ShardId, NextShardIterator ?? '');
      if (paused) tally.lost += Records.filter(wanted).length;
      else await deliver(Records);
    }
  };

  const loop = (async () => {
    while (!ended) {
      await look().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    client.destroy();
  })();
  return {
    tally,
    /** While lost, what the stream says is thrown away, as after 24 hours nobody read. */
    lose: (lost: boolean): void => {
      paused = lost;
    },
    end: async (): Promise<void> => {
      ended = true;
      await loop;
    },
  };
};
