import type { DatabaseSync } from 'node:sqlite';

/** Raised with every change of the tables below; an older program refuses a newer file. */
const schemaVersion = 1;

const tables = `
  CREATE TABLE IF NOT EXISTS rows (
    id INTEGER PRIMARY KEY,
    partition TEXT NOT NULL,
    sort TEXT NOT NULL,
    version INTEGER NOT NULL,
    data TEXT NOT NULL,
    indexes TEXT NOT NULL,
    UNIQUE (partition, sort)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS index_places (
    name TEXT NOT NULL,
    partition TEXT NOT NULL,
    sort TEXT NOT NULL,
    row INTEGER NOT NULL REFERENCES rows (id),
    PRIMARY KEY (name, partition, sort, row)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS index_places_of_row ON index_places (row);
`;

const versionOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);

/** WAL with FULL: a commit that returned is on the disk; readers and a second process do not wait for writers. */
export const prepareDatabase = (database: DatabaseSync): void => {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  if (versionOf(database) > schemaVersion) {
    throw new Error('records: this file was written by a newer version of gongkai');
  }
  database.exec(`BEGIN IMMEDIATE; ${tables} PRAGMA user_version = ${schemaVersion}; COMMIT;`);
};
