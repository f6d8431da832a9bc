import type { DatabaseSync } from 'node:sqlite';
import type { Search, SearchAnswer, SearchEntry, SearchFilters, SearchHit } from '@gongkai/core';
import { indexText, matchExpression, type Phrase, phrasesOf } from './bigrams.ts';
import { highlight, snippet } from './highlight.ts';
import { openSearchFile } from './search-file.ts';
import { facetCounts, facetNames, facetsOf, passes, type Shelf, type ShelfCount } from './shelf.ts';
import { Statements } from './statements.ts';

type Found = { id: number; score: number };
type QueryOptions = { filters?: SearchFilters; limit?: number; cursor?: string };

/** Added to the score of a hit in title or number, above anything bm25 gives: titles come before bodies. */
const titleScore = 1_000;
const maximumLimit = 100;

/** Full-text search in one SQLite file (FTS5 over bigrams). The file can be filled again at any time. */
export class SqliteSearch implements Search {
  /** True when the file was made new by this opening: the caller must fill it. */
  readonly fresh: boolean;
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #shelves = new Map<number, Shelf>();

  private constructor(database: DatabaseSync, fresh: boolean) {
    this.#database = database;
    this.#statements = new Statements(database);
    this.fresh = fresh;
  }

  /** A missing, damaged or outdated file is made new. */
  static async open(path: string): Promise<SqliteSearch> {
    const { database, fresh } = await openSearchFile(path);
    return new SqliteSearch(database, fresh);
  }

  async put(entry: SearchEntry): Promise<void> {
    this.putAll([entry]);
  }

  /** In one commit. */
  putAll(entries: readonly SearchEntry[]): void {
    this.#inCommit(() => {
      for (const entry of entries) this.#write(entry);
    });
  }

  /** Empties the index and fills it anew, in place: other processes that have it open see it grow again. */
  async refill(entries: AsyncIterable<SearchEntry>): Promise<void> {
    this.#inCommit(() => {
      this.#database.exec(
        `INSERT INTO words (words) VALUES ('delete-all'); DELETE FROM texts; DELETE FROM entries;`,
      );
    });
    let batch: SearchEntry[] = [];
    for await (const entry of entries) {
      batch.push(entry);
      if (batch.length < 200) continue;
      this.putAll(batch);
      batch = [];
    }
    this.putAll(batch);
    this.compact();
  }

  async remove(id: string): Promise<void> {
    this.#inCommit(() => {
      const found = this.#statements.one('SELECT id FROM entries WHERE name = ?', id);
      if (found !== undefined) this.#erase(Number(found.id));
    });
  }

  /**
   * Words are cut at spaces; each must occur, its characters side by side. No words: everything, newest first.
   * At most 100 hits a page. A cursor that cannot be read starts at the beginning: it comes from a public address.
   */
  async query(words: string, options: QueryOptions = {}): Promise<SearchAnswer> {
    const filters = options.filters ?? {};
    const limit = Math.min(Math.max(1, Math.trunc(options.limit ?? 20)), maximumLimit);
    const offset = offsetIn(options.cursor);
    const phrases = phrasesOf(words);
    if (phrases.length === 0 && words.trim() !== '') {
      return { hits: [], total: 0, facets: facetCounts([], filters) };
    }
    const match = matchExpression(phrases);
    const counts = this.#counts(match);
    const wanted = counts.filter(({ shelf }) => passes(shelf, filters));
    const total = wanted.reduce((sum, { count }) => sum + count, 0);
    const all = wanted.length === counts.length;
    const shelves = all ? undefined : JSON.stringify(wanted.map(({ shelf }) => shelf.id));
    const found = total <= offset ? [] : this.#best(match, shelves, offset, limit);
    const answer = {
      hits: found.map((hit) => this.#hit(hit, phrases)),
      total,
      facets: facetCounts(counts, filters),
    };
    return offset + found.length < total && found.length > 0
      ? { ...answer, cursor: String(offset + found.length) }
      : answer;
  }

  /** Titles in which what was typed so far occurs; those that begin with it first, then the newest. */
  async suggest(prefix: string, limit = 8): Promise<readonly string[]> {
    const phrases = phrasesOf(prefix);
    if (phrases.length === 0) return [];
    const found = this.#statements.all(
      `SELECT texts.title AS title FROM words
         JOIN entries ON entries.id = words.rowid JOIN texts ON texts.id = words.rowid
       WHERE words MATCH ? ORDER BY instr(texts.title, ?) = 1 DESC, entries.published_on DESC LIMIT ?`,
      `title : (${matchExpression(phrases, true)})`,
      prefix.trim(),
      // Several editions may share a title.
      limit * 4,
    );
    return [...new Set(found.map(({ title }) => String(title)))].slice(0, limit);
  }

  /** Merges the index into one segment, which also rids the file of what was removed. For a quiet hour. */
  compact(): void {
    this.#database.exec(`INSERT INTO words (words) VALUES ('optimize'); PRAGMA wal_checkpoint (TRUNCATE);`);
  }

  close(): void {
    this.#statements.forget();
    this.#database.close();
  }

  #inCommit(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (cause) {
      // Shelves that were made in this commit are gone again.
      this.#shelves.clear();
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw cause;
    }
  }

  #write(entry: SearchEntry): void {
    const before = this.#statements.one('SELECT id FROM entries WHERE name = ?', entry.id);
    if (before !== undefined) this.#erase(Number(before.id));
    const { lastInsertRowid: id } = this.#statements.run(
      'INSERT INTO entries (name, shelf, published_on) VALUES (?, ?, ?)',
      entry.id,
      this.#shelfFor(entry),
      entry.publishedOn,
    );
    this.#statements.run('INSERT INTO texts (id, title, body) VALUES (?, ?, ?)', id, entry.title, entry.body);
    this.#statements.run(
      'INSERT INTO words (rowid, title, number, body) VALUES (?, ?, ?, ?)',
      id,
      indexText(entry.title),
      indexText(`${entry.documentNumber}\u0000${entry.indexNumber}`),
      indexText(entry.body),
    );
  }

  #erase(id: number): void {
    this.#statements.run('DELETE FROM words WHERE rowid = ?', id);
    this.#statements.run('DELETE FROM texts WHERE id = ?', id);
    this.#statements.run('DELETE FROM entries WHERE id = ?', id);
  }

  #shelfFor(entry: SearchEntry): number {
    const facets = facetsOf(entry);
    const values = facetNames.map((name) => facets[name]);
    this.#statements.run(
      `INSERT OR IGNORE INTO shelves (office, "column", theme, genre, year, status) VALUES (?, ?, ?, ?, ?, ?)`,
      ...values,
    );
    const found = this.#statements.one(
      `SELECT id FROM shelves
       WHERE office = ? AND "column" = ? AND theme = ? AND genre = ? AND year = ? AND status = ?`,
      ...values,
    );
    return Number(found?.id);
  }

  /** How many matches stand on each shelf. */
  #counts(match: string): ShelfCount[] {
    const found =
      match === ''
        ? this.#statements.all('SELECT shelf, count(*) AS count FROM entries GROUP BY shelf')
        : this.#statements.all(
            `SELECT shelf, count(*) AS count FROM words JOIN entries ON entries.id = words.rowid
             WHERE words MATCH ? GROUP BY shelf`,
            match,
          );
    return found.map(({ shelf, count }) => ({ shelf: this.#shelf(Number(shelf)), count: Number(count) }));
  }

  #shelf(id: number): Shelf {
    const known = this.#shelves.get(id);
    if (known !== undefined) return known;
    const shelf = this.#statements.one('SELECT * FROM shelves WHERE id = ?', id) as Shelf | undefined;
    if (shelf === undefined) throw new Error(`search: shelf ${id} is missing`);
    this.#shelves.set(id, shelf);
    return shelf;
  }

  /** Title hits are ranked by themselves; bodies are only looked at when the page reaches beyond them. */
  #best(match: string, shelves: string | undefined, offset: number, limit: number): Found[] {
    const onShelf = shelves === undefined ? '' : 'AND shelf IN (SELECT value FROM json_each(?))';
    const shelfValues = shelves === undefined ? [] : [shelves];
    if (match === '') {
      return this.#statements.all(
        `SELECT id, 0 AS score FROM entries WHERE true ${onShelf}
         ORDER BY published_on DESC, id LIMIT ? OFFSET ?`,
        ...shelfValues,
        limit,
        offset,
      ) as Found[];
    }
    const ranked = (condition: string, score: string, values: string[], take: number, skip: number) =>
      this.#statements.all(
        `SELECT words.rowid AS id, ${score} - bm25(words, 10.0, 10.0, 1.0) AS score
         FROM words JOIN entries ON entries.id = words.rowid WHERE words MATCH ? ${condition} ${onShelf}
         ORDER BY score DESC, published_on DESC, words.rowid LIMIT ? OFFSET ?`,
        ...values,
        ...shelfValues,
        take,
        skip,
      ) as Found[];
    const titleMatch = `{title number} : (${match})`;
    const titles = ranked('', `${titleScore}`, [titleMatch], limit, offset);
    if (titles.length === limit) return titles;
    const inTitles = this.#statements.one(
      `SELECT count(*) AS count FROM words JOIN entries ON entries.id = words.rowid
       WHERE words MATCH ? ${onShelf}`,
      titleMatch,
      ...shelfValues,
    );
    const bodies = ranked(
      'AND words.rowid NOT IN (SELECT rowid FROM words WHERE words MATCH ?)',
      '0.0',
      [match, titleMatch],
      limit - titles.length,
      Math.max(0, offset - Number(inTitles?.count)),
    );
    return [...titles, ...bodies];
  }

  #hit({ id, score }: Found, phrases: readonly Phrase[]): SearchHit {
    const texts = this.#statements.one(
      'SELECT name, title, body FROM entries JOIN texts ON texts.id = entries.id WHERE entries.id = ?',
      id,
    );
    return {
      id: String(texts?.name),
      score,
      title: highlight(String(texts?.title), phrases),
      snippet: snippet(String(texts?.body), phrases),
    };
  }
}

/** Offsets, not keys: scores shift as the index grows, so a key would be no steadier. */
const offsetIn = (cursor: string | undefined): number =>
  cursor !== undefined && /^\d{1,7}$/.test(cursor) ? Number(cursor) : 0;
