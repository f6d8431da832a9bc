import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageText, ReadLetter } from '../document/index.ts';
import { textLayer } from './text-layer.ts';

const letters = (text: string, y = 100): ReadLetter[] =>
  [...text].map((letter, at) => ({ text: letter, x: 50 + at * 16, y, width: 15, height: 15 }));
const page = (recognised: ReadLetter[], sure = 0.9): PageText => ({
  page: 1,
  width: 595,
  height: 842,
  text: '',
  recognised,
  recognition: { sure, weak: [] },
});
const box = (x: number, width: number, y = 98, height = 20) => ({ page: 1, x, y, width, height });
const said = (pages: readonly PageText[], ...boxes: ReturnType<typeof box>[]): string =>
  textLayer(pages, boxes.length === 0 ? [] : [{ boxes }])
    .flatMap(({ recognised }) => recognised)
    .map(({ text }) => text)
    .join('');

describe('the text layer of a release', () => {
  it('says what was read', () => {
    expect(said([page(letters('申请人王小丽'))])).toBe('申请人王小丽');
  });

  it('leaves out every letter that a box touches, and ends the line there', () => {
    expect(said([page(letters('申请人王小丽的申请'))], box(50 + 3 * 16, 46))).toBe('申请人\n的申请');
    // Half a point over the next letter is enough.
    expect(said([page(letters('申请人王小丽的申请'))], box(50 + 3 * 16, 48.5))).toBe('申请人\n申请');
  });

  it('of a page that was guessed, covered whole, or inspected before there was a measure of it, is none', () => {
    expect(textLayer([page(letters('口口'), 0.5)], [])).toEqual([]);
    expect(textLayer([page(letters('口口'))], [{ boxes: [box(0, 595, 0, 842)] }])).toEqual([]);
    const { recognition: _, ...before } = page(letters('口口'));
    expect(textLayer([before], [])).toEqual([]);
  });

  it('never holds a letter that shares a point with a box, whatever the boxes', () => {
    const some = fc.array(
      fc.record({
        x: fc.double({ min: 0, max: 600, noNaN: true }),
        y: fc.double({ min: 80, max: 160, noNaN: true }),
        width: fc.double({ min: 0, max: 200, noNaN: true }),
        height: fc.double({ min: 0, max: 40, noNaN: true }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(some, (places) => {
        const boxes = places.map((one) => ({ page: 1, ...one }));
        const all = [...letters('申请人王小丽的申请书'), ...letters('附件一二三四', 130)];
        const left = textLayer([page(all)], [{ boxes }]).flatMap(({ recognised }) => recognised);
        for (const { text, x, y, width, height } of left) {
          if (text === '\n') continue;
          for (const one of boxes)
            expect(
              x > one.x + one.width || one.x > x + width || y > one.y + one.height || one.y > y + height,
            ).toBe(true);
        }
        // And what no box touches is there.
        if (boxes.length === 0) expect(left).toEqual(all);
      }),
    );
  });
});
