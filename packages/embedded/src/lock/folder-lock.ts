import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Says that one process works in a folder. It is the operating system's lock on a file, taken through SQLite
 * because Node has no call for it: a process that dies, however it dies, no longer holds it, so that no file with
 * a process id has to be believed.
 */
export class FolderLock {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Undefined when another process (or another office in this one) holds it. The file stays; it says nothing. */
  static async take(path: string): Promise<FolderLock | undefined> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(path, { timeout: 0 });
    try {
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      return new FolderLock(database);
    } catch (cause) {
      database.close();
      if (cause instanceof Error && 'errcode' in cause && cause.errcode === sqliteBusy) return undefined;
      throw cause;
    }
  }

  release(): void {
    this.#database.close();
  }
}

const sqliteBusy = 5;
