import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type IndexPlaces, indexNames, type Row, rowJson, type Write } from '@gongkai/core';
import * as z from 'zod';
import { placeOf, type Shards, storedPlace } from './place.ts';
import { placeAttributes } from './table.ts';

export type Item = Record<string, AttributeValue>;

const text = z.object({ S: z.string() });
/** `data` is JSON in one text: what comes out is to the letter what a row of SQLite holds, empty lists and 1.5 too. */
const stored = z.object({
  pk: text,
  sk: text,
  version: z.object({ N: z.string() }),
  data: text,
});

/** `by` is the token of the commit that wrote the row: a repeated request recognises its own work by it. */
export const toItem = (write: Extract<Write, { kind: 'put' }>, by: string, shards: Shards): Item => {
  const item: Item = {
    pk: { S: write.key.partition },
    sk: { S: write.key.sort },
    version: { N: String(write.expect === 'absent' ? 1 : write.expect + 1) },
    data: { S: rowJson(write.data) },
    by: { S: by },
  };
  for (const index of indexNames) {
    const place = write.indexes?.[index];
    if (place === undefined) continue;
    const at = storedPlace(write.key, place, shards[index]);
    const names = placeAttributes(index);
    item[names.partition] = { S: at.partition };
    item[names.sort] = { S: at.sort };
  }
  return item;
};

/** Throws on an item that this adapter did not write. */
export const toRow = (item: Item): Row => {
  const { pk, sk, version, data } = stored.parse(item);
  const indexes: IndexPlaces = {};
  for (const index of indexNames) {
    const names = placeAttributes(index);
    const partition = item[names.partition]?.S;
    const sort = item[names.sort]?.S;
    if (partition !== undefined && sort !== undefined) {
      Object.assign(indexes, { [index]: placeOf({ partition, sort }) });
    }
  }
  return {
    partition: pk.S,
    sort: sk.S,
    version: Number(version.N),
    data: JSON.parse(data.S) as unknown,
    indexes,
  };
};
