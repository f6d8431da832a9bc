export type SearchEntry = {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly documentNumber: string;
  readonly indexNumber: string;
  readonly office: string;
  readonly column: string;
  readonly theme: string;
  readonly genre: string;
  /** YYYY-MM-DD */
  readonly publishedOn: string;
  readonly status: string;
};

export type SearchFilters = Partial<
  Record<'office' | 'column' | 'theme' | 'genre' | 'year' | 'status', string>
>;

export type SearchHit = {
  readonly id: string;
  readonly score: number;
  /** Plain text cut into pieces, so that no markup travels: `hit` pieces are what matched. */
  readonly title: readonly { readonly text: string; readonly hit: boolean }[];
  readonly snippet: readonly { readonly text: string; readonly hit: boolean }[];
};

export type SearchAnswer = {
  readonly hits: readonly SearchHit[];
  readonly total: number;
  readonly facets: Readonly<Record<string, readonly { readonly value: string; readonly count: number }[]>>;
  readonly cursor?: string;
};

/** An index, not an authority: whoever shows a hit asks `visible()` first. */
export interface Search {
  put(entry: SearchEntry): Promise<void>;
  remove(id: string): Promise<void>;
  query(
    words: string,
    options?: { filters?: SearchFilters; limit?: number; cursor?: string },
  ): Promise<SearchAnswer>;
  suggest(prefix: string, limit?: number): Promise<readonly string[]>;
}
