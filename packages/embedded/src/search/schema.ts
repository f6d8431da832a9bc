import type { DatabaseSync } from 'node:sqlite';

/** Raised with every change of the tables or of the cutting into pieces; an older file is dropped and rebuilt. */
export const searchVersion = 1;

/**
 * `shelves` holds each combination of filter values once, so that counting facets over thousands of matches
 * groups small numbers. Texts stand apart from `entries`, which stays narrow for the same reason.
 * FTS5 keeps no copy of the text (contentless), only the index of bigrams.
 */
const tables = `
  CREATE TABLE IF NOT EXISTS shelves (
    id INTEGER PRIMARY KEY,
    office TEXT NOT NULL, "column" TEXT NOT NULL, theme TEXT NOT NULL, genre TEXT NOT NULL,
    year TEXT NOT NULL, status TEXT NOT NULL,
    UNIQUE (office, "column", theme, genre, year, status)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    shelf INTEGER NOT NULL REFERENCES shelves (id),
    published_on TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS entries_by_date ON entries (published_on DESC, id);
  CREATE TABLE IF NOT EXISTS texts (
    id INTEGER PRIMARY KEY REFERENCES entries (id),
    title TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    title, number, body, content = '', contentless_delete = 1, tokenize = 'ascii'
  );
`;

/** Of index pages in memory, in kB: words that stand in most documents are read whole. */
const cacheSize = 65_536;
/** Of index under construction in memory before FTS5 writes a piece of it, in bytes. Larger pieces need less merging. */
const hashSize = 16_777_216;

/** The index can always be made again, so NORMAL is durable enough; what was taken down is overwritten with zeros. */
export const prepareSearch = (database: DatabaseSync): void => {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;');
  database.exec(`PRAGMA cache_size = -${cacheSize}`);
  database.exec(`BEGIN IMMEDIATE; ${tables}
    INSERT INTO words (words, rank) VALUES ('hashsize', ${hashSize}); PRAGMA user_version = ${searchVersion}; COMMIT;`);
};

export const storedSearchVersion = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
