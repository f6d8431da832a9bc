import { dayOf, type Publication, publicItem, type SearchFilters, type SearchHit } from '@gongkai/core';
import type { Context } from 'hono';
import { plain } from './plain.ts';
import { type Summary, summaryOf } from './public-view.ts';
import { columnName, genreName, type Site, titleOf } from './site.ts';
import { validityWords } from './words.ts';

const pageLength = 20;
const longestWords = 200;

export type Piece = { readonly text: string; readonly hit: boolean };
export type Found = {
  readonly item: Summary;
  readonly title: readonly Piece[];
  readonly snippet: readonly Piece[];
};
export type FacetName = 'year' | 'column' | 'genre' | 'theme' | 'office' | 'status';
export const facetTitles: Record<FacetName, string> = {
  year: '年份',
  column: '栏目',
  genre: '体裁',
  theme: '主题',
  office: '发布机构',
  status: '效力状况',
};
const facetNames = Object.keys(facetTitles) as FacetName[];

export type Facet = {
  readonly name: FacetName;
  readonly values: readonly { readonly value: string; readonly label: string; readonly count: number }[];
};
export type SearchPage = {
  readonly words: string;
  readonly filters: SearchFilters;
  readonly total: number;
  readonly found: readonly Found[];
  readonly facets: readonly Facet[];
  readonly next?: string;
};

export const wordsOf = (c: Context): string => plain(c.req.query('q') ?? '').slice(0, longestWords);

const filtersOf = (c: Context): SearchFilters => {
  const filters: { -readonly [name in keyof SearchFilters]: string } = {};
  for (const name of facetNames) {
    const value = c.req.query(name);
    if (value) filters[name] = value.slice(0, 200);
  }
  return filters;
};

const valueIn = (item: Publication, name: FacetName): string => {
  if (name === 'year') return dayOf(item.publishedAt ?? item.since).slice(0, 4);
  if (name === 'status') return item.metadata.validity;
  return item.metadata[name];
};

const labelOf = (site: Site, name: FacetName, value: string): string => {
  if (name === 'column') return columnName(site, value);
  if (name === 'genre') return genreName(site, value);
  if (name === 'status')
    return Object.entries(validityWords).find(([key]) => key === value)?.[1] ?? plain(value);
  return name === 'year' ? `${plain(value)} 年` : plain(value);
};

const clean = (pieces: readonly Piece[]): Piece[] =>
  pieces.map(({ text, hit }) => ({ text: plain(` ${text} `) === '' ? ' ' : strip(text), hit }));
const strip = (text: string): string => {
  const lead = /^\s/.test(text) ? ' ' : '';
  const tail = /\s$/.test(text) ? ' ' : '';
  return lead + plain(text) + tail;
};

/** The index may be behind: its title counts only while it is still the record's. */
const titlePieces = (hit: SearchHit, item: Publication): readonly Piece[] =>
  hit.title.map(({ text }) => text).join('') === item.metadata.title
    ? clean(hit.title)
    : [{ text: titleOf(item), hit: false }];

/**
 * One page of results. The index only proposes: each hit is loaded and asked `visible()`, and one that is not
 * visible is neither shown nor counted, in the total and in every facet. A page that loses hits this way is filled
 * up from the next, so that a list never ends early.
 */
export const searchPage = async (c: Context, site: Site): Promise<SearchPage> => {
  const words = wordsOf(c);
  const filters = filtersOf(c);
  let cursor = c.req.query('cursor')?.slice(0, 200) || undefined;
  const found: Found[] = [];
  const dropped: Publication[] = [];
  let unknown = 0;
  let answer = await site.office.search.query(words, {
    filters,
    limit: pageLength,
    ...(cursor ? { cursor } : {}),
  });
  for (let round = 0; ; round += 1) {
    const loaded = await Promise.all(answer.hits.map((hit) => lookUp(site, hit)));
    for (const one of loaded) {
      if (one.kind === 'visible') found.push(one.found);
      else if (one.item) dropped.push(one.item);
      else unknown += 1;
    }
    cursor = answer.cursor;
    if (cursor === undefined || found.length > 0 || round >= 20) break;
    answer = await site.office.search.query(words, { filters, limit: pageLength, cursor });
  }
  return {
    words,
    filters,
    total: Math.max(found.length, answer.total - dropped.length - unknown),
    found,
    facets: facetsOf(site, answer.facets, dropped),
    ...(cursor === undefined ? {} : { next: cursor }),
  };
};

type LookedUp =
  | { readonly kind: 'visible'; readonly found: Found }
  | { readonly kind: 'dropped'; readonly item?: Publication };

const lookUp = async (site: Site, hit: SearchHit): Promise<LookedUp> => {
  const known = await publicItem(site.office, hit.id);
  if (known?.visibility === 'visible')
    return {
      kind: 'visible',
      found: {
        item: summaryOf(site, known.item),
        title: titlePieces(hit, known.item),
        snippet: clean(hit.snippet),
      },
    };
  return known ? { kind: 'dropped', item: known.item } : { kind: 'dropped' };
};

const facetsOf = (
  site: Site,
  counted: Readonly<Record<string, readonly { readonly value: string; readonly count: number }[]>>,
  dropped: readonly Publication[],
): Facet[] =>
  facetNames.flatMap((name) => {
    const values = (counted[name] ?? [])
      .map(({ value, count }) => ({
        value,
        label: labelOf(site, name, value),
        count: count - dropped.filter((item) => valueIn(item, name) === value).length,
      }))
      .filter(({ count, label }) => count > 0 && label !== '')
      .slice(0, 12);
    return values.length === 0 ? [] : [{ name, values }];
  });

/** Titles to propose while typing; each must be the title of something visible now. */
export const suggestions = async (site: Site, typed: string): Promise<readonly string[]> => {
  const words = plain(typed).slice(0, 60);
  if (words === '') return [];
  const titles = await site.office.search.suggest(words, 8);
  const sure = await Promise.all(titles.map((title) => isVisibleTitle(site, title)));
  return titles.filter((_, at) => sure[at]).map(plain);
};

const isVisibleTitle = async (site: Site, title: string): Promise<boolean> => {
  const { hits } = await site.office.search.query(title, { limit: 10 });
  const items = await Promise.all(hits.map((hit) => publicItem(site.office, hit.id)));
  return items.some((one) => one?.visibility === 'visible' && one.item.metadata.title === title);
};
