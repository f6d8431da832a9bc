import type { IndexPlaces, Key, Query, Write } from './records.ts';

/**
 * The limits every Records adapter enforces alike, so that what passes on one machine also passes on DynamoDB.
 * Breaking one is a bug in the caller and throws; it is never a refusal that a person could read.
 */
export const recordLimits = {
  writesPerCommit: 100,
  bytesPerRow: 400_000,
  bytesPerCommit: 4_000_000,
  /** Of a partition or a sort key, in UTF-8. DynamoDB takes 1,024 for a sort key; adapters may prefix. */
  bytesPerKeyPart: 1_000,
  rowsPerQuery: 1_000,
} as const;

const utf8Length = (text: string): number => {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
};

const checkKeyPart = (text: string, what: string): void => {
  if (text === '') throw new RangeError(`records: ${what} is empty`);
  if (!text.isWellFormed()) throw new RangeError(`records: ${what} has half a surrogate pair`);
  if (utf8Length(text) > recordLimits.bytesPerKeyPart) throw new RangeError(`records: ${what} is too long`);
};

const checkKey = (key: Key, what: string): void => {
  checkKeyPart(key.partition, `${what} partition`);
  checkKeyPart(key.sort, `${what} sort`);
};

/** JSON text of a row's data. Throws on what JSON cannot hold (`undefined`, functions). */
export const rowJson = (data: unknown): string => {
  const json: string | undefined = JSON.stringify(data);
  if (json === undefined) throw new TypeError('records: data is not JSON');
  return json;
};

const rowBytes = (key: Key, json: string, indexes: IndexPlaces): number =>
  utf8Length(json) + utf8Length(key.partition) + utf8Length(key.sort) + utf8Length(JSON.stringify(indexes));

/** Throws when a commit breaks a limit: count, two writes to one key, key form, row size, commit size. */
export const assertCommit = (writes: readonly Write[]): void => {
  if (writes.length > recordLimits.writesPerCommit) {
    throw new RangeError(`records: ${writes.length} writes in one commit, at most 100`);
  }
  const keys = new Set<string>();
  let total = 0;
  for (const write of writes) {
    checkKey(write.key, 'key');
    const id = JSON.stringify([write.key.partition, write.key.sort]);
    if (keys.has(id)) throw new RangeError(`records: two writes to one key in one commit: ${id}`);
    keys.add(id);
    if (write.expect !== 'absent' && !(Number.isSafeInteger(write.expect) && write.expect >= 1)) {
      throw new RangeError(`records: version ${write.expect} cannot exist`);
    }
    if (write.kind !== 'put') continue;
    const indexes = write.indexes ?? {};
    for (const [name, place] of Object.entries(indexes)) checkKey(place, `index ${name}`);
    const bytes = rowBytes(write.key, rowJson(write.data), indexes);
    if (bytes > recordLimits.bytesPerRow) throw new RangeError(`records: row ${id} has ${bytes} bytes`);
    total += bytes;
  }
  if (total > recordLimits.bytesPerCommit) throw new RangeError(`records: commit of ${total} bytes`);
};

/** The number of rows a query asks for; throws outside 1 to 1,000. */
export const queryLimit = (query: Query): number => {
  const limit = query.limit ?? 100;
  if (!Number.isInteger(limit) || limit < 1 || limit > recordLimits.rowsPerQuery) {
    throw new RangeError(`records: limit ${limit} is not between 1 and 1,000`);
  }
  return limit;
};

/** A cursor that no query of this adapter gave out: it came from outside, and whoever passed it on may catch this. */
export class CursorUnreadable extends Error {
  override name = 'CursorUnreadable';
}
