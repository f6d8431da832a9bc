/**
 * Records: keyed rows with versions, a few secondary indexes, and all-or-nothing commits.
 * One machine: SQLite. AWS: one DynamoDB table and `TransactWriteItems`, whose limits are the limits here:
 * at most 100 writes a commit, one write a key, rows of at most 400 kB.
 */
export type Key = { readonly partition: string; readonly sort: string };

/** The secondary indexes that exist. A row stands at most once in each. */
export const indexNames = ['work', 'due', 'public', 'recent'] as const;
export type IndexName = (typeof indexNames)[number];

export type IndexPlaces = Partial<Record<IndexName, { readonly partition: string; readonly sort: string }>>;

export type Row<T = unknown> = Key & {
  /** 1 when first written, +1 with every put. */
  readonly version: number;
  readonly data: T;
  readonly indexes: IndexPlaces;
};

export type Write =
  | {
      readonly kind: 'put';
      readonly key: Key;
      readonly data: unknown;
      readonly indexes?: IndexPlaces;
      /** `absent`: the key must be free. A number: the stored version must be exactly this. */
      readonly expect: 'absent' | number;
    }
  | { readonly kind: 'delete'; readonly key: Key; readonly expect: number }
  /** Writes nothing; the whole commit fails when the expectation does not hold. */
  | { readonly kind: 'check'; readonly key: Key; readonly expect: 'absent' | number };

/** `failed` is the position of the first write whose expectation did not hold. Nothing was written then. */
export type CommitOutcome = { readonly ok: true } | { readonly ok: false; readonly failed: number };

export type Query = {
  /** Absent: the rows of one partition of the table itself. */
  readonly index?: IndexName;
  readonly partition: string;
  /** Sort range: `from` inclusive, `to` exclusive. Strings compare by code point, as UTF-8 bytes do (ISO instants sort by time). */
  readonly from?: string;
  readonly to?: string;
  readonly descending?: boolean;
  /** 1 to 1,000; default 100. */
  readonly limit?: number;
  /** From a previous answer; opaque. */
  readonly cursor?: string;
};

export interface Records {
  get(key: Key): Promise<Row | undefined>;
  query(query: Query): Promise<{ readonly rows: readonly Row[]; readonly cursor?: string }>;
  commit(writes: readonly Write[]): Promise<CommitOutcome>;
}
