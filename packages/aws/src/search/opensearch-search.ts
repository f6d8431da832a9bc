import {
  askedFilters,
  facetNames,
  facetsOf,
  highlight,
  orderedFacet,
  type Phrase,
  phrasesOf,
  type Search,
  type SearchAnswer,
  type SearchEntry,
  type SearchFilters,
  type SearchHit,
  snippet,
} from '@gongkai/core';
import * as z from 'zod';
import { beginningWith, indexedTitle, indexedWords, matching } from './opensearch-words.ts';
import { type Answered, type Asked, type Signing, signedFetch } from './signed-fetch.ts';

export type OpenSearchOptions = {
  /** Of the collection. */
  readonly endpoint: string;
  /** Default `gongkai-1`; the number is raised with every change of the mapping or of the cutting into pieces. */
  readonly index?: string;
  /** Absent only where nobody asks for a signature: a node on this machine. */
  readonly signing?: Signing;
};

const keyword = { type: 'keyword' } as const;
const words = { type: 'text', analyzer: 'whitespace' } as const;

/** Only what every OpenSearch has. Texts are cut here (opensearch-words.ts), and shown from `shown`, as they were. */
const mappings = {
  dynamic: false,
  properties: {
    id: keyword,
    publishedOn: keyword,
    ...Object.fromEntries(facetNames.map((name) => [name, keyword])),
    words: { properties: { title: words, number: words, body: words } },
    shown: { type: 'object', enabled: false },
  },
};

/** Of one text, in UTF-16 units: cut, quoted and signed it stays under the 10 MiB that a collection takes at once. */
const longestBody = 1_000_000;
const maximumLimit = 100;
/** Of different values in one facet. */
const maximumFacet = 1_000;

const searched = z.object({
  timed_out: z.boolean(),
  _shards: z.object({ failed: z.number() }),
  hits: z.object({
    total: z.object({ value: z.number() }),
    hits: z.array(
      z.object({
        _source: z.object({
          id: z.string(),
          shown: z.object({ title: z.string(), body: z.string().default('') }),
        }),
        sort: z.tuple([z.number(), z.string(), z.string()]),
      }),
    ),
  }),
  aggregations: z
    .record(
      z.string(),
      z.object({
        values: z.object({ buckets: z.array(z.object({ key: z.string(), doc_count: z.number() })) }),
      }),
    )
    .optional(),
});
const nothing: z.infer<typeof searched> = {
  timed_out: false,
  _shards: { failed: 0 },
  hits: { total: { value: 0 }, hits: [] },
};
const described = z.record(
  z.string(),
  z.object({ settings: z.object({ index: z.object({ uuid: z.string().min(1) }) }) }),
);
const place = z.tuple([z.number(), z.string(), z.string()]);
type Place = z.infer<typeof place>;

/** A cursor comes from a public address: one that cannot be read starts at the beginning. */
const placeIn = (cursor: string | undefined): Place | undefined => {
  try {
    return place.safeParse(JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString())).data;
  } catch {
    return undefined;
  }
};
const cursorAt = (at: Place): string => Buffer.from(JSON.stringify(at)).toString('base64url');

const inOrder = [{ _score: 'desc' }, { publishedOn: 'desc' }, { id: 'asc' }];

const filtersAsQuery = (asked: ReturnType<typeof askedFilters>) => ({
  bool: { filter: asked.map(([name, value]) => ({ term: { [name]: value } })) },
});

const facetQueries = (filters: SearchFilters) =>
  Object.fromEntries(
    facetNames.map((name) => [
      name,
      {
        filter: filtersAsQuery(askedFilters(filters, name)),
        aggs: { values: { terms: { field: name, size: maximumFacet } } },
      },
    ]),
  );

const documentOf = (entry: SearchEntry) => {
  // Half a character would make the whole request unreadable.
  const [title, body] = [entry.title.toWellFormed(), entry.body.slice(0, longestBody).toWellFormed()];
  return {
    id: entry.id,
    publishedOn: entry.publishedOn,
    ...facetsOf(entry),
    words: {
      title: indexedTitle(title),
      number: indexedWords(`${entry.documentNumber}\u0000${entry.indexNumber}`),
      body: indexedWords(body),
    },
    shown: { title, body },
  };
};

const hitOf = (
  { id, shown }: { id: string; shown: { title: string; body: string } },
  score: number,
  phrases: readonly Phrase[],
): SearchHit => ({
  id,
  score,
  title: highlight(shown.title, phrases),
  snippet: snippet(shown.body, phrases),
});

const errorType = (text: string): string => /"type"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? '';
const isMissingIndex = ({ status, text }: Answered): boolean =>
  status === 404 && errorType(text) === 'index_not_found_exception';

/**
 * Search on OpenSearch, Serverless or a node. What is put is found some seconds later (Serverless refreshes when it
 * likes); nothing depends on it, because `visible()` decides when a hit is read.
 */
export class OpenSearch implements Search {
  readonly #endpoint: URL;
  readonly #index: string;
  readonly #signing: Signing | undefined;
  #made: Promise<void> | undefined;

  constructor({ endpoint, index = 'gongkai-1', signing }: OpenSearchOptions) {
    this.#endpoint = new URL(endpoint);
    this.#index = index;
    this.#signing = signing;
  }

  async put(entry: SearchEntry): Promise<void> {
    await this.#ready();
    const answer = await this.#ask('PUT', this.#place(entry.id), documentOf(entry));
    if (answer.status >= 300) throw this.#fault('put', answer);
  }

  async remove(id: string): Promise<void> {
    const answer = await this.#ask('DELETE', this.#place(id));
    const gone = answer.status === 404 && (errorType(answer.text) === '' || isMissingIndex(answer));
    if (answer.status >= 300 && !gone) throw this.#fault('remove', answer);
  }

  async query(
    words: string,
    options: { filters?: SearchFilters; limit?: number; cursor?: string } = {},
  ): Promise<SearchAnswer> {
    const filters = options.filters ?? {};
    const size = Math.min(Math.max(1, Math.trunc(options.limit ?? 20)), maximumLimit);
    const phrases = phrasesOf(words);
    const after = placeIn(options.cursor);
    const unreadable = phrases.length === 0 && words.trim() !== '';
    const answer = unreadable
      ? nothing
      : await this.#search({
          query: matching(phrases),
          post_filter: filtersAsQuery(askedFilters(filters)),
          aggs: facetQueries(filters),
          size: size + 1,
          ...(after === undefined ? {} : { search_after: after }),
        });
    const shown = answer.hits.hits.slice(0, size);
    const last = shown.at(-1);
    return {
      hits: shown.map(({ _source, sort: [score] }) => hitOf(_source, score, phrases)),
      total: answer.hits.total.value,
      facets: Object.fromEntries(
        facetNames.map((name) => {
          const buckets = answer.aggregations?.[name]?.values.buckets ?? [];
          return [
            name,
            orderedFacet(buckets.map(({ key, doc_count }) => ({ value: key, count: doc_count }))),
          ];
        }),
      ),
      ...(last !== undefined && answer.hits.hits.length > size ? { cursor: cursorAt(last.sort) } : {}),
    };
  }

  async suggest(prefix: string, limit = 8): Promise<readonly string[]> {
    const phrases = phrasesOf(prefix);
    if (phrases.length === 0) return [];
    // Some are the same title again: every year has its budget.
    const answer = await this.#search(
      { query: beginningWith(phrases), size: Math.min(limit * 8, maximumLimit) },
      ['id', 'shown.title'],
    );
    return [...new Set(answer.hits.hits.map(({ _source }) => _source.shown.title))].slice(0, limit);
  }

  /** Which index this is: a new one, empty, has another name. Undefined while there is none. */
  async generation(): Promise<string | undefined> {
    const answer = await this.#ask('GET', `${this.#index}/_settings`);
    if (isMissingIndex(answer)) return undefined;
    if (answer.status !== 200) throw this.#fault('look at', answer);
    return `opensearch:${Object.values(described.parse(JSON.parse(answer.text)))[0]?.settings.index.uuid}`;
  }

  #place(id: string): string {
    return `${this.#index}/_doc/${encodeURIComponent(id)}`;
  }

  /** Once for as long as this process lives, and before the first put: an index made by a put would guess its fields. */
  #ready(): Promise<void> {
    this.#made ??= this.#make().catch((cause: unknown) => {
      this.#made = undefined;
      throw cause;
    });
    return this.#made;
  }

  async #make(): Promise<void> {
    const answer = await this.#ask('PUT', this.#index, { mappings });
    if (answer.status >= 300 && errorType(answer.text) !== 'resource_already_exists_exception')
      throw this.#fault('make', answer);
  }

  async #search(body: object, source = ['id', 'shown']): Promise<z.infer<typeof searched>> {
    const answer = await this.#ask('POST', `${this.#index}/_search`, {
      ...body,
      sort: inOrder,
      track_total_hits: true,
      _source: source,
    });
    if (isMissingIndex(answer)) return nothing;
    if (answer.status !== 200) throw this.#fault('search', answer);
    const found = searched.parse(JSON.parse(answer.text));
    if (found.timed_out || found._shards.failed > 0) throw this.#fault('search all of', answer);
    return found;
  }

  #ask(method: Asked['method'], path: string, body?: object): Promise<Answered> {
    const url = new URL(path, this.#endpoint);
    return signedFetch(
      { method, url, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
      this.#signing,
    );
  }

  #fault(verb: string, { status, text }: Answered): Error {
    return new Error(`OpenSearch would not ${verb} ${this.#index}: ${status} ${text.slice(0, 300)}`);
  }
}
