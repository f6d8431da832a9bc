import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { S3Blobs } from '@gongkai/aws';
import { type Clock, err, ok, refusal } from '@gongkai/core';
import { describe, expect, it } from 'vitest';
import { notRun } from '../not-run.ts';
import { blobsContract } from './blobs-contract.ts';
import { brokenAfter, bytesOf, sha256Of, textOf } from './bytes.ts';
import { missing, moto, s3Server, versitygw } from './s3-server.ts';
import { scratchFolders } from './scratch.ts';

const systemClock: Clock = { now: () => new Date().toISOString() };
const keysIn = async (client: S3Client, Bucket: string): Promise<string[]> =>
  ((await client.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key ?? '');

for (const which of [versitygw, moto]) {
  const reason = missing(which);
  describe.skipIf(notRun(reason !== undefined, which.name, reason ?? ''))(which.name, () => {
    const server = s3Server(which);
    const scratch = scratchFolders();

    const fresh = async (clock: Clock = systemClock) => {
      const client = await server.client();
      const vault = await server.bucket(true);
      const others = await server.bucket();
      const spoolFolder = await scratch();
      const blobs = new S3Blobs({
        client,
        clock,
        spoolFolder,
        buckets: {
          vault: { bucket: vault, lock: 'COMPLIANCE' },
          quarantine: { bucket: others },
          renditions: { bucket: others },
        },
      });
      return { client, blobs, vault, others, spoolFolder };
    };

    /** Objects whose blob is gone, half uploads, and versions that no list shows. */
    const strayIn = async (client: S3Client, Bucket: string): Promise<number> => {
      const keys = await keysIn(client, Bucket);
      const stray = keys.filter((key) => !keys.includes(key.replace('/touched/', '/blobs/')));
      const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
      const { Versions, DeleteMarkers } = await client.send(new ListObjectVersionsCommand({ Bucket }));
      const hidden = (Versions ?? []).filter(({ Key }) => !keys.includes(Key ?? ''));
      return stray.length + (Uploads?.length ?? 0) + hidden.length + (DeleteMarkers?.length ?? 0);
    };

    blobsContract(
      `S3 (${which.name})`,
      async (clock) => {
        const { client, blobs, vault, others } = await fresh(clock);
        return {
          blobs,
          leftovers: async () => (await strayIn(client, vault)) + (await strayIn(client, others)),
        };
      },
      'of the store',
    );

    const large = (first: string): Uint8Array[] => [
      Buffer.from(first),
      ...Array.from({ length: 40 }, (_, n) => Buffer.alloc(500_000, n)),
    ];

    it('sends a large body in parts, once also when two send it at the same time, and leaves no spool file', async () => {
      const { client, blobs, vault, spoolFolder } = await fresh();
      const pieces = large('large');
      const sha256 = sha256Of(Buffer.concat(pieces));
      const put = () => blobs.putOnce('vault', bytesOf(...pieces), { sha256 });
      // moto looks and writes in two steps, so that both of two rivals win: there one comes after the other.
      const outcomes = which === moto ? [await put(), await put()] : await Promise.all([put(), put()]);
      expect(outcomes).toEqual([ok({ sha256, size: 20_000_005 }), ok({ sha256, size: 20_000_005 })]);
      const { Versions } = await client.send(
        new ListObjectVersionsCommand({ Bucket: vault, Prefix: 'vault/blobs/' }),
      );
      expect(Versions).toHaveLength(1);
      const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket: vault }));
      expect(Uploads ?? []).toEqual([]);
      const over = await blobs.open({ area: 'vault', sha256 }, { start: 8_388_600, end: 8_388_620 });
      expect(await textOf(over)).toBe(Buffer.concat(pieces).subarray(8_388_600, 8_388_620).toString());
      expect(await readdir(spoolFolder)).toEqual([]);
    });

    it('leaves no spool file of a large body that breaks off or is refused', async () => {
      const { blobs, spoolFolder } = await fresh();
      const pieces = large('broken');
      const breaking = (async function* () {
        yield* bytesOf(...pieces);
        yield* brokenAfter('');
      })();
      await expect(blobs.putOnce('vault', breaking)).rejects.toThrow('connection lost');
      expect(await blobs.putOnce('vault', bytesOf(...pieces), { limit: 10_000_000 })).toMatchObject({
        ok: false,
      });
      expect(await readdir(spoolFolder)).toEqual([]);
    });

    it('reads the version that it opened, whatever is written over it meanwhile', async () => {
      const { client, blobs, others } = await fresh();
      const sha256 = sha256Of('审定的文件');
      await blobs.putOnce('renditions', bytesOf('审定的文件'));
      const opened = await blobs.open({ area: 'renditions', sha256 });
      const [Key] = await keysIn(client, others);
      await client.send(new PutObjectCommand({ Bucket: others, Key, Body: '被换的文件' }));
      expect(await textOf(opened)).toBe('审定的文件');
    });

    it('lists when a blob was last put by the time of S3', async () => {
      const { blobs } = await fresh();
      const listedAt = async () => {
        for await (const { storedAt } of blobs.list('quarantine')) return storedAt;
        return '';
      };
      await blobs.putOnce('quarantine', bytesOf('x'));
      const first = await listedAt();
      await sleep(1_100);
      await blobs.putOnce('quarantine', bytesOf('x'));
      const second = await listedAt();
      expect(second > first).toBe(true);
      expect(Math.abs(Date.parse(second) - Date.now())).toBeLessThan(60_000);
    });

    it('destroys what was retained once the time is over, with every version and every trace', async () => {
      const { client, blobs, vault } = await fresh();
      const blob = { area: 'vault', sha256: sha256Of('for a moment') } as const;
      await blobs.putOnce('vault', bytesOf('for a moment'));
      await blobs.putOnce('vault', bytesOf('for a moment'));
      const until = new Date(Math.ceil(Date.now() / 1000) * 1000 + 2_000).toISOString();
      expect(await blobs.retainUntil(blob, until)).toEqual(ok(undefined));
      expect(await blobs.destroy(blob)).toEqual(err(refusal('retained', { until })));
      await sleep(Date.parse(until) - Date.now() + 1_100);
      expect(await blobs.destroy(blob)).toEqual(ok(undefined));
      const left = await client.send(new ListObjectVersionsCommand({ Bucket: vault }));
      expect([...(left.Versions ?? []), ...(left.DeleteMarkers ?? [])]).toEqual([]);
    });

    it('cannot be talked into destroying by a wrong clock: S3 itself keeps what is retained', async () => {
      const { blobs } = await fresh({ now: () => '2099-01-01T00:00:00.000Z' });
      const blob = { area: 'vault', sha256: sha256Of('kept') } as const;
      await blobs.putOnce('vault', bytesOf('kept'));
      await blobs.retainUntil(blob, '2036-03-01T00:00:00.000Z');
      const retained = err(refusal('retained', { until: '2036-03-01T00:00:00.000Z' }));
      expect(await blobs.destroy(blob)).toEqual(retained);
      expect(await textOf(await blobs.open(blob))).toBe('kept');
    });

    it('retains nothing where there is no lock, and rounds up to whole seconds', async () => {
      const { blobs } = await fresh();
      await blobs.putOnce('renditions', bytesOf('x'));
      await blobs.putOnce('vault', bytesOf('x'));
      const sha256 = sha256Of('x');
      await expect(
        blobs.retainUntil({ area: 'renditions', sha256 }, '2036-03-01T00:00:00.000Z'),
      ).rejects.toThrow('nothing is retained in renditions');
      const vaulted = { area: 'vault', sha256 } as const;
      expect(await blobs.retainUntil(vaulted, '2036-03-01T00:00:00.001Z')).toEqual(ok(undefined));
      expect(await blobs.retainUntil(vaulted, '2036-03-01T00:00:00.001Z')).toEqual(ok(undefined));
      expect(await blobs.destroy(vaulted)).toEqual(
        err(refusal('retained', { until: '2036-03-01T00:00:01.000Z' })),
      );
    });
  });
}
