import { expect, it } from 'vitest';
import { toInk } from './ink.ts';

/** Two letters as blocks of ink, from 10 to 19 and from 24 to 33, on white. */
const picture = (() => {
  const pixels = new Uint8Array(60 * 20).fill(255);
  for (let row = 4; row < 16; row += 1)
    for (const from of [10, 24]) pixels.fill(0, row * 60 + from, row * 60 + from + 10);
  return { width: 60, height: 20, pixels };
})();
const letter = (left: number, right: number) => ({ text: '王', sure: 1, left, right, top: 4, bottom: 16 });
const sides = (left: number, right: number) => {
  const made = toInk(picture, letter(left, right));
  return [made.left, made.right];
};

it('a box that cuts through a letter grows to its edges, and no further', () => {
  expect(sides(13, 17)).toEqual([9, 21]);
  expect(sides(9, 21)).toEqual([9, 21]);
  expect(sides(26, 36)).toEqual([23, 36]);
});

it('grows by less than a letter, and not out of the picture', () => {
  const black = { width: 60, height: 20, pixels: new Uint8Array(60 * 20) };
  expect(toInk(black, letter(30, 32))).toMatchObject({ left: 22, right: 40 });
  expect(toInk(black, letter(2, 58))).toMatchObject({ left: 0, right: 60 });
});
