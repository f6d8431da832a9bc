import { HeadObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { S3Blobs, S3Uploads } from '@gongkai/aws';
import { err, ok, refusal, type UploadTicket } from '@gongkai/core';
import { MemoryRecords, TestClock } from '@gongkai/core/memory';
import { describe, expect, it } from 'vitest';
import { notRun } from '../not-run.ts';
import { bytesOf, sha256Of, textOf } from './bytes.ts';
import { missing, s3Server, versitygw } from './s3-server.ts';
import { uploadsContract } from './uploads-contract.ts';

const reason = missing(versitygw);

describe.skipIf(notRun(reason !== undefined, 'versitygw', reason ?? ''))('uploads on S3', () => {
  const server = s3Server(versitygw);

  const fresh = async () => {
    const client = await server.client();
    const bucket = await server.bucket();
    const clock = new TestClock();
    // Records over DynamoDB pass the same suite as these (aws-dynamodb.test.ts); here it is S3 that is looked at.
    const records = new MemoryRecords();
    const quarantine = { bucket };
    const blobs = new S3Blobs({
      ...{ client, clock },
      buckets: { quarantine, vault: quarantine, renditions: quarantine },
    });
    const open = () => new S3Uploads({ client, bucket, records, blobs, clock });
    const staged = async () => {
      const { Versions } = await client.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'uploads/' }),
      );
      return (Versions ?? []).length;
    };
    return { blobs, clock, open, uploads: open(), staged, client, bucket };
  };

  uploadsContract('S3', fresh);

  it('keeps parts of eight MiB as they arrive and clears them away when it is finished', async () => {
    const { uploads, staged } = await fresh();
    const pieces = Array.from({ length: 20 }, (_, n) => Buffer.alloc(1_000_000, n));
    await uploads.begin('up_1', 20_000_000);
    expect(await uploads.append('up_1', 0, bytesOf(...pieces))).toEqual(ok(20_000_000));
    expect(await staged()).toBe(3);
    const sha256 = sha256Of(Buffer.concat(pieces));
    expect(await uploads.finish('up_1', sha256)).toEqual(ok({ sha256, size: 20_000_000 }));
    expect(await staged()).toBe(0);
  });

  it('holds one part in memory, however large the file is: what is read is stored before more is read', async () => {
    const { uploads } = await fresh();
    const size = 40_000_000;
    let furthest = 0;
    const pieces = (async function* () {
      for (let given = 0; given < size; ) {
        yield Buffer.alloc(1_000_000, given);
        given += 1_000_000;
        furthest = Math.max(furthest, given - ((await uploads.offset('up_1')) ?? 0));
      }
    })();
    await uploads.begin('up_1', size);
    expect(await uploads.append('up_1', 0, pieces)).toEqual(ok(size));
    expect(furthest).toBeGreaterThan(0);
    expect(furthest).toBeLessThanOrEqual(9_000_000);
  });

  it('finishes from the versions that were stored, whatever is written over them meanwhile', async () => {
    const { uploads, client, bucket } = await fresh();
    await uploads.begin('up_1', 4);
    await uploads.append('up_1', 0, bytesOf('good'));
    const { Versions = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'uploads/' }),
    );
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: Versions[0]?.Key, Body: 'evil' }));
    expect(await uploads.finish('up_1')).toMatchObject({ ok: true, value: { sha256: sha256Of('good') } });
  });

  it('goes on in another process after the first was killed in the middle, when its lease is over', async () => {
    const { uploads, open, clock } = await fresh();
    const dying = (async function* () {
      yield Buffer.alloc(9_000_000, 'a');
      await new Promise<void>(() => undefined);
    })();
    await uploads.begin('up_1', 9_000_001);
    void uploads.append('up_1', 0, dying);
    const next = open();
    while ((await next.offset('up_1')) === 0) await new Promise((turn) => setTimeout(turn, 20));
    const busy = err(refusal('upload-offset', { offset: 9_000_000 }));
    expect(await next.append('up_1', 9_000_000, bytesOf('b'))).toEqual(busy);
    clock.advance(121);
    expect(await next.append('up_1', 9_000_000, bytesOf('b'))).toEqual(ok(9_000_001));
    expect(await next.finish('up_1')).toMatchObject({ ok: true, value: { size: 9_000_001 } });
  });

  it('gives two who begin to add at once one turn', async () => {
    const { open, uploads } = await fresh();
    await uploads.begin('up_1', 2);
    const outcomes = await Promise.all(['a', 'b'].map((letter) => open().append('up_1', 0, bytesOf(letter))));
    expect(outcomes.filter(({ ok: won }) => won)).toHaveLength(1);
    expect(await uploads.offset('up_1')).toBe(1);
  });

  it('takes no id that is a path', async () => {
    const { uploads } = await fresh();
    for (const id of ['', '.', '..', '../vault/x', 'a/b', 'a\u0000', '上传', 'a'.repeat(101)]) {
      await expect(uploads.begin(id, 1)).rejects.toThrow('not an upload id');
      expect(await uploads.append(id, 0, bytesOf('x'))).toEqual(err(refusal('not-found')));
      await uploads.discard(id);
    }
  });

  const post = async ({ url, fields }: UploadTicket, content: string): Promise<boolean> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([content]));
    return (await fetch(url, { method: 'POST', body: form })).ok;
  };

  describe('by a ticket', () => {
    const sha256 = sha256Of('0123456789');
    const begun = async () => {
      const there = await fresh();
      await there.uploads.begin('up_1', 10);
      const ticket = await there.uploads.ticket('up_1', sha256);
      if (ticket === undefined) throw new Error('no ticket');
      return { ...there, ticket };
    };

    it('takes all of it in one request past us, and finishes from the version that arrived', async () => {
      const { uploads, blobs, ticket, staged, client, bucket } = await begun();
      expect(await uploads.finish('up_1', sha256)).toMatchObject({ error: { code: 'truncated' } });
      expect(await post(ticket, '0123456789')).toBe(true);
      expect(await uploads.offset('up_1')).toBe(10);
      expect(await uploads.finish('up_1', sha256)).toEqual(ok({ sha256, size: 10 }));
      expect(await textOf(await blobs.open({ area: 'quarantine', sha256 }))).toBe('0123456789');
      expect(await staged()).toBe(0);
      await expect(
        client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'uploads/up_1/whole' })),
      ).rejects.toThrow();
    });

    it('takes pieces as well, when the ticket was not used or its bytes were refused', async () => {
      const { uploads, ticket, staged } = await begun();
      expect(await post(ticket, '9876543210')).toBe(false);
      expect(await uploads.offset('up_1')).toBe(0);
      expect(await uploads.append('up_1', 0, bytesOf('01234'))).toEqual(ok(5));
      expect(await uploads.ticket('up_1', sha256)).toBeUndefined();
      expect(await uploads.append('up_1', 5, bytesOf('56789'))).toEqual(ok(10));
      // Late, and in vain: what was appended is what counts, and nothing is left lying.
      await post(ticket, '0123456789');
      expect(await uploads.finish('up_1', sha256)).toEqual(ok({ sha256, size: 10 }));
      expect(await staged()).toBe(0);
    });

    it('is not given for an upload that is none', async () => {
      const { uploads } = await fresh();
      expect(await uploads.ticket('up_9', sha256)).toBeUndefined();
      expect(await uploads.ticket('../vault', sha256)).toBeUndefined();
    });
  });

  it('tells which uploads nobody goes on with', async () => {
    const { uploads, clock } = await fresh();
    await uploads.begin('old', 1);
    clock.advance(86_400);
    await uploads.begin('new', 1);
    expect(await uploads.abandoned(clock.now())).toEqual(['old']);
  });
});
