import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { prepareSearch, searchVersion, storedSearchVersion } from './schema.ts';

const busyTimeout = 5_000;

/** Removes an index file with its side files. The index can be filled again from Records. */
const dropSearchFile = async (path: string): Promise<void> => {
  for (const side of ['', '-wal', '-shm']) await rm(path + side, { force: true });
};

/**
 * Opens the index, or makes it new when it is missing, damaged or of another version. `fresh` then says that the
 * caller must fill it. `:memory:` gives one that lives with the process, for tests.
 */
export const openSearchFile = async (path: string): Promise<{ database: DatabaseSync; fresh: boolean }> => {
  if (path !== ':memory:') {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await (await open(path, 'a', 0o600)).close();
  }
  const database = new DatabaseSync(path, { timeout: busyTimeout });
  try {
    const version = storedSearchVersion(database);
    if (version === 0 || version === searchVersion) {
      prepareSearch(database);
      return { database, fresh: version === 0 };
    }
  } catch (cause) {
    if (!isDamage(cause)) {
      database.close();
      throw cause;
    }
  }
  database.close();
  await dropSearchFile(path);
  return openSearchFile(path);
};

/** SQLITE_CORRUPT and SQLITE_NOTADB; a busy or full disk is no reason to drop an index. */
const isDamage = (cause: unknown): boolean =>
  cause instanceof Error && 'errcode' in cause && (cause.errcode === 11 || cause.errcode === 26);
