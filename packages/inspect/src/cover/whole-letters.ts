import { takenShare } from '@gongkai/core';
import type { Rectangle } from '../pdf/geometry.ts';

/** Points beyond the ink: its edge is grey. */
const edge = 0.5;

const shared = (low: number, high: number, from: number, to: number): number =>
  Math.min(high, to) - Math.max(low, from);

const cuts = (box: Rectangle, letter: Rectangle): boolean =>
  shared(box.left, box.right, letter.left, letter.right) > takenShare * (letter.right - letter.left) &&
  shared(box.top, box.bottom, letter.top, letter.bottom) > takenShare * (letter.bottom - letter.top) &&
  (letter.left < box.left || letter.right > box.right || letter.top < box.top || letter.bottom > box.bottom);

const around = (box: Rectangle, letters: readonly Rectangle[]): Rectangle => ({
  left: Math.min(box.left, ...letters.map((it) => it.left - edge)),
  top: Math.min(box.top, ...letters.map((it) => it.top - edge)),
  right: Math.max(box.right, ...letters.map((it) => it.right + edge)),
  bottom: Math.max(box.bottom, ...letters.map((it) => it.bottom + edge)),
});

/**
 * The box with every letter that it cuts whole: half a letter can be read, and one that is taken out must not be missing
 * beside its box. Letters of several lines stand in no columns: where growing over one line's only cuts the next one's, the
 * box becomes as wide as its lines.
 */
export const withWholeLetters = (box: Rectangle, letters: readonly Rectangle[]): Rectangle => {
  let whole = box;
  for (let round = 0; round < 12; round += 1) {
    const cut = letters.filter((letter) => cuts(whole, letter));
    if (cut.length === 0) break;
    whole = around(whole, cut);
    if (round < 3) continue;
    const { top, bottom } = whole;
    whole = around(
      whole,
      letters.filter((it) => it.top < bottom && it.bottom > top),
    );
  }
  return whole;
};
