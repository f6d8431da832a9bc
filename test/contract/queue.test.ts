import { join } from 'node:path';
import { RecordsQueue } from '@gongkai/core';
import { MemoryRecords } from '@gongkai/core/memory';
import { SqliteRecords } from '@gongkai/embedded';
import { queueContract } from './queue-contract.ts';
import { scratchFolders } from './scratch.ts';

const scratch = scratchFolders();

queueContract('over memory', async (clock) => {
  const records = new MemoryRecords();
  return { records, queue: () => new RecordsQueue(records, clock) };
});

queueContract('over SQLite', async (clock) => {
  const records = await SqliteRecords.open(join(await scratch(), 'records.sqlite'));
  return { records, queue: () => new RecordsQueue(records, clock) };
});
