import type { DatabaseSync } from 'node:sqlite';
import {
  facetNames,
  facetsOf,
  highlight,
  type Phrase,
  phrasesOf,
  type Search,
  type SearchAnswer,
  type SearchEntry,
  type SearchFilters,
  type SearchHit,
  snippet,
} from '@gongkai/core';
import { indexText, matchExpression } from './bigrams.ts';
import { bestMatches, type Found, newest } from './ranking.ts';
import { openSearchFile } from './search-file.ts';
import { facetCounts, passing, type Shelf, type ShelfCount } from './shelf.ts';
import { Statements } from './statements.ts';

type QueryOptions = { filters?: SearchFilters; limit?: number; cursor?: string };

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
      if (batch.length < 1_000) continue;
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
    const passes = passing(filters);
    const wanted = counts.filter(({ shelf }) => passes(shelf));
    const total = wanted.reduce((sum, { count }) => sum + count, 0);
    const all = wanted.length === counts.length;
    const shelves = all ? undefined : JSON.stringify(wanted.map(({ shelf }) => shelf.id));
    const page = { total, shelves, offset, limit };
    const found = match === '' ? newest(this.#statements, page) : bestMatches(this.#statements, match, page);
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
    const expression = matchExpression(phrases, true);
    const titles = new Set<string>();
    // `^`: at the very beginning.
    for (const match of [`title : (^ ${expression})`, `title : (${expression})`]) {
      if (titles.size >= limit) break;
      const found = this.#statements.all(
        `SELECT texts.title AS title FROM (
           SELECT entries.id AS id, published_on FROM words JOIN entries ON entries.id = words.rowid
           WHERE words MATCH ? ORDER BY published_on DESC, entries.id LIMIT ?
         ) AS newest JOIN texts ON texts.id = newest.id ORDER BY newest.published_on DESC, newest.id`,
        match,
        // Some are the same title again: every year has its budget.
        limit * 4,
      );
      for (const { title } of found) titles.add(String(title));
    }
    return [...titles].slice(0, limit);
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

  /** How many matches stand on each shelf. One text of numbers is much cheaper than a row or a sort for each match. */
  #counts(match: string): ShelfCount[] {
    const found = this.#statements.one(
      match === ''
        ? 'SELECT json_group_array(shelf) AS shelves FROM entries'
        : `SELECT json_group_array(shelf) AS shelves FROM words JOIN entries ON entries.id = words.rowid
           WHERE words MATCH ?`,
      ...(match === '' ? [] : [match]),
    );
    const counts = new Map<number, number>();
    for (const shelf of JSON.parse(String(found?.shelves)) as number[]) {
      counts.set(shelf, (counts.get(shelf) ?? 0) + 1);
    }
    return [...counts].map(([shelf, count]) => ({ shelf: this.#shelf(shelf), count }));
  }

  #shelf(id: number): Shelf {
    const known = this.#shelves.get(id);
    if (known !== undefined) return known;
    const shelf = this.#statements.one('SELECT * FROM shelves WHERE id = ?', id) as Shelf | undefined;
    if (shelf === undefined) throw new Error(`search: shelf ${id} is missing`);
    this.#shelves.set(id, shelf);
    return shelf;
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
