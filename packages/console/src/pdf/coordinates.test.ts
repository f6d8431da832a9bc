import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  between,
  grown,
  moved,
  type Placing,
  type Rect,
  toPage,
  toScreen,
  turnedSize,
} from './coordinates.ts';

const a4 = { width: 595, height: 842 };
/** Near the top left: 10 pt from the left, 20 pt from the top. */
const box = { x: 10, y: 20, width: 100, height: 30 };
const placing = (given: Partial<Placing>): Placing => ({ page: a4, scale: 1, turn: 0, ...given });

describe('a box on the screen', () => {
  it('scales with the page', () => {
    expect(toScreen(box, placing({ scale: 1.5 }))).toEqual({ x: 15, y: 30, width: 150, height: 45 });
  });

  it('goes to the top right when the page is turned clockwise', () => {
    // The page's left edge becomes its top edge: 10 pt from the left is now 10 pt from the top.
    expect(toScreen(box, placing({ turn: 90 }))).toEqual({ x: 842 - 20 - 30, y: 10, width: 30, height: 100 });
  });

  it('goes to the bottom right when it stands on its head', () => {
    expect(toScreen(box, placing({ turn: 180 }))).toEqual({ x: 485, y: 792, width: 100, height: 30 });
  });

  it('goes to the bottom left when it is turned counter-clockwise', () => {
    expect(toScreen(box, placing({ turn: 270 }))).toEqual({
      x: 20,
      y: 595 - 10 - 100,
      width: 30,
      height: 100,
    });
  });

  it('lies inside the turned page', () => {
    expect(turnedSize(a4, 90)).toEqual({ width: 842, height: 595 });
    expect(turnedSize(a4, 180)).toEqual(a4);
  });
});

const placings = fc.record({
  page: fc.record({
    width: fc.integer({ min: 100, max: 2000 }),
    height: fc.integer({ min: 100, max: 2000 }),
  }),
  scale: fc.double({ min: 0.25, max: 5, noNaN: true }),
  turn: fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
});
const rects: fc.Arbitrary<Rect> = fc.record({
  x: fc.integer({ min: 0, max: 50 }),
  y: fc.integer({ min: 0, max: 50 }),
  width: fc.integer({ min: 1, max: 50 }),
  height: fc.integer({ min: 1, max: 50 }),
});

describe('drawing', () => {
  it('gives back the box that was shown, at every zoom and turn', () => {
    fc.assert(
      fc.property(placings, rects, (place, rect) => {
        const there = toPage(toScreen(rect, place), place);
        for (const side of ['x', 'y', 'width', 'height'] as const)
          expect(there[side]).toBeCloseTo(rect[side], 1);
      }),
    );
  });

  it('never leaves the page, however far the mouse goes', () => {
    const wild = fc.integer({ min: -9000, max: 9000 });
    fc.assert(
      fc.property(placings, wild, wild, wild, wild, (place, ax, ay, bx, by) => {
        const drawn = toPage(between({ x: ax, y: ay }, { x: bx, y: by }), place);
        expect(drawn.x).toBeGreaterThanOrEqual(0);
        expect(drawn.y).toBeGreaterThanOrEqual(0);
        expect(drawn.x + drawn.width).toBeLessThanOrEqual(place.page.width + 0.02);
        expect(drawn.y + drawn.height).toBeLessThanOrEqual(place.page.height + 0.02);
      }),
    );
  });

  it('is the same whichever corner it starts from', () => {
    expect(between({ x: 9, y: 2 }, { x: 4, y: 7 })).toEqual({ x: 4, y: 2, width: 5, height: 5 });
  });
});

describe('moving', () => {
  it('stops at the edge and keeps its size', () => {
    const on = { page: 1, ...box };
    expect(moved(on, -50, 5000, a4)).toEqual({ page: 1, x: 0, y: 812, width: 100, height: 30 });
  });

  it('grows on all sides, but not over the edge', () => {
    expect(grown({ page: 1, x: 1, y: 20, width: 10, height: 10 }, 2)).toEqual({
      page: 1,
      x: 0,
      y: 18,
      width: 13,
      height: 14,
    });
  });
});
