import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstPages, pagesOfEntry, splitByThickness } from './index.ts';

const entry = fc.record({
  files: fc.array(
    fc.record({ sha256: fc.constant('0'.repeat(64)), pages: fc.integer({ min: 1, max: 300 }) }),
    {
      maxLength: 4,
    },
  ),
});
const sum = (held: readonly { files: readonly { pages: number; sha256: string }[] }[]): number =>
  held.reduce((pages, one) => pages + pagesOfEntry({ files: [...one.files] }), 0);

describe('volumes', () => {
  it('hold every entry once, in order, and are never thicker than asked but for one that is so by itself', () => {
    fc.assert(
      fc.property(fc.array(entry), fc.integer({ min: 10, max: 500 }), (entries, pages) => {
        const volumes = splitByThickness(entries, pages);
        expect(volumes.flat()).toEqual(entries);
        for (const [n, held] of volumes.entries()) {
          expect(held.length).toBeGreaterThan(0);
          expect(held.length === 1 || sum(held) <= pages).toBe(true);
          // None is begun before the one before it is full.
          const next = volumes[n + 1]?.[0];
          if (next) expect(sum([...held, next])).toBeGreaterThan(pages);
        }
      }),
    );
  });

  it('number their pages without a gap: a sheet and its files for each entry', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1 }), (entries) => {
        const first = firstPages(entries);
        expect(first[0]).toBe(1);
        for (const [n, one] of entries.entries())
          expect(first[n + 1] ?? sum(entries) + 1).toBe((first[n] ?? 0) + pagesOfEntry(one));
      }),
    );
  });
});
