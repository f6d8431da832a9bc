import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { CommitOutcome, Write } from '@gongkai/core';
import { type Item, toItem } from './item.ts';
import { patiently } from './patience.ts';
import type { Shards } from './place.ts';

export type Table = { readonly client: DynamoDBClient; readonly name: string; readonly shards: Shards };

type Put = Extract<Write, { kind: 'put' }>;

/** Passing troubles that the SDK does not try again by itself. */
const passingReasons = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
const passingErrors = new Set(['TransactionConflictException', 'TransactionInProgressException']);

const isPassing = (cause: unknown): boolean =>
  cause instanceof TransactionCanceledException
    ? (cause.CancellationReasons ?? []).some(({ Code }) => passingReasons.has(Code ?? ''))
    : cause instanceof Error && passingErrors.has(cause.name);

const condition = (expect: 'absent' | number) => ({
  ...(expect === 'absent'
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': { N: String(expect) } },
      }),
  // What stands there instead tells "already done by me" from "lost the race".
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

const writtenBy = (item: Item | undefined, token: string): boolean => item?.by?.S === token;

/** One row alone costs half of what a transaction of one costs, and is as atomic. */
export const commitOne = (table: Table, write: Put, token: string): Promise<CommitOutcome> =>
  patiently(async () => {
    try {
      await table.client.send(
        new PutItemCommand({
          TableName: table.name,
          Item: toItem(write, token, table.shards),
          ...condition(write.expect),
        }),
      );
      return { ok: true };
    } catch (cause) {
      if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
      // The answer to an earlier try was lost on the way, and the SDK has asked again.
      return writtenBy(cause.Item, token) ? { ok: true } : { ok: false, failed: 0 };
    }
  }, isPassing);

/** All or nothing. DynamoDB itself recognises the token for ten minutes, far longer than we go on trying. */
export const commitTogether = (
  table: Table,
  writes: readonly Write[],
  token: string,
): Promise<CommitOutcome> =>
  patiently(async () => {
    try {
      await table.client.send(
        new TransactWriteItemsCommand({
          ClientRequestToken: token,
          TransactItems: writes.map((write) => transactItem(table, write, token)),
        }),
      );
      return { ok: true };
    } catch (cause) {
      const outcome = cause instanceof TransactionCanceledException && cancelled(cause, token);
      if (outcome) return outcome;
      throw cause;
    }
  }, isPassing);

const transactItem = (table: Table, write: Write, token: string): TransactWriteItem => {
  const conditional = { TableName: table.name, ...condition(write.expect) };
  const Key: Item = { pk: { S: write.key.partition }, sk: { S: write.key.sort } };
  if (write.kind === 'put') return { Put: { ...conditional, Item: toItem(write, token, table.shards) } };
  return write.kind === 'delete'
    ? { Delete: { ...conditional, Key } }
    : { ConditionCheck: { ...conditional, Key } };
};

/** Undefined when it cannot be told yet which write failed first: a conflict before it hides the answer. */
const cancelled = (cause: TransactionCanceledException, token: string): CommitOutcome | undefined => {
  const reasons = cause.CancellationReasons ?? [];
  if (reasons.some(({ Item }) => writtenBy(Item, token))) return { ok: true };
  const first = reasons.findIndex(({ Code }) => Code !== undefined && Code !== 'None');
  return reasons[first]?.Code === 'ConditionalCheckFailed' ? { ok: false, failed: first } : undefined;
};
