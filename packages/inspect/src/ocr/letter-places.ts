import { toInk } from './ink.ts';
import type { Grey, Letter, Line } from './tesseract.ts';

/** Darker than this is ink, or the edge of it. */
const inked = 200;
/** Blank columns beyond this share of a letter's height are a gap, and a longer one says no more. */
const longestBlank = 0.6;
/** A rule of a table: dark over nearly the whole height of the line, and thin. */
const rule = { dark: 0.92, thin: 0.16 };
/** Of the line's height: how wide the ink of a letter is at least and at most. */
const extents = (text: string): readonly [least: number, most: number] => {
  if (/^[—―…─]$/u.test(text)) return [0.5, 2.2];
  if (/^[\p{P}\p{S}]$/u.test(text)) return [0.05, 0.7];
  if (/^[mwMW@%]$/.test(text)) return [0.4, 1.05];
  return /^[\x21-\x7e]$/.test(text) ? [0.08, 0.75] : [0.5, 1.16];
};
/** What a boundary costs that lies a height of the line away from where recognition saw the letter begin; no more than for two. */
const anchorCost = 0.5;
const farthest = 1.5;
/** What a boundary costs through a column that is dark from top to bottom; ink that no letter accounts for. */
const cutCost = 6;
const step = 2;
/** Heights of the line: recognition is never so far off with a letter. */
const reach = 5;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The strip of the picture that holds a line, which may slope. */
type Strip = {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  top(column: number): number;
};

const stripOf = (letters: readonly Letter[], width: number): Strip | undefined => {
  const highest = median(
    letters
      .map(({ top, bottom }) => bottom - top)
      .sort((a, b) => b - a)
      .slice(0, Math.ceil(letters.length / 2)),
  );
  const tall = letters.filter(({ top, bottom }) => Math.abs(bottom - top - highest) < 0.3 * highest);
  if (highest < 8 || tall.length === 0) return undefined;
  const xs = tall.map(({ left, right }) => (left + right) / 2);
  const ys = tall.map(({ top, bottom }) => (top + bottom) / 2);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, one) => sum + one, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const spread = xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
  const joint = xs.reduce((sum, x, i) => sum + (x - mx) * ((ys[i] ?? 0) - my), 0);
  const slope = tall.length >= 6 && spread > (4 * highest) ** 2 ? joint / spread : 0;
  const middle = median(ys.map((y, i) => y - slope * ((xs[i] ?? 0) - mx)));
  const height = Math.round(highest * 1.1);
  return {
    left: Math.max(0, Math.floor(Math.min(...letters.map(({ left }) => left)))),
    right: Math.min(width, Math.ceil(Math.max(...letters.map(({ right }) => right)))),
    height,
    top: (column) => Math.round(middle + slope * (column - mx) - height / 2),
  };
};

/** The dark rows of each column, as a share of the height; rules of tables and lines under words left out. */
const darkness = ({ width, height, pixels }: Grey, strip: Strip): Float64Array => {
  const columns = strip.right - strip.left;
  const isDark = (column: number, row: number): boolean => {
    const y = strip.top(column) + row;
    return y >= 0 && y < height && (pixels[y * width + column] ?? 255) < inked;
  };
  const ruled = new Set<number>();
  for (let row = 0; row < strip.height; row += 1) {
    let dark = 0;
    for (let column = strip.left; column < strip.right; column += 1) if (isDark(column, row)) dark += 1;
    if (dark > 0.8 * columns) ruled.add(row);
  }
  const shares = new Float64Array(columns);
  for (let at = 0; at < columns; at += 1) {
    let dark = 0;
    for (let row = 0; row < strip.height; row += 1)
      if (!ruled.has(row) && isDark(at + strip.left, row)) dark += 1;
    shares[at] = dark / strip.height;
  }
  for (let at = 0; at < columns; at += 1) {
    let end = at;
    while (end < columns && (shares[end] ?? 0) > rule.dark) end += 1;
    const beside = (shares[at - 1] ?? 0) < 0.2 && (shares[end] ?? 0) < 0.2;
    if (end > at && end - at <= rule.thin * strip.height && beside) shares.fill(0, at, end);
    at = end;
  }
  return shares;
};

/** The columns that are looked at: all with ink, and of a long blank only its beginning. */
const withoutGaps = (shares: Float64Array, longest: number): number[] => {
  const kept: number[] = [];
  let blank = 0;
  for (const [at, share] of shares.entries()) {
    blank = share === 0 ? blank + 1 : 0;
    if (blank <= longest) kept.push(at);
  }
  return kept;
};

/** Where each letter begins and ends: the boundaries, between the first letter and the last, that cost least in all. */
const boundaries = (letters: readonly Letter[], strip: Strip, shares: Float64Array): number[] | undefined => {
  const columns = withoutGaps(shares, longestBlank * strip.height);
  const places = Math.floor(columns.length / step) + 1;
  const ink = (place: number): number =>
    shares[columns[Math.min(place * step, columns.length - 1)] ?? 0] ?? 0;
  const first = new Int32Array(places + 1).fill(places);
  const last = new Int32Array(places + 1).fill(-1);
  for (let place = places - 1; place >= 0; place -= 1)
    first[place] = ink(place) > 0 ? place : (first[place + 1] ?? places);
  for (let place = 1; place <= places; place += 1)
    last[place] = ink(place - 1) > 0 ? place - 1 : (last[place - 1] ?? -1);
  const widest = Math.ceil((2.9 * strip.height) / step);
  let before = new Float64Array(places + 1).fill(Number.POSITIVE_INFINITY);
  before[0] = 0;
  const from: Int32Array[] = [];
  for (const letter of letters) {
    const [least, most] = extents(letter.text);
    const now = new Float64Array(places + 1).fill(Number.POSITIVE_INFINITY);
    const came = new Int32Array(places + 1).fill(-1);
    for (let start = 0; start < places; start += 1) {
      const cost = before[start] ?? Number.POSITIVE_INFINITY;
      if (cost === Number.POSITIVE_INFINITY) continue;
      const begins = first[start] ?? places;
      const away = Math.abs(
        strip.left + (columns[Math.min(begins * step, columns.length - 1)] ?? 0) - letter.left,
      );
      if (away > reach * strip.height) continue;
      const base = cost + anchorCost * Math.min(farthest, away / strip.height);
      for (let end = start + 1; end <= Math.min(places, start + widest); end += 1) {
        const ends = last[end] ?? -1;
        if (ends < begins) continue;
        const width = ((ends - begins + 1) * step) / strip.height;
        const stretched = width > most ? 8 * (width - most) : width < least ? 3 * (least - width) : 0;
        const whole = base + stretched + (end < places ? cutCost * ink(end) : 0);
        if (whole < (now[end] ?? 0)) {
          now[end] = whole;
          came[end] = start;
        }
      }
    }
    from.push(came);
    before = now;
  }
  // What ink stands behind the last letter was not read: it may stay, at a price.
  let end = -1;
  let cheapest = Number.POSITIVE_INFINITY;
  for (let place = 1; place <= places; place += 1) {
    let rest = 0;
    for (let at = place; at < places; at += 1) rest += ink(at) > 0 ? (2 * step) / strip.height : 0;
    const cost = (before[place] ?? Number.POSITIVE_INFINITY) + rest;
    if (cost < cheapest) [cheapest, end] = [cost, place];
  }
  if (end === -1) return undefined;
  const cuts = [end];
  for (let at = letters.length - 1; at >= 0; at -= 1) {
    end = from[at]?.[end] ?? -1;
    if (end === -1) return undefined;
    cuts.unshift(end);
  }
  return cuts.map((place) => columns[Math.min(place * step, columns.length - 1)] ?? 0);
};

/** The ink between two columns of a line, as a box; undefined where there is none. */
const inkBox = (
  { width, height, pixels }: Grey,
  strip: Strip,
  shares: Float64Array,
  from: number,
  to: number,
) => {
  let [left, right] = [from, to];
  while (left < right && shares[left] === 0) left += 1;
  while (right > left && shares[right - 1] === 0) right -= 1;
  if (left === right) return undefined;
  let [top, bottom] = [Number.POSITIVE_INFINITY, -1];
  for (let column = strip.left + left; column < strip.left + right; column += 1) {
    const high = strip.top(column);
    for (let y = Math.max(0, high); y < Math.min(height, high + strip.height); y += 1) {
      if ((pixels[y * width + column] ?? 255) >= inked) continue;
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return bottom === -1 ? undefined : { left: strip.left + left, right: strip.left + right, top, bottom };
};

/**
 * Where the letters of a line really stand. Recognition reads a line as a whole and tells the place of its letters by the way:
 * one in ten lies over its neighbour, and a bar there would cover another letter than the one that was found. So the line's
 * ink is dealt out anew among its letters, in order, cut where there is none.
 */
export const placeLetters = (picture: Grey, line: Line): Line => {
  const letters = line.flat();
  const strip = letters.length < 2 ? undefined : stripOf(letters, picture.width);
  const shares = strip && darkness(picture, strip);
  const cuts = strip && shares && boundaries(letters, strip, shares);
  if (!strip || !shares || !cuts) return line.map((word) => word.map((letter) => toInk(picture, letter)));
  let at = 0;
  return line.map((word) =>
    word.map((letter) => {
      const box = inkBox(picture, strip, shares, cuts[at] ?? 0, cuts[at + 1] ?? 0);
      at += 1;
      return box === undefined ? toInk(picture, letter) : { ...letter, ...box };
    }),
  );
};
