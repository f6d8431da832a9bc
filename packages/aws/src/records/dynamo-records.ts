import { randomUUID } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  assertCommit,
  type CommitOutcome,
  type Key,
  type Query,
  queryLimit,
  type Records,
  type Row,
  type Write,
} from '@gongkai/core';
import { commitOne, commitTogether, type Table } from './commit.ts';
import { encodeCursor } from './cursor.ts';
import { type Item, toRow } from './item.ts';
import { merge } from './merge.ts';
import { partitionOf, type Shards, usualShards } from './place.ts';
import { compareText, isEmpty, keyCondition, type Range, rangeOf } from './range.ts';
import { placeAttributes } from './table.ts';

type Found = { readonly item: Item; readonly sort: string };

const ofTable = { partition: 'pk', sort: 'sk' } as const;

/**
 * Records in one DynamoDB table (`tableDefinition`). Rows and their partitions are read as last committed; an index
 * follows after some milliseconds, as DynamoDB's do: whoever acts on a row of an index commits under its version.
 */
export class DynamoRecords implements Records {
  readonly #table: Table;

  constructor(client: DynamoDBClient, name: string, shards: Partial<Shards> = {}) {
    this.#table = { client, name, shards: { ...usualShards, ...shards } };
  }

  async get(key: Key): Promise<Row | undefined> {
    const { Item } = await this.#table.client.send(
      new GetItemCommand({
        TableName: this.#table.name,
        Key: { pk: { S: key.partition }, sk: { S: key.sort } },
        ConsistentRead: true,
      }),
    );
    return Item === undefined ? undefined : toRow(Item);
  }

  async query(query: Query): Promise<{ readonly rows: readonly Row[]; readonly cursor?: string }> {
    const limit = queryLimit(query);
    const range = rangeOf(query);
    if (isEmpty(range)) return { rows: [] };
    const turn = query.descending === true ? -1 : 1;
    const found: Found[] = [];
    // One more than asked tells whether there is a next page.
    for await (const each of merge(
      this.#streams(query, range, limit + 1),
      (a, b) => turn * compareText(a.sort, b.sort),
    )) {
      found.push(each);
      if (found.length > limit) break;
    }
    const rows = found.slice(0, limit).map(({ item }) => toRow(item));
    const last = found[limit - 1];
    return found.length > limit && last !== undefined ? { rows, cursor: encodeCursor(last.sort) } : { rows };
  }

  async commit(writes: readonly Write[]): Promise<CommitOutcome> {
    assertCommit(writes);
    const [first, second] = writes;
    if (first === undefined) return { ok: true };
    const token = randomUUID();
    return second === undefined && first.kind === 'put'
      ? commitOne(this.#table, first, token)
      : commitTogether(this.#table, writes, token);
  }

  /** A stream for the table's partition, or one for each shard of the index's. */
  #streams(query: Query, range: Range, wanted: number): AsyncGenerator<Found>[] {
    const { index, partition } = query;
    // One more for the row that may stand exactly on the upper end.
    if (index === undefined) return [this.#walk(query, range, partition, wanted + 1)];
    const shards = this.#table.shards[index];
    const share = Math.ceil((wanted + 1) / shards) + (shards === 1 ? 0 : 1);
    return Array.from({ length: shards }, (_, shard) =>
      this.#walk(query, range, partitionOf(partition, shard), share),
    );
  }

  async *#walk(query: Query, range: Range, partition: string, pageSize: number): AsyncGenerator<Found> {
    const names = query.index === undefined ? ofTable : placeAttributes(query.index);
    let start: Item | undefined;
    do {
      const page = await this.#table.client.send(
        new QueryCommand({
          TableName: this.#table.name,
          ...(query.index === undefined ? { ConsistentRead: true } : { IndexName: query.index }),
          ...keyCondition(names, partition, range),
          ScanIndexForward: query.descending !== true,
          Limit: pageSize,
          ExclusiveStartKey: start,
        }),
      );
      for (const item of page.Items ?? []) {
        const sort = item[names.sort]?.S ?? '';
        if (sort !== range.high) yield { item, sort };
      }
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }
}
