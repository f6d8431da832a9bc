import { type BlobArea, type Blobs, type Clock, ok } from '@gongkai/core';
import { TestClock } from '@gongkai/core/memory';
import { describe, expect } from 'vitest';
import { brokenAfter, bytesOf, sha256Of, textOf } from './bytes.ts';
import { casesOf, type Failing } from './cases.ts';

const listed = async (blobs: Blobs, area: BlobArea): Promise<string[]> => {
  const found: string[] = [];
  for await (const { sha256 } of blobs.list(area)) found.push(sha256);
  return found.sort();
};

const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) });

/**
 * What every Blobs adapter must do. `leftovers` counts the files that belong to no blob. `time` says whose clock stamps
 * and releases: ours, or the store's own (S3), which no test can set; then what depends on it is tested beside the suite.
 */
export const blobsContract = (
  name: string,
  make: (clock: Clock) => Promise<{ blobs: Blobs; leftovers: () => Promise<number> }>,
  time: 'ours' | 'of the store' = 'ours',
  failing: Failing = {},
): void => {
  describe(`blobs contract: ${name}`, () => {
    const it = casesOf(failing);
    const fresh = async () => {
      const clock = new TestClock('2026-02-10T01:00:00.000Z');
      return { clock, ...(await make(clock)) };
    };

    it('keeps bytes under their hash, in their own area only', async () => {
      const { blobs, leftovers } = await fresh();
      const sha256 = sha256Of('政务公开');
      expect(await blobs.putOnce('vault', bytesOf('政务', '公开'))).toEqual(ok({ sha256, size: 12 }));
      expect(await blobs.head({ area: 'vault', sha256 })).toEqual({ size: 12 });
      expect(await textOf(await blobs.open({ area: 'vault', sha256 }))).toBe('政务公开');
      expect(await blobs.head({ area: 'quarantine', sha256 })).toBeUndefined();
      expect(await blobs.open({ area: 'renditions', sha256 })).toBeUndefined();
      expect(await leftovers()).toBe(0);
    });

    it('takes the same bytes again, also at the same time, keeps one and when it was put last', async () => {
      const { blobs, clock, leftovers } = await fresh();
      const put = () => blobs.putOnce('vault', bytesOf('again'));
      const outcomes = await Promise.all([put(), put(), put()]);
      clock.advance(60);
      outcomes.push(await put());
      expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
      const found = [];
      for await (const blob of blobs.list('vault')) found.push(blob);
      const storedAt = time === 'ours' ? '2026-02-10T01:01:00.000Z' : expect.stringMatching(/^\d{4}-.*Z$/);
      expect(found).toEqual([{ sha256: sha256Of('again'), size: 5, storedAt }]);
      expect(await leftovers()).toBe(0);
    });

    it('keeps zero bytes and many', async () => {
      const { blobs } = await fresh();
      const none = await blobs.putOnce('renditions', bytesOf());
      expect(none).toEqual(ok({ sha256: sha256Of(''), size: 0 }));
      expect(await textOf(await blobs.open({ area: 'renditions', sha256: sha256Of('') }))).toBe('');
      const piece = 'x'.repeat(100_000);
      const many = await blobs.putOnce('renditions', bytesOf(...Array.from({ length: 12 }, () => piece)));
      const sha256 = sha256Of(piece.repeat(12));
      expect(many).toEqual(ok({ sha256, size: 1_200_000 }));
      expect((await textOf(await blobs.open({ area: 'renditions', sha256 })))?.length).toBe(1_200_000);
    });

    it('opens ranges: the start in, the end out, cut off at the end of the blob', async () => {
      const { blobs } = await fresh();
      await blobs.putOnce('vault', bytesOf('01234', '56789'));
      const blob = { area: 'vault', sha256: sha256Of('0123456789') } as const;
      const read = async (start: number, end: number) => textOf(await blobs.open(blob, { start, end }));
      expect(await read(0, 10)).toBe('0123456789');
      expect(await read(3, 7)).toBe('3456');
      expect(await read(8, 100)).toBe('89');
      expect(await read(4, 4)).toBe('');
      expect(await read(10, 20)).toBe('');
    });

    it('refuses bytes that are not the announced ones, and leaves nothing behind', async () => {
      const { blobs, leftovers } = await fresh();
      const put = (expectation: { sha256?: string; size?: number; limit?: number }) =>
        blobs.putOnce('quarantine', bytesOf('12345', '67890'), expectation);
      expect(await put({ sha256: sha256Of('other') })).toEqual(refused('checksum-mismatch'));
      expect(await put({ size: 11 })).toEqual({
        ok: false,
        error: { code: 'truncated', details: { expected: 11, received: 10 } },
      });
      expect(await put({ size: 9 })).toEqual(refused('checksum-mismatch'));
      expect(await put({ limit: 9 })).toEqual({
        ok: false,
        error: { code: 'too-large', details: { limit: '9 B' } },
      });
      expect(await listed(blobs, 'quarantine')).toEqual([]);
      expect(await leftovers()).toBe(0);
      const good = { sha256: sha256Of('1234567890'), size: 10, limit: 10 };
      expect((await put(good)).ok).toBe(true);
    });

    it('stops reading at the limit', async () => {
      const { blobs } = await fresh();
      let read = 0;
      const endless = (async function* () {
        for (;;) {
          read += 1000;
          yield new Uint8Array(1000);
        }
      })();
      expect(await blobs.putOnce('quarantine', endless, { limit: 10_000 })).toEqual(refused('too-large'));
      expect(read).toBeLessThanOrEqual(11_000);
    });

    it('throws when the stream breaks, and leaves nothing behind', async () => {
      const { blobs, leftovers } = await fresh();
      await expect(blobs.putOnce('vault', brokenAfter('half'))).rejects.toThrow('connection lost');
      expect(await listed(blobs, 'vault')).toEqual([]);
      expect(await blobs.head({ area: 'vault', sha256: sha256Of('half') })).toBeUndefined();
      expect(await leftovers()).toBe(0);
    });

    it('destroys only what is not retained, and lets a retention only grow', async () => {
      const { blobs, clock, leftovers } = await fresh();
      await blobs.putOnce('vault', bytesOf('kept'));
      const blob = { area: 'vault', sha256: sha256Of('kept') } as const;
      // Years ahead: a real S3 server goes by its own time and takes no date that is over.
      expect((await blobs.retainUntil(blob, '2035-03-01T00:00:00.000Z')).ok).toBe(true);
      expect((await blobs.retainUntil(blob, '2036-03-01T00:00:00.000Z')).ok).toBe(true);
      expect((await blobs.retainUntil(blob, '2036-03-01T00:00:00.000Z')).ok).toBe(true);
      const retained = {
        ok: false,
        error: { code: 'retained', details: { until: '2036-03-01T00:00:00.000Z' } },
      };
      expect(await blobs.retainUntil(blob, '2030-01-01T00:00:00.000Z')).toEqual(retained);
      clock.set('2036-02-29T23:59:59.999Z');
      expect(await blobs.destroy(blob)).toEqual(retained);
      expect(await textOf(await blobs.open(blob))).toBe('kept');
      if (time === 'of the store') return;
      clock.set('2036-03-01T00:00:00.000Z');
      expect((await blobs.destroy(blob)).ok).toBe(true);
      expect(await blobs.head(blob)).toBeUndefined();
      expect(await listed(blobs, 'vault')).toEqual([]);
      expect(await leftovers()).toBe(0);
    });

    it('says not-found where there is nothing to retain or destroy', async () => {
      const { blobs } = await fresh();
      const blob = { area: 'vault', sha256: sha256Of('nothing') } as const;
      expect(await blobs.retainUntil(blob, '2036-03-01T00:00:00.000Z')).toEqual(refused('not-found'));
      expect(await blobs.destroy(blob)).toEqual(refused('not-found'));
    });

    it('finds nothing under what is no hash', async () => {
      const { blobs } = await fresh();
      for (const sha256 of ['', '..', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(64)}.keep-1`]) {
        expect(await blobs.head({ area: 'vault', sha256 })).toBeUndefined();
        expect(await blobs.open({ area: 'vault', sha256 })).toBeUndefined();
        expect(await blobs.destroy({ area: 'vault', sha256 })).toEqual(refused('not-found'));
      }
    });

    it('lists every blob of one area', async () => {
      const { blobs } = await fresh();
      const contents = Array.from({ length: 20 }, (_, n) => `content ${n}`);
      for (const content of contents) await blobs.putOnce('vault', bytesOf(content));
      await blobs.putOnce('quarantine', bytesOf('elsewhere'));
      await blobs.retainUntil({ area: 'vault', sha256: sha256Of('content 1') }, '2036-03-01T00:00:00.000Z');
      expect(await listed(blobs, 'vault')).toEqual(contents.map(sha256Of).sort());
    });
  });
};
