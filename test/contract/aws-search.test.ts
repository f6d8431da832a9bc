import { join } from 'node:path';
import { SnapshotSearch } from '@gongkai/aws';
import type { SearchEntry } from '@gongkai/core';
import { SqliteSearch } from '@gongkai/embedded';
import { afterAll, describe, expect, it } from 'vitest';
import { notRun } from '../not-run.ts';
import { missing, s3Server, versitygw } from './s3-server.ts';
import { scratchFolders } from './scratch.ts';
import { searchContract } from './search-contract.ts';

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

const because = missing(versitygw);

describe.skipIf(notRun(because !== undefined, 'search as a snapshot on S3', because ?? ''))(
  'search on S3',
  () => {
    const server = s3Server(versitygw);
    const scratch = scratchFolders();
    const made: SnapshotSearch[] = [];
    afterAll(() => {
      for (const search of made) search.close();
    });

    const reader = async (bucket: string, now?: () => number): Promise<SnapshotSearch> => {
      const search = new SnapshotSearch({
        client: await server.client(),
        bucket,
        folder: join(await scratch(), 'search'),
        open: SqliteSearch.open,
        ...(now === undefined ? {} : { now }),
      });
      made.push(search);
      return search;
    };

    searchContract('a snapshot on S3', async () => reader(await server.bucket()));

    it('shows another reader what was put, once it looks again', async () => {
      const bucket = await server.bucket();
      let at = 0;
      const [writer, other] = [await reader(bucket), await reader(bucket, () => at)];
      expect((await other.query('预算')).total).toBe(0);
      await writer.put(entry('a', '预算公开'));
      expect((await other.query('预算')).total).toBe(0);
      at += 30_000;
      expect((await other.query('预算')).total).toBe(1);
      await writer.remove('a');
      at += 30_000;
      expect((await other.query('预算')).total).toBe(0);
    });

    it('loses nothing when several write at once', async () => {
      const bucket = await server.bucket();
      const writers = await Promise.all([1, 2, 3].map(() => reader(bucket)));
      await Promise.all(writers.map((writer, at) => writer.put(entry(`p${at}`, `决算${at}`))));
      expect((await (await reader(bucket)).query('决算')).total).toBe(3);
    });
  },
);
