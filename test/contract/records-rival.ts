/**
 * Started by records.test.ts as a second process on the same file: adds 1 to the counter as often as told, each
 * time reading, then committing under the version it read, until it won that often.
 */
import { SqliteRecords } from '../../packages/embedded/src/records/index.ts';

const [path = '', times = '0'] = process.argv.slice(2);
const records = await SqliteRecords.open(path);
// Both wait here until both are there, otherwise the first would be done before the second had started.
await records.commit([
  { kind: 'put', key: { partition: 'ready', sort: String(process.pid) }, data: 1, expect: 'absent' },
]);
const end = Date.now() + 20_000;
while ((await records.query({ partition: 'ready' })).rows.length < 2)
  if (Date.now() > end) throw new Error('nobody came to race');

const key = { partition: 'shared', sort: 'counter' };
for (let added = 0; added < Number(times); ) {
  const row = await records.get(key);
  const value = (row?.data as { value: number } | undefined)?.value ?? 0;
  const outcome = await records.commit([
    { kind: 'put', key, data: { value: value + 1 }, expect: row?.version ?? 'absent' },
    {
      kind: 'put',
      key: { partition: 'log', sort: String(value + 1) },
      data: { by: process.pid },
      expect: 'absent',
    },
  ]);
  if (outcome.ok) added += 1;
}
records.close();
