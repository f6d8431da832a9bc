/**
 * How fast the embedded adapters are on this machine: `node packages/embedded/bench/ports.ts [documents]`.
 * Uses a folder below the working directory, because /tmp is often memory and would flatter the disk.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { outboxWrite, RecordsQueue } from '@gongkai/core';
import { FileBlobs, SqliteRecords, SystemClock } from '../src/index.ts';
import { measureSearch } from './search.ts';
import { milliseconds, percentile, shown } from './stopwatch.ts';

const documents = Number(process.argv[2] ?? 100_000);
const folder = await mkdtemp(join(resolve(), '.bench-'));
const clock = new SystemClock();

const benchRecords = async (): Promise<void> => {
  const records = await SqliteRecords.open(join(folder, 'records.sqlite'));
  const commits = 2_000;
  const data = { title: '关于印发预算的通知', filler: 'x'.repeat(1_000) };
  const times: number[] = [];
  for (let n = 0; n < commits; n += 1) {
    // A state change as the product makes it: the item, its audit entry, its message.
    const place = { partition: `state-${n % 5}`, sort: String(n) };
    times.push(
      await milliseconds(() =>
        records.commit([
          {
            kind: 'put',
            key: { partition: 'publication', sort: String(n) },
            data,
            indexes: { work: place, recent: place },
            expect: 'absent',
          },
          { kind: 'put', key: { partition: 'audit', sort: String(n) }, data, expect: 'absent' },
          outboxWrite(
            {
              id: `m${n}`,
              type: 'convert',
              version: 1,
              subject: String(n),
              payload: {},
              occurredAt: clock.now(),
              causationId: '',
              correlationId: '',
            },
            clock.now(),
          ),
        ]),
      ),
    );
  }
  const total = times.reduce((sum, time) => sum + time, 0);
  console.log(
    `records: ${shown((commits / total) * 1000)} commits/s of 3 writes (p50 ${shown(percentile(times, 0.5))} ms, p99 ${shown(percentile(times, 0.99))} ms)`,
  );
  const reads = await milliseconds(async () => {
    for (let n = 0; n < 20_000; n += 1)
      await records.get({ partition: 'publication', sort: String(n % commits) });
  });
  console.log(`records: ${shown(20_000 / (reads / 1000))} gets/s`);
  const pages = await milliseconds(async () => {
    for (let n = 0; n < 500; n += 1)
      await records.query({ index: 'work', partition: `state-${n % 5}`, limit: 50 });
  });
  console.log(`records: index page of 50 rows ${shown(pages / 500)} ms`);
  const queue = new RecordsQueue(records, clock);
  let handled = 0;
  const draining = await milliseconds(async () => {
    for (;;) {
      const deliveries = await queue.receive(10, 60);
      if (deliveries.length === 0) return;
      for (const delivery of deliveries) await queue.done(delivery);
      handled += deliveries.length;
    }
  });
  console.log(`queue: ${shown(handled / (draining / 1000))} messages/s received and done, one worker`);
  const copying = await milliseconds(() => records.backupTo(join(folder, 'backup.sqlite')));
  console.log(`records: backup in ${shown(copying)} ms`);
  records.close();
};

const benchBlobs = async (): Promise<void> => {
  const blobs = await FileBlobs.open(join(folder, 'blobs'), clock);
  const piece = new Uint8Array(64 * 1024).fill(7);
  const content = async function* (size: number, mark: number) {
    yield Uint8Array.of(mark & 255, mark >> 8);
    for (let sent = 0; sent < size; sent += piece.length) yield piece;
  };
  const size = 100 * 1024 * 1024;
  const writing = await milliseconds(() => blobs.putOnce('vault', content(size, 1)));
  console.log(
    `blobs: one of 100 MB written, hashed and flushed at ${shown(size / 1e6 / (writing / 1000))} MB/s`,
  );
  const small = 300;
  const many = await milliseconds(async () => {
    for (let n = 0; n < small; n += 1) await blobs.putOnce('renditions', content(60_000, n));
  });
  console.log(`blobs: ${shown(small / (many / 1000))} of 64 kB a second`);
  const reading = await milliseconds(async () => {
    for await (const { sha256 } of blobs.list('vault')) await blobs.verify({ area: 'vault', sha256 });
  });
  console.log(`blobs: read and hashed again at ${shown(size / 1e6 / (reading / 1000))} MB/s`);
};

const benchSearch = async (): Promise<void> => {
  const { indexingMs, bytes, queries, suggestingMs, putMs } = await measureSearch(folder, documents);
  console.log(
    `search: ${documents} documents indexed in ${shown(indexingMs / 1000)} s (${shown((indexingMs * 1000) / documents)} µs each), ${shown(bytes / 1e6)} MB`,
  );
  for (const { kind, times, totals } of queries)
    console.log(
      `search: ${kind}: p50 ${shown(percentile(times, 0.5))} ms, p95 ${shown(percentile(times, 0.95))} ms, p99 ${shown(percentile(times, 0.99))} ms, median ${shown(percentile(totals, 0.5))} hits`,
    );
  console.log(`search: suggestions up to ${shown(Math.max(...suggestingMs))} ms`);
  console.log(`search: one put ${shown(putMs)} ms`);
};

try {
  await benchRecords();
  await benchBlobs();
  await benchSearch();
} finally {
  await rm(folder, { recursive: true, force: true });
}
