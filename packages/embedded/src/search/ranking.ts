import type { Statements } from './statements.ts';

export type Found = { readonly id: number; readonly score: number };

/** Which part of the matches is wanted. `shelves`: a JSON array of the shelves that pass the filters, absent: all. */
export type Page = {
  readonly total: number;
  readonly shelves: string | undefined;
  readonly offset: number;
  readonly limit: number;
};

/** The score of a hit in title or number, above anything that bm25 gives. */
const titleScore = 1_000;
/** A word in more documents than this tells nothing about any of them. */
const tooManyToRank = 5_000;

const onShelves = ({ shelves }: Page): { sql: string; values: string[] } =>
  shelves === undefined
    ? { sql: '', values: [] }
    : { sql: 'AND shelf IN (SELECT value FROM json_each(?))', values: [shelves] };

/** Everything, newest first. */
export const newest = (statements: Statements, page: Page): Found[] => {
  const filter = onShelves(page);
  return statements.all(
    `SELECT id, 0 AS score FROM entries WHERE true ${filter.sql}
     ORDER BY published_on DESC, id LIMIT ? OFFSET ?`,
    ...filter.values,
    page.limit,
    page.offset,
  ) as Found[];
};

/**
 * Hits in title or number come first, newest first. Bodies follow by bm25; where thousands match, bm25 would cost
 * much and say little, so the newest come first there too.
 */
export const bestMatches = (statements: Statements, match: string, page: Page): Found[] => {
  const filter = onShelves(page);
  const select = (score: string, condition: string, values: string[], take: number, skip: number) =>
    statements.all(
      `SELECT entries.id AS id, ${score} AS score FROM words JOIN entries ON entries.id = words.rowid
       WHERE ${condition} ${filter.sql}
       ORDER BY score DESC, published_on DESC, entries.id LIMIT ? OFFSET ?`,
      ...values,
      ...filter.values,
      take,
      skip,
    ) as Found[];
  const titleMatch = `{title number} : (${match})`;
  const titles = select(`${titleScore}`, 'words MATCH ?', [titleMatch], page.limit, page.offset);
  if (titles.length === page.limit || page.offset + titles.length >= page.total) return titles;
  const inTitles =
    titles.length > 0 || page.offset === 0
      ? page.offset + titles.length
      : Number(
          statements.one(
            `SELECT count(*) AS count FROM words JOIN entries ON entries.id = words.rowid
             WHERE words MATCH ? ${filter.sql}`,
            titleMatch,
            ...filter.values,
          )?.count,
        );
  const bodies = select(
    page.total > tooManyToRank ? '0' : '-bm25(words)',
    'words MATCH ? AND words.rowid NOT IN (SELECT rowid FROM words WHERE words MATCH ?)',
    [match, titleMatch],
    page.limit - titles.length,
    Math.max(0, page.offset - inTitles),
  );
  return [...titles, ...bodies];
};
