import type { Page, Picture } from '../pdfium/index.ts';

const scale = 96 / 72;
/** Side of the squares that are compared, in pixels: a stroke of a headline, a letter of a note. */
const side = 6;
/** How much lighter or darker a square may be: edges fall between pixels otherwise. */
const tolerance = 40;

export type Look = { readonly picture: Picture; readonly letters: string };

export const lookOf = (page: Page): Look => ({
  picture: page.render(scale),
  letters: page
    .characters()
    .flatMap(({ text }) => (/\s/.test(text) ? [] : [text.normalize('NFKC')]))
    .sort()
    .join(''),
});

const mean = ({ data, width, height }: Picture, x0: number, y0: number, channel: number): number => {
  let [sum, count] = [0, 0];
  for (let y = y0; y < Math.min(height, y0 + side); y += 1)
    for (let x = x0; x < Math.min(width, x0 + side); x += 1) {
      sum += data[(y * width + x) * 4 + channel] ?? 255;
      count += 1;
    }
  return count === 0 ? 255 : sum / count;
};

/** Whether two pages say the same letters, and look the same square by square. */
export const sameLook = (one: Look, other: Look): boolean => {
  const [a, b] = [one.picture, other.picture];
  if (one.letters !== other.letters || Math.abs(a.width - b.width) > 1 || Math.abs(a.height - b.height) > 1)
    return false;
  for (let y = 0; y < Math.min(a.height, b.height); y += side)
    for (let x = 0; x < Math.min(a.width, b.width); x += side)
      for (let channel = 0; channel < 3; channel += 1)
        if (Math.abs(mean(a, x, y, channel) - mean(b, x, y, channel)) > tolerance) return false;
  return true;
};
