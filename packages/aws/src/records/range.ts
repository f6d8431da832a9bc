import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Query } from '@gongkai/core';
import { decodeCursor } from './cursor.ts';
import { storedBound } from './place.ts';

/** As DynamoDB orders texts: by their UTF-8 bytes. */
export const compareText = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Stored sorts from `low` (in) to `high` (out). */
export type Range = { readonly low?: string; readonly high?: string };

/** The range that is left of a query behind its cursor. */
export const rangeOf = (query: Query): Range => {
  const stored = query.index === undefined ? (sort: string) => sort : storedBound;
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  const descending = query.descending === true;
  const from = query.from === undefined ? undefined : stored(query.from);
  const to = query.to === undefined ? undefined : stored(query.to);
  // The least text behind `after` is `after` and a NUL.
  const low = after === undefined || descending ? from : `${after}\u0000`;
  const high = after === undefined || !descending ? to : after;
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
};

/** DynamoDB refuses a range that ends before it begins; it holds nothing anyway. */
export const isEmpty = ({ low, high }: Range): boolean =>
  low !== undefined && high !== undefined && compareText(low, high) >= 0;

/**
 * A key condition may name the sort key once: with two ends that is BETWEEN, whose upper end is in. At most one row
 * can stand exactly there; the reader drops it.
 */
export const keyCondition = (
  names: { readonly partition: string; readonly sort: string },
  partition: string,
  { low, high }: Range,
): Pick<
  QueryCommandInput,
  'KeyConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
> => {
  const sort =
    low !== undefined && high !== undefined
      ? ' AND #s BETWEEN :low AND :high'
      : low !== undefined
        ? ' AND #s >= :low'
        : high !== undefined
          ? ' AND #s < :high'
          : '';
  return {
    KeyConditionExpression: `#p = :p${sort}`,
    ExpressionAttributeNames: { '#p': names.partition, ...(sort === '' ? {} : { '#s': names.sort }) },
    ExpressionAttributeValues: {
      ':p': { S: partition },
      ...(low === undefined ? {} : { ':low': { S: low } }),
      ...(high === undefined ? {} : { ':high': { S: high } }),
    },
  };
};
