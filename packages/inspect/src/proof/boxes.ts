import type { Drawing } from '../pdf/drawing.ts';
import type { Rectangle } from '../pdf/geometry.ts';

/** Black, with room for the edge of a white letter. */
const dark = 60;

const range = (from: number, to: number, scale: number, most: number): [number, number] => [
  Math.max(0, Math.ceil(from * scale) + 1),
  Math.min(most, Math.floor(to * scale) - 1),
];

/** Whether a box is drawn in one colour, black, but for the places of its ground (`labels`), which is grey on black. */
export const isBlack = (drawing: Drawing, box: Rectangle, labels: readonly Rectangle[]): boolean => {
  const { pixels, width, height, scale } = drawing;
  const [left, right] = range(box.left, box.right, scale, width);
  const [top, bottom] = range(box.top, box.bottom, scale, height);
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1) {
      const at = (row * width + column) * 4;
      const [one = 0, two = 0, three = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
      if (Math.max(one, two, three) <= dark) continue;
      const [x, y] = [(column + 0.5) / scale, (row + 0.5) / scale];
      const inLabel = labels.some((it) => x >= it.left && x <= it.right && y >= it.top && y <= it.bottom);
      if (!inLabel || Math.max(one, two, three) - Math.min(one, two, three) > dark) return false;
    }
  return true;
};

/** Whether the same colour stands everywhere in a box: nothing is written there. */
export const isEven = (drawing: Drawing, box: Rectangle): boolean => {
  const { pixels, width, height, scale } = drawing;
  const [left, right] = range(box.left, box.right, scale, width);
  const [top, bottom] = range(box.top, box.bottom, scale, height);
  let [lightest, darkest] = [0, 255];
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1)
      for (let channel = 0; channel < 3; channel += 1) {
        const shade = pixels[(row * width + column) * 4 + channel] ?? 0;
        lightest = Math.max(lightest, shade);
        darkest = Math.min(darkest, shade);
      }
  return lightest - darkest <= dark;
};

/** Side of the squares that are compared, in points: a Hanzi of a text, a stroke of a headline. */
const side = 6;
/** How much lighter or darker a square may be on the whole: pictures of pages are a little softer than pages. */
const tolerance = 40;

/** Of pixels as pdfium draws them: blue, green, red. */
const red = 2;

const mean = ({ pixels, width, height, scale }: Drawing, left: number, top: number): number[] => {
  const sums = [0, 0, 0];
  let all = 0;
  for (let row = Math.floor(top * scale); row < Math.min(height, Math.floor((top + side) * scale)); row += 1)
    for (
      let column = Math.floor(left * scale);
      column < Math.min(width, Math.floor((left + side) * scale));
      column += 1
    ) {
      for (let channel = 0; channel < 3; channel += 1)
        sums[channel] = (sums[channel] ?? 0) + (pixels[(row * width + column) * 4 + channel] ?? 0);
      all += 1;
    }
  return sums.map((sum) => (all === 0 ? 255 : sum / all));
};

const white = 252;
/** The paper of a scan has a tone of its own, and a grain: this much of a strip is it, this light, and so even. */
const scanned = { share: 0.15, light: 150, even: 12, grain: 8 };

/** How light a square in a strip is, channel by channel, where nothing is printed on the paper of a scan; where that is white, white. */
const paperIn = (drawing: Drawing, strip: Rectangle): number[] => {
  const toned: number[][] = [];
  let all = 0;
  const [across, down] = [drawing.width / drawing.scale, drawing.height / drawing.scale];
  for (
    let y = Math.max(0, Math.floor(strip.top / side) * side);
    y + side <= Math.min(down, strip.bottom);
    y += side
  )
    for (let x = 0; x + side <= across; x += side) {
      const square = mean(drawing, x, y);
      all += 1;
      if (square.some((shade) => shade <= white)) toned.push(square);
    }
  const blank = [white, white, white];
  if (toned.length < scanned.share * all) return blank;
  const tones = [0, 1, 2].map((channel) => {
    const shades = toned.map((one) => one[channel] ?? 0).sort((a, b) => a - b);
    const at = (share: number): number => shades[Math.floor(shades.length * share)] ?? 0;
    return { paper: at(0.5), spread: at(0.75) - at(0.25) };
  });
  // Letters are of all shades.
  return tones.every(({ paper, spread }) => paper >= scanned.light && spread <= scanned.even)
    ? tones.map(({ paper }) => paper - scanned.grain)
    : blank;
};

/**
 * The first square outside of `spared` that does not look as in any of the drawings `before`; all of one scale. The
 * release may be longer than they are: paper that was added for the stamp. In `strips` something may have come where
 * nothing was. Under `seals` red ink may have come: the red channel shows the page as it was, the others may be darker.
 */
export const changedAt = (
  before: readonly Drawing[],
  after: Drawing,
  spared: readonly Rectangle[],
  strips: readonly Rectangle[],
  seals: readonly Rectangle[] = [],
): { readonly x: number; readonly y: number } | undefined => {
  const across = Math.min(after.width, ...before.map(({ width }) => width)) / after.scale;
  const down = Math.min(after.height, ...before.map(({ height }) => height)) / after.scale;
  const papers = before.map((one) => strips.map((strip) => paperIn(one, strip)));
  for (let y = 0; y + side <= down; y += side)
    for (let x = 0; x + side <= across; x += side) {
      const touches = (it: Rectangle): boolean =>
        x < it.right && x + side > it.left && y < it.bottom && y + side > it.top;
      if (spared.some(touches)) continue;
      const now = mean(after, x, y);
      const sealed = seals.some(touches);
      const same = (one: Drawing): boolean =>
        mean(one, x, y).every((shade, channel) => {
          const lighter = (now[channel] ?? 0) - shade;
          return lighter <= tolerance && (lighter >= -tolerance || (sealed && channel !== red));
        });
      const empty = strips.some(
        (it, at) =>
          y >= it.top - side &&
          y <= it.bottom &&
          x >= it.left - side &&
          x <= it.right &&
          before.some((one, n) =>
            mean(one, x, y).every((shade, channel) => shade > (papers[n]?.[at]?.[channel] ?? white)),
          ),
      );
      if (!empty && !before.some(same)) return { x: Math.round(x), y: Math.round(y) };
    }
  return undefined;
};
