import type { SearchEntry, SearchFilters } from '../ports/index.ts';

export const facetNames = ['office', 'column', 'theme', 'genre', 'year', 'status'] as const;
export type FacetName = (typeof facetNames)[number];

/** What a reader may filter an entry by. */
export const facetsOf = (entry: SearchEntry): Record<FacetName, string> => ({
  office: entry.office,
  column: entry.column,
  theme: entry.theme,
  genre: entry.genre,
  year: entry.publishedOn.slice(0, 4),
  status: entry.status,
});

/** The filters that are set, or all but the one on `except`. */
export const askedFilters = (
  filters: SearchFilters,
  except?: FacetName,
): readonly (readonly [FacetName, string])[] =>
  facetNames.flatMap((name) => {
    const value = filters[name];
    return name === except || value === undefined ? [] : [[name, value] as const];
  });

export type FacetCount = { readonly value: string; readonly count: number };

/** As readers see them: without the empty value, most frequent first. */
export const orderedFacet = (counts: readonly FacetCount[]): readonly FacetCount[] =>
  counts
    .filter(({ value }) => value !== '')
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
