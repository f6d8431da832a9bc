import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SearchEntry } from '@gongkai/core';
import { SqliteSearch } from '@gongkai/embedded';
import { expect, it } from 'vitest';
import { scratchFolders } from './scratch.ts';
import { searchContract } from './search-contract.ts';

const scratch = scratchFolders();

searchContract('SQLite in memory', async () => SqliteSearch.open(':memory:'));
searchContract('SQLite file', async () => SqliteSearch.open(join(await scratch(), 'search.sqlite')));

const entry = (id: string, title: string): SearchEntry => ({
  id,
  title,
  body: '',
  documentNumber: '',
  indexNumber: '',
  office: '',
  column: '',
  theme: '',
  genre: '',
  publishedOn: '2026-02-10',
  status: '',
});

it('SQLite: the index outlives the process', async () => {
  const path = join(await scratch(), 'search.sqlite');
  const before = await SqliteSearch.open(path);
  expect(before.fresh).toBe(true);
  await before.put(entry('a', '预算'));
  before.close();
  const after = await SqliteSearch.open(path);
  expect(after.fresh).toBe(false);
  expect((await after.query('预算')).total).toBe(1);
});

it('SQLite: a damaged index is made new and says so', async () => {
  const path = join(await scratch(), 'search.sqlite');
  await writeFile(path, 'this is no database, and it is long enough to be looked at as one'.repeat(20));
  const search = await SqliteSearch.open(path);
  expect(search.fresh).toBe(true);
  expect((await search.query('预算')).total).toBe(0);
});

it('SQLite: refilling replaces everything, also for another process that has the file open', async () => {
  const path = join(await scratch(), 'search.sqlite');
  const search = await SqliteSearch.open(path);
  const other = await SqliteSearch.open(path);
  await search.put(entry('stale', '预算'));
  expect((await other.query('预算')).total).toBe(1);
  await search.refill(
    (async function* () {
      for (let n = 0; n < 450; n += 1) yield entry(`n${n}`, `预算${n}`);
    })(),
  );
  for (const each of [search, other]) {
    const answer = await each.query('预算', { limit: 100 });
    expect(answer.total).toBe(450);
    expect(answer.hits.map(({ id }) => id)).not.toContain('stale');
  }
});
