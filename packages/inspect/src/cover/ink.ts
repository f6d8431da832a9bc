import type { Drawing } from '../pdf/drawing.ts';
import type { End } from './rule.ts';

/** Paper in a scan is not all of one white. */
const noise = 48;

const shadeAt = ({ pixels, width }: Drawing, column: number, row: number): number => {
  const at = (row * width + column) * 4;
  return ((pixels[at] ?? 255) + (pixels[at + 1] ?? 255) + (pixels[at + 2] ?? 255)) / 3;
};

type Band = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };

/** The shade of the paper: what most of the band is. */
const paper = (drawing: Drawing, rows: readonly number[], from: number, to: number): number => {
  const counts = new Array<number>(16).fill(0);
  for (const row of rows)
    for (let column = from; column < to; column += 1) {
      const at = Math.min(15, Math.floor(shadeAt(drawing, column, row) / 16));
      counts[at] = (counts[at] ?? 0) + 1;
    }
  return counts.indexOf(Math.max(...counts)) * 16 + 8;
};

/**
 * Looks from the words (`band`, in points) to both sides for the first ink, whatever draws it: letters, the rules of a
 * table, pictures, the dots of a scan. `edges`: where the text of the page ends on both sides.
 */
export const blankBeside = (
  drawing: Drawing,
  band: Band,
  edges: { readonly left: number; readonly right: number },
): { readonly before: End; readonly behind: End } => {
  const { scale, width, height } = drawing;
  const rows: number[] = [];
  for (
    let row = Math.max(0, Math.round(band.top * scale));
    row < Math.min(height, band.bottom * scale);
    row += 1
  )
    rows.push(row);
  const column = (x: number): number => Math.max(0, Math.min(width - 1, Math.round(x * scale)));
  const ground = paper(drawing, rows, column(band.left - 2), column(band.right + 2));
  const inkIn = (x: number): number =>
    rows.filter((row) => Math.abs(shadeAt(drawing, x, row) - ground) > noise).length;
  const look = (start: number, by: 1 | -1, end: number): End => {
    for (let x = start; by === 1 ? x <= end : x >= end; x += by) {
      const ink = inkIn(x);
      if (ink === 0) continue;
      // A rule goes from top to bottom of the line and is thin; next to it there is paper again.
      const thin = [1, 2, 3, 4, 5, 6].some((n) => inkIn(Math.max(0, Math.min(width - 1, x + by * n))) === 0);
      const neighbours = Math.max(ink, inkIn(Math.max(0, Math.min(width - 1, x + by))));
      const by_ = thin && neighbours >= rows.length * 0.95 ? 'rule' : 'ink';
      return { at: by === 1 ? x / scale : (x + 1) / scale, by: by_ };
    }
    return { at: end / scale, by: 'edge' };
  };
  return {
    before: look(column(band.left) - 2, -1, column(edges.left)),
    behind: look(column(band.right) + 2, 1, column(edges.right)),
  };
};

/**
 * Where a rule ends that is drawn under the words, from their beginning to their end and no further than `to`: it is as long
 * as they are. Undefined where there is none.
 */
export const ruleUnder = (
  { pixels, width, height, scale }: Drawing,
  words: { readonly left: number; readonly right: number },
  from: number,
  to: number,
): number | undefined => {
  const [left, right] = [
    Math.ceil(words.left * scale) + 1,
    Math.min(width, Math.floor(words.right * scale)) - 1,
  ];
  let end: number | undefined;
  for (let row = Math.max(0, Math.floor(from * scale)); row < Math.min(height, to * scale); row += 1) {
    let ink = 0;
    for (let column = left; column < right; column += 1) {
      const at = (row * width + column) * 4;
      if (Math.min(pixels[at] ?? 255, pixels[at + 1] ?? 255, pixels[at + 2] ?? 255) < 200) ink += 1;
    }
    if (right > left && ink >= 0.8 * (right - left)) end = (row + 1) / scale;
    else if (end !== undefined) return end;
  }
  return undefined;
};
