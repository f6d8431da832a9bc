import { type Blobs, type Bytes, err, ok, refusal, type Uploads } from '@gongkai/core';
import { describe, expect } from 'vitest';
import { brokenAfter, bytesOf, sha256Of, textOf } from './bytes.ts';
import { casesOf, type Failing } from './cases.ts';

/** What every Uploads adapter must do. */
export const uploadsContract = (
  name: string,
  make: () => Promise<{ uploads: Uploads; blobs: Blobs }>,
  failing: Failing = {},
): void => {
  describe(`uploads contract: ${name}`, () => {
    const it = casesOf(failing);
    it('takes pieces in order and moves the whole to quarantine', async () => {
      const { uploads, blobs } = await make();
      await uploads.begin('up_1', 10);
      expect(await uploads.offset('up_1')).toBe(0);
      expect(await uploads.append('up_1', 0, bytesOf('012', '34'))).toEqual(ok(5));
      expect(await uploads.offset('up_1')).toBe(5);
      expect(await uploads.append('up_1', 5, bytesOf('56789'))).toEqual(ok(10));
      const sha256 = sha256Of('0123456789');
      expect(await uploads.finish('up_1', sha256)).toEqual(ok({ sha256, size: 10 }));
      expect(await textOf(await blobs.open({ area: 'quarantine', sha256 }))).toBe('0123456789');
      expect(await uploads.offset('up_1')).toBeUndefined();
      expect(await uploads.finish('up_1')).toEqual(err(refusal('not-found')));
    });

    it('refuses an append anywhere but at the end, and says where that is', async () => {
      const { uploads } = await make();
      await uploads.begin('up_1', 10);
      await uploads.append('up_1', 0, bytesOf('01234'));
      for (const offset of [0, 4, 6]) {
        expect(await uploads.append('up_1', offset, bytesOf('x'))).toEqual(
          err(refusal('upload-offset', { offset: 5 })),
        );
      }
      expect(await uploads.offset('up_1')).toBe(5);
    });

    it('keeps what arrived before the connection broke, and goes on from there', async () => {
      const { uploads } = await make();
      await uploads.begin('up_1', 10);
      await expect(uploads.append('up_1', 0, brokenAfter('0123'))).rejects.toThrow('connection lost');
      expect(await uploads.offset('up_1')).toBe(4);
      expect(await uploads.append('up_1', 4, bytesOf('456789'))).toEqual(ok(10));
      expect(await uploads.finish('up_1')).toEqual(ok({ sha256: sha256Of('0123456789'), size: 10 }));
    });

    it('refuses a second append while one is under way', async () => {
      const { uploads } = await make();
      await uploads.begin('up_1', 4);
      let goOn = (): void => undefined;
      const held = new Promise<void>((settle) => {
        goOn = settle;
      });
      let begun = (): void => undefined;
      const underWay = new Promise<void>((settle) => {
        begun = settle;
      });
      const slow: Bytes = (async function* () {
        begun();
        yield Buffer.from('ab');
        await held;
        yield Buffer.from('cd');
      })();
      const first = uploads.append('up_1', 0, slow);
      // Only once it reads is it the first: two that start together may arrive in either order.
      await underWay;
      expect(await uploads.append('up_1', 0, bytesOf('xxxx'))).toMatchObject({
        ok: false,
        error: { code: 'upload-offset' },
      });
      expect(await uploads.finish('up_1')).toMatchObject({ ok: false, error: { code: 'upload-offset' } });
      goOn();
      expect(await first).toEqual(ok(4));
      expect(await uploads.finish('up_1')).toEqual(ok({ sha256: sha256Of('abcd'), size: 4 }));
    });

    it('refuses more than announced and stands where it stood before', async () => {
      const { uploads } = await make();
      await uploads.begin('up_1', 5);
      await uploads.append('up_1', 0, bytesOf('012'));
      expect(await uploads.append('up_1', 3, bytesOf('3', '456'))).toMatchObject({
        ok: false,
        error: { code: 'too-large' },
      });
      expect(await uploads.offset('up_1')).toBe(3);
      expect(await uploads.append('up_1', 3, bytesOf('34'))).toEqual(ok(5));
      expect(await uploads.finish('up_1')).toEqual(ok({ sha256: sha256Of('01234'), size: 5 }));
    });

    it('refuses to finish what is incomplete, and keeps it', async () => {
      const { uploads } = await make();
      await uploads.begin('up_1', 5);
      await uploads.append('up_1', 0, bytesOf('012'));
      expect(await uploads.finish('up_1')).toEqual(err(refusal('truncated', { expected: 5, received: 3 })));
      expect(await uploads.offset('up_1')).toBe(3);
    });

    it('refuses a wrong checksum, keeps no such bytes and forgets the upload', async () => {
      const { uploads, blobs } = await make();
      await uploads.begin('up_1', 3);
      await uploads.append('up_1', 0, bytesOf('abc'));
      expect(await uploads.finish('up_1', sha256Of('other'))).toEqual(err(refusal('checksum-mismatch')));
      expect(await uploads.offset('up_1')).toBeUndefined();
      expect(await blobs.head({ area: 'quarantine', sha256: sha256Of('abc') })).toBeUndefined();
    });

    it('lets begin be repeated, but not with another size', async () => {
      const { uploads } = await make();
      await uploads.begin('up_1', 3);
      await uploads.append('up_1', 0, bytesOf('ab'));
      await uploads.begin('up_1', 3);
      expect(await uploads.offset('up_1')).toBe(2);
      await expect(uploads.begin('up_1', 4)).rejects.toThrow('another size');
    });

    it('forgets what is discarded, and takes an empty upload', async () => {
      const { uploads } = await make();
      await uploads.begin('up_1', 3);
      await uploads.discard('up_1');
      await uploads.discard('up_1');
      expect(await uploads.append('up_1', 0, bytesOf('abc'))).toEqual(err(refusal('not-found')));
      await uploads.begin('up_2', 0);
      expect(await uploads.finish('up_2')).toEqual(ok({ sha256: sha256Of(''), size: 0 }));
    });
  });
};
