import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup, DatabaseSync, type StatementSync } from 'node:sqlite';
import {
  assertCommit,
  type CommitOutcome,
  type IndexPlaces,
  type Key,
  type Query,
  queryLimit,
  type Records,
  type Row,
  rowJson,
  type Write,
} from '@gongkai/core';
import { syncFolder } from '../blobs/durable.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { prepareDatabase } from './schema.ts';

type Stored = {
  id: number;
  partition: string;
  sort: string;
  version: number;
  data: string;
  indexes: string;
  /** Sort value in the index that was asked, or of the row itself. */
  place: string;
};

const toRow = (stored: Stored): Row => ({
  partition: stored.partition,
  sort: stored.sort,
  version: stored.version,
  data: JSON.parse(stored.data) as unknown,
  indexes: JSON.parse(stored.indexes) as IndexPlaces,
});

/** How long a statement waits for another process (the command line beside the server), in milliseconds. */
const busyTimeout = 5_000;
const everyPage = 2 ** 31 - 1;

/**
 * Records in one SQLite file. Several processes may open the same file. Calls run to their end before they return
 * (the file is local and commits take well below a millisecond plus the disk's flush).
 */
export class SqliteRecords implements Records {
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  private constructor(path: string, database: DatabaseSync) {
    this.#path = path;
    this.#database = database;
  }

  /** Opens or creates the file and its folder (readable by this user only). */
  static async open(path: string): Promise<SqliteRecords> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // SQLite gives its side files the mode of the main file.
    await (await open(path, 'a', 0o600)).close();
    const database = new DatabaseSync(path, { timeout: busyTimeout });
    try {
      prepareDatabase(database);
    } catch (cause) {
      database.close();
      throw cause;
    }
    return new SqliteRecords(path, database);
  }

  async get(key: Key): Promise<Row | undefined> {
    const stored = this.#find(key);
    return stored === undefined ? undefined : toRow(stored);
  }

  async query(query: Query): Promise<{ readonly rows: readonly Row[]; readonly cursor?: string }> {
    const limit = queryLimit(query);
    const { sql, values } = selectFor(query);
    // One more than asked tells whether there is a next page.
    const found = this.#prepared(sql).all(...values, limit + 1) as Stored[];
    const page = found.slice(0, limit);
    const rows = page.map(toRow);
    const last = page.at(-1);
    return found.length > limit && last !== undefined
      ? { rows, cursor: encodeCursor([last.place, last.id]) }
      : { rows };
  }

  async commit(writes: readonly Write[]): Promise<CommitOutcome> {
    assertCommit(writes);
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const [position, write] of writes.entries()) {
        if (this.#apply(write)) continue;
        this.#database.exec('ROLLBACK');
        return { ok: false, failed: position };
      }
      this.#database.exec('COMMIT');
      return { ok: true };
    } catch (cause) {
      // A full disk may have rolled back by itself already.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw cause;
    }
  }

  /** A consistent copy while work goes on, written beside and then moved to `path`. */
  async backupTo(path: string): Promise<void> {
    const part = `${path}.part`;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rm(part, { force: true });
    // A connection of its own, and all pages in one step on another thread: it then reads one snapshot, while a
    // step over the working connection fails when it falls into a commit (seen: "not an error", errcode 0).
    const source = new DatabaseSync(this.#path, { readOnly: true, timeout: busyTimeout });
    try {
      await backup(source, part, { rate: everyPage });
    } finally {
      source.close();
    }
    checkCopy(part);
    // Looking at it has left these, empty, and nobody else can have written to it.
    for (const side of ['-wal', '-shm']) await rm(`${part}${side}`, { force: true });
    const file = await open(part, 'r+');
    await file.chmod(0o600);
    await file.sync();
    await file.close();
    await rename(part, path);
    await syncFolder(dirname(path));
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  /** False when the expectation does not hold. */
  #apply(write: Write): boolean {
    const stored = this.#find(write.key);
    if (write.expect === 'absent' ? stored !== undefined : stored?.version !== write.expect) return false;
    if (write.kind === 'put') this.#put(write, stored);
    if (write.kind === 'delete' && stored !== undefined) {
      this.#prepared('DELETE FROM index_places WHERE row = ?').run(stored.id);
      this.#prepared('DELETE FROM rows WHERE id = ?').run(stored.id);
    }
    return true;
  }

  #put(write: Extract<Write, { kind: 'put' }>, stored: Stored | undefined): void {
    const data = rowJson(write.data);
    const indexes = JSON.stringify(write.indexes ?? {});
    const id = stored === undefined ? this.#insert(write.key, data, indexes) : stored.id;
    if (stored !== undefined) {
      this.#prepared('UPDATE rows SET version = version + 1, data = ?, indexes = ? WHERE id = ?').run(
        data,
        indexes,
        id,
      );
      if (stored.indexes === indexes) return;
      this.#prepared('DELETE FROM index_places WHERE row = ?').run(id);
    }
    for (const [name, place] of Object.entries(write.indexes ?? {})) {
      this.#prepared('INSERT INTO index_places (name, partition, sort, row) VALUES (?, ?, ?, ?)').run(
        name,
        place.partition,
        place.sort,
        id,
      );
    }
  }

  #insert(key: Key, data: string, indexes: string): number {
    const { lastInsertRowid } = this.#prepared(
      'INSERT INTO rows (partition, sort, version, data, indexes) VALUES (?, ?, 1, ?, ?)',
    ).run(key.partition, key.sort, data, indexes);
    return Number(lastInsertRowid);
  }

  #find(key: Key): Stored | undefined {
    return this.#prepared('SELECT *, sort AS place FROM rows WHERE partition = ? AND sort = ?').get(
      key.partition,
      key.sort,
    ) as Stored | undefined;
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** The conditions stand in the text only when they are asked for, so that SQLite walks just the range. */
const selectFor = (query: Query): { sql: string; values: (string | number)[] } => {
  const inIndex = query.index !== undefined;
  const sort = inIndex ? 'place.sort' : 'row.sort';
  const tie = inIndex ? 'place.row' : 'row.id';
  const source = inIndex ? 'index_places AS place JOIN rows AS row ON row.id = place.row' : 'rows AS row';
  const conditions = [inIndex ? 'place.name = ? AND place.partition = ?' : 'row.partition = ?'];
  const values: (string | number)[] = query.index === undefined ? [] : [query.index];
  values.push(query.partition);
  if (query.from !== undefined) {
    conditions.push(`${sort} >= ?`);
    values.push(query.from);
  }
  if (query.to !== undefined) {
    conditions.push(`${sort} < ?`);
    values.push(query.to);
  }
  if (query.cursor !== undefined) {
    conditions.push(`(${sort}, ${tie}) ${query.descending === true ? '<' : '>'} (?, ?)`);
    values.push(...decodeCursor(query.cursor));
  }
  const turn = query.descending === true ? 'DESC' : 'ASC';
  const sql = `SELECT row.*, ${sort} AS place FROM ${source} WHERE ${conditions.join(' AND ')}
    ORDER BY ${sort} ${turn}, ${tie} ${turn} LIMIT ?`;
  return { sql, values };
};

const checkCopy = (path: string): void => {
  const copy = new DatabaseSync(path, { readOnly: true });
  try {
    const answer = copy.prepare('PRAGMA quick_check').get()?.quick_check;
    if (answer !== 'ok') throw new Error(`records: the backup is damaged: ${String(answer)}`);
  } finally {
    copy.close();
  }
};
