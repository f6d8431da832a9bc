import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignOff } from '../document/index.ts';
import { stamping } from '../policy/stamping.ts';
import { placeSeals, pointsOf } from './seal.ts';

const a4 = (page: number) => ({ page, width: 595, height: 842 });
const office = '三村镇人民政府';
const signOff = (over: Partial<SignOff> & { y?: number; page?: number } = {}): SignOff => {
  const { y = 500, page = 1, ...rest } = over;
  return {
    name: office,
    nameBox: { page, x: 350, y, width: 110, height: 16 },
    dateBox: { page, x: 345, y: y + 29, width: 120, height: 16 },
    bodyEnd: y - 45,
    red: false,
    ...rest,
  };
};
const { seal } = stamping.parse({ seal: { enabled: true } });
const place = (over: Partial<Parameters<typeof placeSeals>[0]> = {}) =>
  placeSeals({ seal, office, pages: [a4(1)], signOffs: [signOff()], covered: [], ...over });

describe('a drawn seal', () => {
  it('rides on the year and covers the month: over 署名 and date, both below its middle, clear of the body', () => {
    const { fate, at } = place();
    const diameter = pointsOf(42);
    expect(fate).toEqual({ fate: 'at-sign-off', page: 1 });
    if (at === undefined) throw new Error('no seal');
    expect(at.x + diameter / 2).toBeCloseTo(405, 0);
    expect(at.y).toBeGreaterThanOrEqual(455);
    expect(at.y).toBeLessThan(500);
    expect(at.y + diameter).toBeGreaterThan(545);
    expect(at.y + diameter / 2).toBeLessThan((500 + 545) / 2);
  });

  it('comes down where the body stands close, and still touches both lines', () => {
    const { at } = place({ signOffs: [signOff({ bodyEnd: 495 })] });
    expect(at?.y).toBeLessThan(500);
    expect((at?.y ?? 0) + pointsOf(42)).toBeGreaterThan(545);
  });

  it('stays on the paper, whatever stands where', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: -50, max: 590 }), (y, x) => {
        const { at } = place({
          signOffs: [{ ...signOff({ y }), nameBox: { page: 1, x, y, width: 110, height: 16 } }],
        });
        expect(at?.x).toBeGreaterThanOrEqual(0);
        expect(at?.y).toBeGreaterThanOrEqual(0);
        expect((at?.x ?? 999) + pointsOf(42)).toBeLessThanOrEqual(595);
        expect((at?.y ?? 999) + pointsOf(42)).toBeLessThanOrEqual(842);
      }),
    );
  });

  it.each([
    ['without 署名 and date', { signOffs: [] }, 'no-sign-off'],
    ['over the 署名 of another body', { signOffs: [signOff({ name: '白水区城建稽查局' })] }, 'other-name'],
    ['where it is signed twice', { signOffs: [signOff(), signOff({ y: 700 })] }, 'several'],
    ['on another seal', { signOffs: [signOff({ red: true })] }, 'sealed'],
    ['on a redaction', { covered: [{ page: 1, x: 400, y: 520, width: 5, height: 5 }] }, 'covered'],
    ['when the policy has none', { seal: stamping.parse({}).seal }, 'off'],
  ] as const)('is not pressed %s', (_, over, fate) => {
    const made = place(over as Partial<Parameters<typeof placeSeals>[0]>);
    expect(made.fate).toMatchObject({ fate });
    expect(made.at).toBeUndefined();
  });

  it('goes to the corner of the last page only where the policy says so', () => {
    const made = place({
      seal: { ...seal, otherwise: 'lower-right' },
      signOffs: [],
      pages: [a4(1), { page: 2, width: 842, height: 595 }],
    });
    expect(made.fate).toEqual({ fate: 'lower-right', page: 2 });
    expect(made.at?.x).toBeGreaterThan(600);
  });

  it('takes 署名 with spaces and (盖章) for the name that it is', () => {
    expect(place({ signOffs: [signOff({ name: '三村镇 人民政府（盖章）' })] }).fate.fate).toBe('at-sign-off');
  });
});

const sizes = fc.array(fc.tuple(fc.integer({ min: 300, max: 1200 }), fc.integer({ min: 300, max: 1200 })), {
  minLength: 1,
  maxLength: 70,
});

describe('a paging seal', () => {
  const edges = (pages: readonly (readonly [number, number])[]) =>
    place({
      seal: { ...seal, paging: true },
      signOffs: [],
      pages: pages.map(([width, height], i) => ({ page: i + 1, width, height })),
    }).edges;

  it('has one slice at the right edge of every page; a page alone has none', () => {
    expect(edges([[595, 842]])).toEqual([]);
    fc.assert(
      fc.property(sizes, (pages) => {
        const slices = edges(pages);
        if (pages.length < 2) return;
        expect(slices.map(({ shown }) => shown.page)).toEqual(pages.map((_, i) => i + 1));
        for (const [i, { shown }] of slices.entries()) {
          expect(shown.x + shown.width).toBeCloseTo(pages[i]?.[0] ?? 0, 6);
          expect(shown.y).toBeGreaterThanOrEqual(0);
          expect(shown.y + shown.height).toBeLessThanOrEqual(pages[i]?.[1] ?? 0);
        }
      }),
    );
  });

  it('joins to whole seals: each slice begins where the last one ended, all at one height', () => {
    fc.assert(
      fc.property(sizes, (pages) => {
        let end = 0;
        const slices = edges(pages);
        for (const { x, y, diameter, shown } of slices) {
          const begins = shown.x - x;
          if (Math.abs(end - diameter) < 1e-6) end = 0;
          expect(begins).toBeCloseTo(end, 6);
          expect(y).toBe(slices[0]?.y);
          expect(shown.width).toBeGreaterThan(diameter / 17);
          end = begins + shown.width;
        }
        if (slices.length > 0) expect(end).toBeCloseTo(slices[0]?.diameter ?? 0, 6);
      }),
    );
  });

  it('moves along the edge where a redaction lies, on all pages alike', () => {
    const covered = [{ page: 2, x: 560, y: 400, width: 35, height: 20 }];
    const made = place({
      seal: { ...seal, paging: true },
      pages: [a4(1), a4(2), a4(3)],
      signOffs: [],
      covered,
    });
    expect(made.edges).toHaveLength(3);
    for (const { shown } of made.edges) expect(shown.y + shown.height <= 400 || shown.y >= 420).toBe(true);
    expect(new Set(made.edges.map(({ y }) => y)).size).toBe(1);
  });
});
