import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SqliteSearch } from '../src/index.ts';
import { milliseconds } from './stopwatch.ts';
import { syntheticEntries, syntheticQueries } from './synthetic.ts';

export type SearchMeasure = {
  readonly indexingMs: number;
  readonly bytes: number;
  /** Times in ms and how many hits each query had, by kind of query; the last kind is all queries together. */
  readonly queries: readonly {
    readonly kind: string;
    readonly times: readonly number[];
    readonly totals: readonly number[];
  }[];
  readonly suggestingMs: readonly number[];
  readonly putMs: number;
};

const measureQueries = async (search: SqliteSearch): Promise<SearchMeasure['queries']> => {
  const kinds = new Map<string, { times: number[]; totals: number[] }>();
  const asked = [
    ...syntheticQueries([...syntheticEntries(100, 7)]),
    ...[...'税水路绿信种土年医预'].map((character) => ['one character', character] as const),
  ];
  for (const [kind, words] of asked) {
    const { times, totals } = kinds.get(kind) ?? { times: [], totals: [] };
    kinds.set(kind, { times, totals });
    times.push(await milliseconds(async () => totals.push((await search.query(words)).total)));
  }
  const all = [...kinds.values()];
  return [
    ...[...kinds].map(([kind, measured]) => ({ kind, ...measured })),
    {
      kind: 'all of them',
      times: all.flatMap(({ times }) => times),
      totals: all.flatMap(({ totals }) => totals),
    },
  ];
};

/** Fills a new index in `folder` with made-up documents and asks it what readers ask. */
export const measureSearch = async (folder: string, documents: number): Promise<SearchMeasure> => {
  const path = join(folder, 'search.sqlite');
  const search = await SqliteSearch.open(path);
  try {
    const indexingMs = await milliseconds(() =>
      search.refill(
        (async function* () {
          yield* syntheticEntries(documents);
        })(),
      ),
    );
    const { size: bytes } = await stat(path);
    const queries = await measureQueries(search);
    const suggestingMs: number[] = [];
    for (const typed of ['预', '预算', '关于', '财政资金', '关于预算'])
      suggestingMs.push(await milliseconds(() => search.suggest(typed)));
    let putMs = 0;
    for (const one of syntheticEntries(1, 99)) putMs = await milliseconds(() => search.put(one));
    return { indexingMs, bytes, queries, suggestingMs, putMs };
  } finally {
    search.close();
  }
};
