import { describe, expect, it } from 'vitest';
import { differences, type Pixels } from './differences.ts';

const paper = (width: number, height: number): Pixels => ({
  width,
  height,
  data: new Uint8ClampedArray(width * height * 4).fill(255),
});
const inked = (on: Pixels, x: number, y: number, width: number, height: number, grey = 0): Pixels => {
  const data = on.data.slice();
  for (let row = y; row < y + height; row += 1)
    for (let column = x; column < x + width; column += 1)
      data.fill(grey, (row * on.width + column) * 4, (row * on.width + column) * 4 + 3);
  return { ...on, data };
};

describe('the differences of two pages', () => {
  const blank = paper(200, 100);

  it('are none between equal pages, and none for a pale mark or dust', () => {
    expect(differences(inked(blank, 5, 5, 50, 20), inked(blank, 5, 5, 50, 20))).toEqual([]);
    expect(differences(blank, inked(blank, 0, 0, 200, 100, 235))).toEqual([]);
    expect(differences(blank, inked(blank, 50, 50, 1, 2))).toEqual([]);
  });

  it('are one place for a word and two for two words far apart, whichever page has them', () => {
    const word = inked(inked(blank, 8, 8, 30, 10), 44, 8, 20, 10);
    expect(differences(blank, word)).toEqual([{ x: 8, y: 8, width: 56, height: 16 }]);
    expect(differences(word, blank)).toEqual(differences(blank, word));
    expect(differences(blank, inked(word, 8, 64, 8, 8))).toHaveLength(2);
  });

  it('that lie in one another are one place', () => {
    const frame = inked(inked(blank, 0, 0, 200, 100), 8, 8, 184, 84, 255);
    expect(differences(blank, inked(frame, 80, 48, 16, 8))).toHaveLength(1);
  });

  it('on paper that has grown are what is printed there, not the paper', () => {
    const longer = paper(200, 140);
    expect(differences(blank, longer)).toEqual([]);
    expect(differences(blank, inked(longer, 16, 120, 40, 8))).toEqual([
      { x: 16, y: 120, width: 40, height: 8 },
    ]);
  });
});
