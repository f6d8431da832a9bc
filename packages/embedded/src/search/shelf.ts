import {
  askedFilters,
  type FacetCount,
  type FacetName,
  facetNames,
  orderedFacet,
  type SearchAnswer,
  type SearchFilters,
} from '@gongkai/core';

/** One combination of filter values that occurs. */
export type Shelf = Readonly<Record<FacetName, string>> & { readonly id: number };
export type ShelfCount = { readonly shelf: Shelf; readonly count: number };

/** The test that a shelf passes all filters, or all but the one on `except`. */
export const passing = (filters: SearchFilters, except?: FacetName): ((shelf: Shelf) => boolean) => {
  const asked = askedFilters(filters, except);
  return (shelf) => asked.every(([name, value]) => shelf[name] === value);
};

/**
 * For each facet, how many hits each of its values would give, the other filters standing: a reader who filtered
 * by one office still sees what the others hold. Most frequent first.
 */
export const facetCounts = (
  counts: readonly ShelfCount[],
  filters: SearchFilters,
): SearchAnswer['facets'] => {
  const facets: Record<string, readonly FacetCount[]> = {};
  for (const name of facetNames) {
    const byValue = new Map<string, number>();
    const passes = passing(filters, name);
    for (const { shelf, count } of counts) {
      if (!passes(shelf)) continue;
      byValue.set(shelf[name], (byValue.get(shelf[name]) ?? 0) + count);
    }
    facets[name] = orderedFacet([...byValue].map(([value, count]) => ({ value, count })));
  }
  return facets;
};
