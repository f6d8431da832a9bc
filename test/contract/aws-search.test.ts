import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { SnapshotSearch, type SnapshotSearchOptions } from '@gongkai/aws';
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

    const reader = async (
      bucket: string,
      more: Partial<SnapshotSearchOptions> = {},
    ): Promise<SnapshotSearch> => {
      const search = new SnapshotSearch({
        client: await server.client(),
        bucket,
        folder: join(await scratch(), 'search'),
        open: SqliteSearch.open,
        ...more,
      });
      made.push(search);
      return search;
    };
    const key = 'search/index.sqlite';
    const objects = async (bucket: string): Promise<string[]> => {
      const { Contents = [] } = await (await server.client()).send(
        new ListObjectsV2Command({ Bucket: bucket }),
      );
      return Contents.flatMap(({ Key }) => Key ?? []);
    };
    const overwrite = async (bucket: string, change: (bytes: Uint8Array) => Uint8Array): Promise<void> => {
      const client = await server.client();
      const { Body, Metadata } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: change(bytes),
          ...(Metadata ? { Metadata } : {}),
        }),
      );
    };
    /** A connection whose process dies just before the first command that `at` picks. */
    const dyingAt = async (at: (command: object) => boolean): Promise<S3Client> => {
      const client = await server.client();
      let dead = false;
      const send = (command: Parameters<S3Client['send']>[0]) => {
        dead ||= at(command);
        return dead ? Promise.reject(new Error('killed')) : client.send(command);
      };
      return new Proxy(client, { get: (of, name) => (name === 'send' ? send : Reflect.get(of, name)) });
    };
    const isSwap = (command: object): boolean =>
      command instanceof PutObjectCommand && command.input.Key === key;

    searchContract('a snapshot on S3', async () => reader(await server.bucket()));

    it('shows another reader what was put, once it looks again', async () => {
      const bucket = await server.bucket();
      let at = 0;
      const [writer, other] = [await reader(bucket), await reader(bucket, { now: () => at })];
      expect((await other.query('预算')).total).toBe(0);
      await writer.put(entry('a', '预算公开'));
      expect((await other.query('预算')).total).toBe(0);
      at += 30_000;
      expect((await other.query('预算')).total).toBe(1);
      await writer.remove('a');
      at += 30_000;
      expect((await other.query('预算')).total).toBe(0);
    });

    it('loses nothing when many write at once, and takes what waits along instead of swapping for each', async () => {
      const bucket = await server.bucket();
      const writers = await Promise.all([1, 2, 3].map(() => reader(bucket)));
      await Promise.all(
        Array.from({ length: 12 }, (_, n) => writers[n % 3]?.put(entry(`p${n}`, `决算${n}`))),
      );
      expect((await (await reader(bucket)).query('决算')).total).toBe(12);
      expect(await objects(bucket)).toEqual([key]);
    });

    it('a writer killed before its swap: the change goes in with the next', async () => {
      const bucket = await server.bucket();
      const killed = await reader(bucket, { client: await dyingAt(isSwap) });
      await expect(killed.put(entry('a', '预算'))).rejects.toThrow('killed');
      expect((await (await reader(bucket)).query('')).total).toBe(0);
      await (await reader(bucket)).put(entry('b', '预算'));
      expect((await (await reader(bucket)).query('预算')).total).toBe(2);
      expect(await objects(bucket)).toEqual([key]);
    });

    it('a writer killed after its swap: what it left is applied again and brings nothing old back', async () => {
      const bucket = await server.bucket();
      const killed = await reader(bucket, {
        client: await dyingAt((command) => command instanceof DeleteObjectCommand),
      });
      await expect(killed.put(entry('a', '旧题'))).rejects.toThrow('killed');
      expect((await (await reader(bucket)).query('旧题')).total).toBe(1);
      await (await reader(bucket)).put(entry('a', '新题'));
      await (await reader(bucket)).put(entry('b', '其他'));
      const after = await reader(bucket);
      expect((await after.query('旧题')).total).toBe(0);
      expect((await after.query('新题')).total).toBe(1);
      expect(await objects(bucket)).toEqual([key]);
    });

    it.each([
      ['short', (bytes: Uint8Array) => bytes.slice(0, bytes.length / 2)],
      ['of other bytes', (bytes: Uint8Array) => bytes.map((byte, at) => (at % 97 === 0 ? byte ^ 1 : byte))],
      ['empty', () => new Uint8Array()],
    ])(
      'a snapshot that is %s answers nothing wrong: who has a file keeps it, the next change begins anew',
      async (_, change) => {
        const bucket = await server.bucket();
        let at = 0;
        let told = 0;
        const damaged = (): void => {
          told += 1;
        };
        const held = await reader(bucket, { now: () => at, damaged });
        await held.put(entry('a', '预算'));
        expect((await held.query('预算')).total).toBe(1);
        const before = await held.generation();
        await overwrite(bucket, change);
        at += 30_000;
        expect((await held.query('预算')).total).toBe(1);
        expect(told).toBe(1);
        expect((await (await reader(bucket)).query('预算')).total).toBe(0);
        await (await reader(bucket)).put(entry('b', '预算'));
        expect(await held.generation()).not.toBe(before);
        at += 30_000;
        expect((await held.query('预算')).hits.map(({ id }) => id)).toEqual(['b']);
      },
    );

    it('an object among the waiting that holds no change stops nobody', async () => {
      const bucket = await server.bucket();
      const client = await server.client();
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: `${key}.waiting/0`, Body: '{"put":{' }));
      let told = 0;
      const damaged = (): void => {
        told += 1;
      };
      await (await reader(bucket, { damaged })).put(entry('a', '预算'));
      expect(told).toBe(1);
      expect((await (await reader(bucket)).query('预算')).total).toBe(1);
      expect(await objects(bucket)).toEqual([key]);
    });

    it('keeps its name through its changes', async () => {
      const search = await reader(await server.bucket());
      expect(await search.generation()).toBeUndefined();
      await search.put(entry('a', '预算'));
      const name = await search.generation();
      expect(name).toMatch(/^snapshot:.+/);
      await search.remove('a');
      expect(await search.generation()).toBe(name);
    });

    it('clears away the files that a killed process left in its folder', async () => {
      const folder = join(await scratch(), 'search');
      await mkdir(folder);
      await writeFile(join(folder, 'search-999999999-1.sqlite'), 'left');
      await (await reader(await server.bucket(), { folder })).query('');
      expect(await readdir(folder)).not.toContain('search-999999999-1.sqlite');
    });
  },
);
