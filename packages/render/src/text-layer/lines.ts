import type { ReadLetter } from '@gongkai/core';

/** A letter in its place along the line, in heights of the line from its start. */
export type Cell = { readonly text: string; readonly start: number; readonly width: number };
/** A line of read letters: where it starts (displayed points, at its foot), how high it is and how it slopes. */
export type ReadLine = {
  readonly x: number;
  readonly foot: number;
  readonly height: number;
  /** Radians, downwards positive: a scan may lie askew. */
  readonly slope: number;
  readonly cells: readonly Cell[];
};

/** So many heights between two letters, and they are not of one word whatever recognition says. */
const farApart = 2.5;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The feet of a line's letters as one straight line: y = foot + slope · x. Commas and dashes do not stand on it. */
const baseline = (
  letters: readonly ReadLetter[],
  height: number,
): { slope: number; at: (x: number) => number } => {
  const tall = letters.filter((one) => one.height >= 0.7 * height);
  const xs = tall.map(({ x, width }) => x + width / 2);
  const ys = tall.map((one) => one.y + one.height);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
  const [mx, my] = [mean(xs), mean(ys)];
  const spread = xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
  const joint = xs.reduce((sum, x, i) => sum + (x - mx) * ((ys[i] ?? 0) - my), 0);
  const rough = tall.length >= 4 && spread > 0 ? joint / spread : 0;
  // A few letters of unlike height look like a slope that is none.
  const slope = Math.abs(rough) > 0.2 || Math.max(...xs) - Math.min(...xs) < 5 * height ? 0 : rough;
  return { slope, at: (x) => my + slope * (x - mx) };
};

const lineOf = (letters: readonly ReadLetter[]): ReadLine | undefined => {
  const inked = letters.filter(({ text }) => text.trim() !== '');
  const first = inked[0];
  if (first === undefined) return undefined;
  const highest = Math.max(...inked.map((one) => one.height));
  const height = Math.max(2, median(inked.map((one) => one.height).filter((one) => one >= 0.6 * highest)));
  const { slope, at } = baseline(inked, height);
  const along = height * Math.cos(Math.atan(slope));
  const cells: Cell[] = [];
  const put = (text: string, left: number, right: number): void => {
    cells.push({ text, start: (left - first.x) / along, width: Math.max(0.05, (right - left) / along) });
  };
  for (const [index, letter] of letters.entries()) {
    if (letter.text.trim() === '') continue;
    const right = letter.x + letter.width;
    const next = letters[index + 1];
    const isGap = next !== undefined && next.text.trim() === '';
    const after = isGap ? letters.slice(index + 2).find(({ text }) => text.trim() !== '') : next;
    const room = after === undefined ? 0 : after.x - right;
    const joined = after !== undefined && !isGap && room > -letter.width && room <= farApart * height;
    const end = joined && after.x > letter.x ? after.x : right;
    // Some letters are read as one (a ligature): they share its place.
    const parts = [...letter.text];
    for (const [nth, text] of parts.entries())
      put(
        text,
        letter.x + ((end - letter.x) * nth) / parts.length,
        letter.x + ((end - letter.x) * (nth + 1)) / parts.length,
      );
    if (isGap && room > 0) put(' ', right, right + room);
  }
  return { x: first.x, foot: at(first.x), height, slope: Math.atan(slope), cells };
};

/**
 * Read letters as lines whose letters stand side by side without gaps, so that every reader takes them for the words that
 * they are: a reader puts a space where letters stand a tenth of their height apart.
 */
export const linesOf = (letters: readonly ReadLetter[]): ReadLine[] => {
  const lines: ReadLetter[][] = [[]];
  for (const letter of letters) {
    if (letter.text.includes('\n')) lines.push([]);
    else lines.at(-1)?.push(letter);
  }
  return lines.flatMap((line) => lineOf(line) ?? []);
};
