/** One process as a function would be: a cold reader, or a writer. Its memory is its own. */
import { readFileSync } from 'node:fs';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SnapshotSearch } from '@gongkai/aws';
import { SqliteSearch } from '@gongkai/embedded';
import { syntheticEntries, syntheticQueries } from '../../packages/embedded/bench/synthetic.ts';
import { jobGiven } from './program.ts';
import { milliseconds } from './stopwatch.ts';

export type SnapshotJob = {
  readonly connection: S3ClientConfig;
  readonly bucket: string;
  readonly key: string;
  readonly room: string;
  readonly part: 'read' | 'write';
};
export type SnapshotAnswer = {
  readonly readyMs: number;
  readonly times: readonly number[];
  readonly togetherMs: number;
  readonly peakMb: number | undefined;
};

const { connection, bucket, key, room, part } = jobGiven<SnapshotJob>();
const client = new S3Client({ ...connection, forcePathStyle: true });
const search = new SnapshotSearch({ client, bucket, key, folder: room, open: SqliteSearch.open });
const times: number[] = [];
let readyMs = 0;
let togetherMs = 0;
if (part === 'read') {
  readyMs = await milliseconds(() => search.suggest('公开'));
  for (const [, words] of syntheticQueries([...syntheticEntries(40, 7)]))
    times.push(await milliseconds(() => search.query(words)));
} else {
  const changes = [...syntheticEntries(23, 99)].map((entry, n) => ({ ...entry, id: `new_${n}` }));
  for (const entry of changes.slice(0, 3)) times.push(await milliseconds(() => search.put(entry)));
  const together = changes.slice(3);
  togetherMs =
    (await milliseconds(() => Promise.all(together.map((entry) => search.put(entry))))) / together.length;
}
search.close();
client.destroy();
const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
process.send?.({
  readyMs,
  times,
  togetherMs,
  peakMb: kilobytes === undefined ? undefined : Number(kilobytes) / 1024,
} satisfies SnapshotAnswer);
