import type { ReadLetter } from '@gongkai/core';

/** A letter in its place along the line, in heights of the line from its start. */
export type Cell = { readonly text: string; readonly start: number; readonly width: number };
/** A line of read letters: where it starts (displayed points, at its foot), how high it is and where it goes. */
export type ReadLine = {
  readonly x: number;
  readonly foot: number;
  readonly height: number;
  /** Radians, clockwise: a scan may lie askew, on its side, on its head. */
  readonly slope: number;
  readonly cells: readonly Cell[];
};

/** So many heights between two letters, and they are not of one word whatever recognition says. */
const farApart = 2.5;

/** Heights of a line: less of it, and letters of unlike height look like a slope. */
const shortest = 5;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Of a line: that of its letters, not of its commas and dashes. */
const heightOf = (inked: readonly ReadLetter[]): number => {
  const heights = inked.map(({ height }) => height);
  const highest = Math.max(...heights);
  return Math.max(2, median(heights.filter((one) => one >= 0.6 * highest)));
};

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
  const slope = Math.abs(rough) > 0.2 || Math.max(...xs) - Math.min(...xs) < shortest * height ? 0 : rough;
  return { slope, at: (x) => my + slope * (x - mx) };
};

/** How many quarters clockwise a line goes, from its first letter to its last. */
const quartersOf = (inked: readonly ReadLetter[]): number => {
  const [first, last] = [inked[0], inked.at(-1)];
  if (first === undefined || last === undefined || first === last) return 0;
  const across = last.x + last.width / 2 - first.x - first.width / 2;
  const down = last.y + last.height / 2 - first.y - first.height / 2;
  if (Math.abs(across) >= Math.abs(down)) return across < 0 ? 2 : 0;
  return down > 0 ? 1 : 3;
};

/** A letter as it would stand if its line, which goes by this angle, went to the right: boxes of turned letters are larger than they. */
const upright = ({ text, x, y, width, height }: ReadLetter, angle: number): ReadLetter => {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [across, down] = [x + width / 2, y + height / 2];
  const [c, s] = [Math.abs(cos), Math.abs(sin)];
  const own = (long: number, other: number): number =>
    Math.max(0.3 * long * c, (long * c - other * s) / (c * c - s * s));
  const [wide, high] = [own(width, height), own(height, width)];
  return {
    text,
    x: across * cos + down * sin - wide / 2,
    y: down * cos - across * sin - high / 2,
    width: wide,
    height: high,
  };
};

/** Radians. Lines that lean by less are laid as they were read. */
const leaning = 0.02;

/** Radians, clockwise, by which a line goes; undefined where it is too short to tell. */
const angleOf = (letters: readonly ReadLetter[]): number | undefined => {
  const inked = letters.filter(({ text }) => text.trim() !== '');
  const side = (quartersOf(inked) * Math.PI) / 2;
  const onward = side === 0 ? inked : inked.map((one) => upright(one, side));
  const height = heightOf(onward);
  const xs = onward.filter((one) => one.height >= 0.7 * height).map(({ x }) => x);
  if (Math.max(...xs) - Math.min(...xs) < shortest * height) return undefined;
  const { slope } = baseline(onward, height);
  return Math.abs(slope) > leaning ? side + Math.atan(slope) : side;
};

const lineOf = (letters: readonly ReadLetter[], angle: number): ReadLine | undefined => {
  if (angle === 0) return levelLine(letters);
  const line = levelLine(letters.map((one) => upright(one, angle)));
  if (line === undefined) return undefined;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    ...line,
    x: line.x * cos - line.foot * sin,
    foot: line.x * sin + line.foot * cos,
    slope: line.slope + angle,
  };
};

const levelLine = (letters: readonly ReadLetter[]): ReadLine | undefined => {
  const inked = letters.filter(({ text }) => text.trim() !== '');
  const first = inked[0];
  if (first === undefined) return undefined;
  const height = heightOf(inked);
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
  const angles = lines.map(angleOf);
  // A short line goes as the others of its page do.
  const usual = median(angles.filter((angle) => angle !== undefined));
  return lines.flatMap((line, at) => lineOf(line, angles[at] ?? usual) ?? []);
};
