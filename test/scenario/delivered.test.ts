import {
  clearOrphans,
  type Policy,
  publicFile,
  publicItemsByHash,
  publicOfd,
  refusal,
  withdrawPublication,
} from '@gongkai/core';
import { drain, testOffice } from '@gongkai/core/memory';
import { describe, expect, it } from 'vitest';
import {
  approveBy,
  column,
  current,
  defaultPolicy,
  draftWith,
  first,
  maker,
  second,
} from './office-at-work.ts';

const plain = defaultPolicy();
const policy: Policy = { ...plain, delivery: { ofd: true } };

const published = async (office: Parameters<typeof draftWith>[0], texts = ['公告', '附件']) => {
  const id = await draftWith(office, texts);
  await drain(office);
  await approveBy(office, id, maker, first, second);
  await drain(office);
  return current(office, id);
};

describe('a release that is delivered as OFD too', () => {
  it('has one for each file, passed by the gate, behind the same door as its PDF', async () => {
    const { office, clock } = testOffice(policy);
    const item = await published(office);
    const ofds = item.release?.files.map(({ ofd }) => ofd?.sha256);
    expect(item.state).toBe('published');
    expect(new Set(ofds).size).toBe(2);
    expect(item.pass?.ofds).toEqual(ofds);
    const door = await publicOfd(office, item.id, 1);
    expect(door).toMatchObject({ sha256: ofds?.[1] });
    expect((await publicItemsByHash(office, ofds?.[0] ?? '')).map(({ item: { id } }) => id)).toEqual([
      item.id,
    ]);

    await withdrawPublication(office, first, item.id, { reason: '有误', notice: '更正后重新公开' });
    expect(await publicOfd(office, item.id, 1)).toBe('gone');
    expect(await publicFile(office, item.id, 1)).toBe('gone');
    clock.set('2026-06-01T00:00:00.000Z');
    expect(await publicOfd(office, item.id, 1)).toBe('gone');
  });

  it('is nothing that a column is given which says otherwise, nor without the rule', async () => {
    const own = column(policy);
    const columns = policy.columns.map((one) =>
      one.key === own ? { ...one, delivery: { ofd: false } } : one,
    );
    for (const without of [plain, { ...policy, columns }]) {
      const { office } = testOffice(without);
      const item = await published(office);
      expect(item.state).toBe('published');
      expect([item.pass?.ofds, item.release?.files.map(({ ofd }) => ofd)]).toEqual([
        undefined,
        [undefined, undefined],
      ]);
      expect(await publicOfd(office, item.id, 0)).toBeUndefined();
    }
  });

  it('goes back to its maker when no such OFD can be made, and none of it is public', async () => {
    const { office } = testOffice(policy, {
      ofd: () => refusal('ofd-failed', { detail: 'p. 1 looks otherwise', detailZh: '第 1 页外观不同' }),
    });
    const item = await published(office);
    expect([item.state, item.trouble?.code, item.pass]).toEqual(['draft', 'ofd-failed', undefined]);
  });

  it('goes back when the gate cannot prove that it is the same', async () => {
    const asked: string[][] = [];
    const { office } = testOffice(policy, {
      proveOfd: (ofd, release) => {
        asked.push([ofd, release]);
        return ofd.includes('附件') ? refusal('ofd-not-proven', { detail: 'p. 1: other text' }) : undefined;
      },
    });
    const item = await published(office);
    expect([item.state, item.trouble?.code, item.pass]).toEqual(['draft', 'ofd-not-proven', undefined]);
    expect(item.trouble?.details?.detail).toBe('file 2, p. 1: other text');
    for (const [ofd, release] of asked) expect(ofd).toBe(`OFD ${release}`);
  });

  it('is kept as long as its PDF, and cleared with what no record speaks of', async () => {
    const { office, clock } = testOffice(policy);
    const item = await published(office);
    const held = async (sha256: string) => (await office.blobs.head({ area: 'vault', sha256 })) !== undefined;
    const stray = await office.renderer.deliverOfd({ area: 'vault', sha256: item.files[0]?.sha256 ?? '' });
    if (!stray.ok) throw new Error(stray.error.code);
    clock.set('2026-02-11T00:00:00.000Z');
    await clearOrphans(office);
    expect(await held(stray.value.ofd.sha256)).toBe(false);
    for (const sha256 of item.pass?.ofds ?? []) {
      expect(await held(sha256)).toBe(true);
      expect(await office.blobs.destroy({ area: 'vault', sha256 })).toMatchObject({
        ok: false,
        error: { code: 'retained' },
      });
    }
  });
});
