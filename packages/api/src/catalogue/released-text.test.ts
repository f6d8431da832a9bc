import { ok } from '@gongkai/core';
import { describe, expect, it } from 'vitest';
import { releasedTexts } from './released-text.ts';

const stamp = { tokens: [], others: [] };
const page = (text: string) => ({ page: 1, width: 1, height: 1, text });
const inspectorSaying = (answer: (sha256: string) => Promise<string>) => {
  const asked: string[] = [];
  return {
    asked,
    inspect: async ({ sha256 }: { sha256: string }) => {
      asked.push(sha256);
      return ok({ pages: [page(await answer(sha256))], findings: [], inspector: 'test', dictionary: 0 });
    },
  };
};

describe('the text of a release', () => {
  it('is read once for many readers', async () => {
    const inspector = inspectorSaying(async () => '通知');
    const read = releasedTexts(inspector);
    await Promise.all([read('a', stamp), read('a', stamp)]);
    expect(await read('a', stamp)).toMatchObject({ kind: 'text', paragraphs: [{ text: '通知' }] });
    expect(inspector.asked).toEqual(['a']);
  });

  it('is tried again after the machine was broken', async () => {
    let broken = true;
    const inspector = inspectorSaying(async () => {
      if (broken) throw new Error('killed');
      return '通知';
    });
    const read = releasedTexts(inspector);
    expect(await read('a', stamp)).toEqual({ kind: 'not-ready' });
    broken = false;
    expect(await read('a', stamp)).toMatchObject({ kind: 'text' });
  });

  it('does not keep the reader waiting, and is there the next time', async () => {
    let done: (text: string) => void = () => undefined;
    const slow = new Promise<string>((resolve) => {
      done = resolve;
    });
    const read = releasedTexts(
      inspectorSaying(() => slow),
      5,
    );
    expect(await read('a', stamp)).toEqual({ kind: 'not-ready' });
    done('通知');
    await slow;
    expect(await read('a', stamp)).toMatchObject({ kind: 'text' });
  });

  it('says so when the document is a scan', async () => {
    expect(await releasedTexts(inspectorSaying(async () => ' \n'))('a', stamp)).toEqual({ kind: 'no-text' });
  });

  it('cuts what is too long for a page, and forgets the least read', async () => {
    const inspector = inspectorSaying(async (sha256) => `${sha256}${`${'长'.repeat(999)}\n`.repeat(390)}`);
    const read = releasedTexts(inspector);
    const names = Array.from({ length: 25 }, (_, n) => `t${n}`);
    for (const name of names) {
      await read(name, stamp);
      await read('t0', stamp);
    }
    await read('t1', stamp);
    expect(inspector.asked.filter((name) => name === 't0')).toHaveLength(1);
    expect(inspector.asked.filter((name) => name === 't1')).toHaveLength(2);
    const long = await releasedTexts(inspectorSaying(async () => `${'长'.repeat(100)}。\n`.repeat(5_000)))(
      'a',
      stamp,
    );
    expect(long).toMatchObject({ kind: 'text', cut: true });
  });
});
