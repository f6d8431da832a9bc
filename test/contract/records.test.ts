import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MemoryRecords } from '@gongkai/core/memory';
import { SqliteRecords } from '@gongkai/embedded';
import { expect, it } from 'vitest';
import { recordsContract } from './records-contract.ts';
import { scratchFolders } from './scratch.ts';

const scratch = scratchFolders();
const freshFile = async (): Promise<string> => join(await scratch(), 'records', 'records.sqlite');

recordsContract('memory', async () => new MemoryRecords());
recordsContract('SQLite', async () => SqliteRecords.open(await freshFile()));

const run = promisify(execFile);
const rival = fileURLToPath(new URL('./records-rival.ts', import.meta.url));

it('SQLite: two processes on one file never both win a version', async () => {
  const path = await freshFile();
  (await SqliteRecords.open(path)).close();
  const times = 300;
  await Promise.all([1, 2].map(() => run(process.execPath, [rival, path, String(times)])));
  const records = await SqliteRecords.open(path);
  expect((await records.get({ partition: 'shared', sort: 'counter' }))?.data).toEqual({ value: 2 * times });
  const { rows } = await records.query({ partition: 'log', limit: 1000 });
  expect(rows).toHaveLength(2 * times);
  const writers = new Set(rows.map(({ data }) => (data as { by: number }).by));
  expect(writers.size).toBe(2);
});

it('SQLite: what was committed is there after the file is opened again, and only its owner may read it', async () => {
  const path = await freshFile();
  const before = await SqliteRecords.open(path);
  const key = { partition: 'p', sort: 's' };
  await before.commit([{ kind: 'put', key, data: 1, expect: 'absent' }]);
  // No close: as after a kill.
  const after = await SqliteRecords.open(path);
  expect((await after.get(key))?.data).toBe(1);
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o077).toBe(0);
});

it('SQLite: a backup taken while commits go on opens and holds whole commits only', async () => {
  const path = await freshFile();
  const records = await SqliteRecords.open(path);
  const pair = (n: number) =>
    ['left', 'right'].map((side) => ({
      kind: 'put' as const,
      key: { partition: side, sort: String(n).padStart(5, '0') },
      data: { filler: '政务公开'.repeat(500) },
      expect: 'absent' as const,
    }));
  for (let n = 0; n < 600; n += 1) await records.commit(pair(n));
  const copyPath = `${path}.backup`;
  const copying = records.backupTo(copyPath);
  let n = 600;
  let finished = false;
  const watching = copying.finally(() => {
    finished = true;
  });
  while (!finished) {
    await records.commit(pair(n));
    n += 1;
    await new Promise((next) => setImmediate(next));
  }
  await watching;
  const copy = await SqliteRecords.open(copyPath);
  const count = async (partition: string): Promise<number> => {
    let rows = 0;
    let cursor: string | undefined;
    do {
      const page = await copy.query({ partition, limit: 1000, ...(cursor === undefined ? {} : { cursor }) });
      rows += page.rows.length;
      cursor = page.cursor;
    } while (cursor !== undefined);
    return rows;
  };
  const left = await count('left');
  expect(left).toBeGreaterThanOrEqual(600);
  expect(await count('right')).toBe(left);
});

it('SQLite: a file of a newer version is refused', async () => {
  const path = await freshFile();
  (await SqliteRecords.open(path)).close();
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  await expect(SqliteRecords.open(path)).rejects.toThrow('newer version');
});
