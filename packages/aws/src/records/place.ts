import { createHash } from 'node:crypto';
import type { IndexName, Key } from '@gongkai/core';

/**
 * How many partitions of the index one partition of the port is spread over. A DynamoDB partition takes 1,000 write
 * units a second; all timers, or all messages, would share one. What is read by the public is written rarely: one.
 * A number may grow at any time and never shrink: rows stay in the shard they were written to, readers ask all.
 */
export type Shards = Readonly<Record<IndexName, number>>;
export const usualShards: Shards = { work: 4, due: 4, public: 1, recent: 1 };

const tieLength = 16;
const hashOf = (key: Key): string =>
  createHash('sha256')
    .update(JSON.stringify([key.partition, key.sort]))
    .digest('hex');

/** NUL ends a sort value below; one inside it is escaped so that shorter values still come first. */
const nul = '\u0000';
const escaped = (sort: string): string => sort.replaceAll(nul, `${nul}\uffff`);

export const partitionOf = (partition: string, shard: number): string => `${partition}#${shard}`;

/**
 * Where a row stands in an index as it is stored: its partition with the shard, and its sort followed by 16 digits of
 * the row key's hash. So no two rows share a place, every shard has the same total order, and one position is a
 * cursor for all of them.
 */
export const storedPlace = (
  key: Key,
  place: { readonly partition: string; readonly sort: string },
  shards: number,
): { partition: string; sort: string } => {
  const hash = hashOf(key);
  return {
    partition: partitionOf(place.partition, Number.parseInt(hash.slice(-8), 16) % shards),
    sort: `${escaped(place.sort)}${nul}${hash.slice(0, tieLength)}`,
  };
};

/** The inverse of `storedPlace`. */
export const placeOf = (stored: { readonly partition: string; readonly sort: string }) => ({
  partition: stored.partition.slice(0, stored.partition.lastIndexOf('#')),
  sort: stored.sort.slice(0, -tieLength - 1).replaceAll(`${nul}\uffff`, nul),
});

/** An end of a query's range as it compares with stored sorts. */
export const storedBound = (sort: string): string => escaped(sort);
