import {
  assertCommit,
  type CommitOutcome,
  CursorUnreadable,
  type IndexPlaces,
  type Key,
  type Query,
  queryLimit,
  type Records,
  type Row,
  rowJson,
  type Write,
} from '../ports/index.ts';

type Held = {
  readonly key: Key;
  readonly version: number;
  readonly json: string;
  readonly indexes: IndexPlaces;
};
type Place = { readonly sort: string; readonly tie: string; readonly held: Held };

const nameOf = (key: Key): string => JSON.stringify([key.partition, key.sort]);

/** By code point, which is the order of UTF-8 bytes in SQLite and DynamoDB (it differs from `<` beyond the BMP). */
const compareText = (a: string, b: string): number => {
  const left = a[Symbol.iterator]();
  const right = b[Symbol.iterator]();
  for (;;) {
    const x = left.next();
    const y = right.next();
    if (x.done || y.done) return Number(y.done ?? false) - Number(x.done ?? false);
    const difference = (x.value.codePointAt(0) ?? 0) - (y.value.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
};

const comparePlaces = (a: Pick<Place, 'sort' | 'tie'>, b: Pick<Place, 'sort' | 'tie'>): number =>
  compareText(a.sort, b.sort) || compareText(a.tie, b.tie);

const encodeCursor = (place: Place): string => encodeURIComponent(JSON.stringify([place.sort, place.tie]));

const decodeCursor = (cursor: string): { sort: string; tie: string } => {
  try {
    const [sort, tie] = JSON.parse(decodeURIComponent(cursor)) as unknown[];
    if (typeof sort === 'string' && typeof tie === 'string') return { sort, tie };
  } catch {
    // Falls through to the one answer for anything that is not ours.
  }
  throw new CursorUnreadable('records: not a cursor');
};

const toRow = (held: Held): Row => ({
  ...held.key,
  version: held.version,
  data: JSON.parse(held.json) as unknown,
  indexes: held.indexes,
});

const holds = (held: Held | undefined, expect: 'absent' | number): boolean =>
  expect === 'absent' ? held === undefined : held?.version === expect;

/** Records without a disk, for tests of what is built over Records. It passes the same contract as SQLite. */
export class MemoryRecords implements Records {
  readonly #rows = new Map<string, Held>();

  async get(key: Key): Promise<Row | undefined> {
    const held = this.#rows.get(nameOf(key));
    return held === undefined ? undefined : toRow(held);
  }

  async query(query: Query): Promise<{ readonly rows: readonly Row[]; readonly cursor?: string }> {
    const limit = queryLimit(query);
    const turn = query.descending === true ? -1 : 1;
    const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const places = [...this.#places(query)]
      .filter(({ sort }) => query.from === undefined || compareText(sort, query.from) >= 0)
      .filter(({ sort }) => query.to === undefined || compareText(sort, query.to) < 0)
      .filter((place) => after === undefined || turn * comparePlaces(place, after) > 0)
      .sort((a, b) => turn * comparePlaces(a, b));
    const page = places.slice(0, limit);
    const rows = page.map(({ held }) => toRow(held));
    const last = page.at(-1);
    return places.length > limit && last !== undefined ? { rows, cursor: encodeCursor(last) } : { rows };
  }

  async commit(writes: readonly Write[]): Promise<CommitOutcome> {
    assertCommit(writes);
    const failed = writes.findIndex((write) => !holds(this.#rows.get(nameOf(write.key)), write.expect));
    if (failed !== -1) return { ok: false, failed };
    for (const write of writes) {
      const name = nameOf(write.key);
      if (write.kind === 'delete') this.#rows.delete(name);
      if (write.kind !== 'put') continue;
      this.#rows.set(name, {
        key: { partition: write.key.partition, sort: write.key.sort },
        version: (this.#rows.get(name)?.version ?? 0) + 1,
        json: rowJson(write.data),
        indexes: JSON.parse(JSON.stringify(write.indexes ?? {})) as IndexPlaces,
      });
    }
    return { ok: true };
  }

  *#places(query: Query): Generator<Place> {
    for (const [tie, held] of this.#rows) {
      const place = query.index === undefined ? held.key : held.indexes[query.index];
      if (place?.partition === query.partition) yield { sort: place.sort, tie, held };
    }
  }
}
