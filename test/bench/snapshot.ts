import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SqliteSearch } from '@gongkai/embedded';
import { syntheticEntries } from '../../packages/embedded/bench/synthetic.ts';
import { makeBucket, missing, startS3, versitygw } from '../aws-local/servers.ts';
import { apart } from './program.ts';
import type { SnapshotAnswer, SnapshotJob } from './snapshot-apart.ts';
import { percentile } from './stopwatch.ts';
import type { Table } from './table.ts';

/** Beyond the last a function of AWS has no room for it (docs/deploy.md, Search). */
const sizes = [1_000, 10_000, 20_000];
const key = 'search/index.sqlite';

/** The search index as one object on S3, over a real S3 server on this machine. */
export const snapshots = async (folder: string): Promise<Table[]> => {
  const because = missing(versitygw);
  if (because !== undefined)
    return [{ title: 'Search: the snapshot on S3', rows: [], notes: [`not run: ${because}`] }];
  const server = await startS3(versitygw);
  const client = new S3Client({ ...server.connection, forcePathStyle: true });
  const rows: Table['rows'][number][] = [];
  try {
    for (const items of sizes) {
      const room = join(folder, String(items));
      await mkdir(room);
      const bucket = await makeBucket(client, `bench-${items}`, false);
      const path = join(room, 'filled.sqlite');
      const filled = await SqliteSearch.open(path);
      await filled.refill(
        (async function* () {
          yield* syntheticEntries(items);
        })(),
      );
      filled.close();
      const { size } = await stat(path);
      const bytes = await readFile(path);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: bytes,
          Metadata: { generation: 'bench', sha256 },
        }),
      );
      const job = { connection: server.connection, bucket, key, room };
      const read = await apart<SnapshotAnswer>(new URL('./snapshot-apart.ts', import.meta.url), {
        ...job,
        part: 'read',
      } satisfies SnapshotJob);
      const written = await apart<SnapshotAnswer>(new URL('./snapshot-apart.ts', import.meta.url), {
        ...job,
        part: 'write',
      } satisfies SnapshotJob);
      process.stderr.write(` ${items} …`);
      rows.push({
        items,
        'snapshot MB': size / 1e6,
        'one change ms': percentile(written.times, 0.5),
        '20 at once, ms each': written.togetherMs,
        'writer MB': written.peakMb,
        'cold reader ready ms': read.readyMs,
        'query p50 ms': percentile(read.times, 0.5),
        'p95 ms': percentile(read.times, 0.95),
        'reader MB': read.peakMb,
      });
    }
  } finally {
    client.destroy();
    await server.end();
  }
  return [
    {
      title: 'Search: the snapshot on S3, by items',
      rows,
      notes: [
        'made-up documents of 300 to 1,300 characters; versitygw on this machine, so no network: on AWS add the transfer of the file',
        'a change takes the file, changes it and puts it back; 20 at once go in together',
      ],
    },
  ];
};
