import { measureSearch } from '../../packages/embedded/bench/search.ts';
import { percentile } from './stopwatch.ts';
import type { Table } from './table.ts';

const items = 100_000;

/** The embedded search index over 100,000 made-up documents of 300 to 1,300 characters. */
export const searching = async (folder: string): Promise<Table[]> => {
  const { indexingMs, bytes, queries } = await measureSearch(folder, items);
  return [
    {
      title: `Search: filling the index with ${items} items`,
      rows: [
        {
          items,
          'index s': indexingMs / 1_000,
          'items/s': (items / indexingMs) * 1_000,
          'file MB': bytes / 1e6,
        },
      ],
    },
    {
      title: `Search: queries over ${items} items, ms`,
      rows: queries.map(({ kind, times, totals }) => ({
        query: kind,
        asked: times.length,
        p50: percentile(times, 0.5),
        p95: percentile(times, 0.95),
        p99: percentile(times, 0.99),
        'median hits': totals.length === 0 ? undefined : percentile(totals, 0.5),
      })),
    },
  ];
};
