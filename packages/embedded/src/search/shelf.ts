import type { SearchAnswer, SearchEntry, SearchFilters } from '@gongkai/core';

export const facetNames = ['office', 'column', 'theme', 'genre', 'year', 'status'] as const;
export type FacetName = (typeof facetNames)[number];

/** One combination of filter values that occurs. */
export type Shelf = Readonly<Record<FacetName, string>> & { readonly id: number };
export type ShelfCount = { readonly shelf: Shelf; readonly count: number };

export const facetsOf = (entry: SearchEntry): Record<FacetName, string> => ({
  office: entry.office,
  column: entry.column,
  theme: entry.theme,
  genre: entry.genre,
  year: entry.publishedOn.slice(0, 4),
  status: entry.status,
});

/** The test that a shelf passes all filters, or all but the one on `except`. */
export const passing = (filters: SearchFilters, except?: FacetName): ((shelf: Shelf) => boolean) => {
  const asked = facetNames.filter((name) => name !== except && filters[name] !== undefined);
  return (shelf) => asked.every((name) => shelf[name] === filters[name]);
};

/**
 * For each facet, how many hits each of its values would give, the other filters standing: a reader who filtered
 * by one office still sees what the others hold. Most frequent first.
 */
export const facetCounts = (
  counts: readonly ShelfCount[],
  filters: SearchFilters,
): SearchAnswer['facets'] => {
  const facets: Record<string, { value: string; count: number }[]> = {};
  for (const name of facetNames) {
    const byValue = new Map<string, number>();
    const passes = passing(filters, name);
    for (const { shelf, count } of counts) {
      if (!passes(shelf)) continue;
      byValue.set(shelf[name], (byValue.get(shelf[name]) ?? 0) + count);
    }
    facets[name] = [...byValue]
      .filter(([value]) => value !== '')
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }
  return facets;
};
