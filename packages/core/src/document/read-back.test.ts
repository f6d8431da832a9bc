import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagesToReadBack } from './read-back.ts';

const boxOn = (page: number) => ({ page, x: 0, y: 0, width: 1, height: 1 });
const asked = (covered: readonly number[], pictures: readonly number[]) => ({
  redactions: covered.map((page) => ({ boxes: [boxOn(page)], label: '' })),
  recognised: pictures.map((page) => ({ page, recognised: [] })),
});
const pages = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 200 });

describe('which pages of a release are read back', () => {
  it('all of them where there is room, those with redactions first', () => {
    expect(pagesToReadBack(asked([7, 3, 7], [1, 3, 9]), 24)).toEqual({ only: [3, 7, 1, 9], unread: 0 });
  });

  it('else some of every part of the document', () => {
    const all = Array.from({ length: 100 }, (_, n) => n + 1);
    expect(pagesToReadBack(asked(all, []), 4)).toEqual({ only: [1, 26, 51, 76], unread: 96 });
    expect(pagesToReadBack(asked([50], all), 5)).toEqual({ only: [50, 1, 25, 51, 76], unread: 95 });
  });

  it('never more than allowed, none twice, none that is not concerned, and a picture only when every covered page is read', () => {
    fc.assert(
      fc.property(pages, pages, fc.integer({ min: 1, max: 60 }), (covered, pictures, most) => {
        const { only, unread } = pagesToReadBack(asked(covered, pictures), most);
        const concerned = new Set([...covered, ...pictures]);
        expect(only.length).toBe(Math.min(most, concerned.size));
        expect(new Set(only).size).toBe(only.length);
        expect(only.length + unread).toBe(concerned.size);
        expect(only.every((page) => concerned.has(page))).toBe(true);
        const left = covered.some((page) => !only.includes(page));
        expect(left && only.some((page) => !covered.includes(page))).toBe(false);
      }),
    );
  });
});
