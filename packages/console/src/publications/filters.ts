import { useSearchParams } from 'react-router';
import type { Filters } from '../api/publications.ts';
import { keep, kept } from '../app/kept.ts';

const read = (query: URLSearchParams): Filters => ({
  ...(query.get('state') ? { state: query.get('state') ?? '' } : {}),
  ...(query.get('column') ? { column: query.get('column') ?? '' } : {}),
  ...(query.get('q') ? { q: query.get('q') ?? '' } : {}),
  ...(query.get('mine') === 'true' ? { mine: true } : {}),
});

const written = (filters: Filters): URLSearchParams => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(filters)) if (value) query.set(key, String(value));
  return query;
};

/** Filters live in the address, so that a list can be sent to a colleague; one set may be kept in the browser. */
export const useFilters = () => {
  const [query, setQuery] = useSearchParams(kept('filters') ?? '');
  const filters = read(query);
  return {
    filters,
    set: (change: Filters) => setQuery(written({ ...filters, ...change }), { replace: true }),
    clear: () => setQuery(new URLSearchParams(), { replace: true }),
    keep: () => keep('filters', written(filters).toString()),
  };
};
