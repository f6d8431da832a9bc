import type { Matrix } from '../convert/ofd/matrix.ts';
import { Unsaid } from './unsaid.ts';

export const perPoint = 25.4 / 72;
const places = 10_000;
export const number = (value: number): string => {
  if (!Number.isFinite(value) || Math.abs(value) > 1e7) throw new Unsaid(`number ${value}`);
  return String(Math.round(value * places) / places);
};
export const list = (values: readonly number[]): string => values.map(number).join(' ');
/** Six digits: a matrix multiplies what it is wrong by. */
export const matrixText = (matrix: Matrix): string =>
  matrix.map((it) => String(Math.round(it * 1e6) / 1e6)).join(' ');

export type Box = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};
export const apply = ([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] => [
  a * x + c * y + e,
  b * x + d * y + f,
];
export const scaleOf = ([a, b, c, d]: Matrix): number => Math.sqrt(Math.abs(a * d - b * c));
/** One after the other: a path may have more points than a call may have arguments. */
export const boxOfPoints = (points: readonly (readonly [number, number])[]): Box => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { left, top, right, bottom };
};
export const inside = (inner: Box, outer: Box): boolean =>
  inner.left >= outer.left - 0.01 &&
  inner.top >= outer.top - 0.01 &&
  inner.right <= outer.right + 0.01 &&
  inner.bottom <= outer.bottom + 0.01;

export type Outline = { readonly data: string; readonly box: Box; readonly upright: boolean };

/** pdf.js' path, moved onto the page: AbbreviatedData in millimetres. */
export const outlineOf = (commands: ArrayLike<number>, matrix: Matrix): Outline => {
  const points: [number, number][] = [];
  const parts: string[] = [];
  let curved = false;
  const put = (letter: string, from: number, count: number): void => {
    const said: number[] = [];
    for (let i = 0; i < count; i += 1) {
      const point = apply(matrix, commands[from + i * 2] ?? 0, commands[from + i * 2 + 1] ?? 0);
      points.push(point);
      said.push(...point);
    }
    parts.push(`${letter} ${list(said)}`);
  };
  for (let at = 0; at < commands.length; ) {
    switch (commands[at]) {
      case 0:
        put('M', at + 1, 1);
        at += 3;
        break;
      case 1:
        put('L', at + 1, 1);
        at += 3;
        break;
      case 2:
        curved = true;
        put('B', at + 1, 3);
        at += 7;
        break;
      case 3:
        curved = true;
        put('Q', at + 1, 2);
        at += 5;
        break;
      case 4:
        parts.push('C');
        at += 1;
        break;
      default:
        throw new Unsaid('path');
    }
  }
  if (points.length === 0) return { data: '', box: { left: 0, top: 0, right: 0, bottom: 0 }, upright: false };
  const box = boxOfPoints(points);
  const onEdge = points.every(
    ([x, y]) =>
      (Math.abs(x - box.left) < 1e-3 || Math.abs(x - box.right) < 1e-3) &&
      (Math.abs(y - box.top) < 1e-3 || Math.abs(y - box.bottom) < 1e-3),
  );
  const upright = !curved && onEdge && (points.length === 4 || points.length === 5);
  return { data: parts.join(' '), box, upright };
};

export const rectangle = ([x0 = 0, y0 = 0, x1 = 0, y1 = 0]: readonly number[]): number[] => [
  0,
  x0,
  y0,
  1,
  x1,
  y0,
  1,
  x1,
  y1,
  1,
  x0,
  y1,
  4,
];

const rgb = (hex: string): string => {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (found === null) throw new Unsaid(`colour ${hex}`);
  return found
    .slice(1)
    .map((it) => Number.parseInt(it, 16))
    .join(' ');
};
export const alphaText = (alpha: number): string => (alpha >= 1 ? '' : ` Alpha="${Math.round(alpha * 255)}"`);
export const colour = (name: 'FillColor' | 'StrokeColor', hex: string, alpha: number): string =>
  `<ofd:${name} Value="${rgb(hex)}"${alphaText(alpha)}/>`;

export const caps = ['Butt', 'Round', 'Square'];
export const joins = ['Miter', 'Round', 'Bevel'];
export const hairline = 0.08;
