import type { Grey, Letter } from './tesseract.ts';

/** Darker than this is ink, or the edge of it. */
const inked = 200;
/** Of a letter's height: further than this its neighbour begins. */
const furthest = 0.7;

/**
 * Recognition tells where a letter stands by some pixels only: its box may begin in the middle of a stroke, and a bar over
 * it would leave the rest to be read. So each side goes outward until nothing is cut.
 */
export const toInk = ({ width, height, pixels }: Grey, letter: Letter): Letter => {
  const top = Math.max(0, Math.floor(letter.top));
  const bottom = Math.min(height, Math.ceil(letter.bottom));
  const cuts = (column: number): boolean => {
    for (let row = top; row < bottom; row += 1)
      if ((pixels[row * width + column] ?? 255) < inked) return true;
    return false;
  };
  const most = Math.round((bottom - top) * furthest);
  let left = Math.max(0, Math.floor(letter.left));
  let right = Math.min(width, Math.ceil(letter.right));
  for (let n = 0; n < most && left > 0 && cuts(left); n += 1) left -= 1;
  for (let n = 0; n < most && right < width && cuts(right - 1); n += 1) right += 1;
  return { ...letter, left, right };
};
