import type { Page, Picture } from '../pdfium/index.ts';

/** 200 dpi; less of a poster. A page that goes as a picture is made and compared at one scale: then nothing is smoothed twice. */
const fine = 200 / 72;
const mostPixels = 6_000_000;
export const scaleFor = ({ width, height }: Pick<Page, 'width' | 'height'>): number =>
  Math.min(fine, Math.sqrt(mostPixels / Math.max(1, width * height)));

/** Side of the squares that are compared, in pixels: a stroke of a headline, a letter of a note. */
const side = 12;
/** How much lighter or darker a square may be: edges fall between pixels otherwise. */
const tolerance = 32;

export type Look = { readonly picture: Picture; readonly letters: string };

export const lookOf = (page: Page): Look => ({
  picture: page.render(scaleFor(page)),
  letters: page
    .characters()
    .flatMap(({ text }) => (/\s/.test(text) ? [] : [text.normalize('NFKC')]))
    .sort()
    .join(''),
});

const mean = ({ data, width, height }: Picture, x0: number, y0: number): number[] => {
  const sums = [0, 0, 0];
  const [right, below] = [Math.min(width, x0 + side), Math.min(height, y0 + side)];
  for (let y = y0; y < below; y += 1)
    for (let at = (y * width + x0) * 4; at < (y * width + right) * 4; at += 4) {
      sums[0] = (sums[0] ?? 0) + (data[at] ?? 0);
      sums[1] = (sums[1] ?? 0) + (data[at + 1] ?? 0);
      sums[2] = (sums[2] ?? 0) + (data[at + 2] ?? 0);
    }
  const count = Math.max(1, (right - x0) * (below - y0));
  return sums.map((sum) => sum / count);
};

/** Most of two pages is the same, pixel by pixel: those bands need no squares. */
const sameBand = (a: Picture, b: Picture, y: number): boolean => {
  const row = a.width * 4;
  const band = ({ data }: Picture): Uint8Array => data.subarray(y * row, (y + side) * row);
  return a.width === b.width && Buffer.compare(band(a), band(b)) === 0;
};

/** Whether two pages say the same letters, and look the same square by square. */
export const sameLook = (one: Look, other: Look): boolean => {
  const [a, b] = [one.picture, other.picture];
  if (one.letters !== other.letters || Math.abs(a.width - b.width) > 1 || Math.abs(a.height - b.height) > 1)
    return false;
  for (let y = 0; y < Math.min(a.height, b.height); y += side) {
    if (sameBand(a, b, y)) continue;
    for (let x = 0; x < Math.min(a.width, b.width); x += side) {
      const [before, after] = [mean(a, x, y), mean(b, x, y)];
      if (before.some((shade, channel) => Math.abs(shade - (after[channel] ?? 0)) > tolerance)) return false;
    }
  }
  return true;
};
