import { damaged } from './undrawable.ts';
import type { Element } from './xml.ts';
import { numbers } from './xml.ts';

/** x' = ax + cy + e, y' = bx + dy + f, in PDF and in OFD alike (GB/T 33190 §8.1). */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export const identity: Matrix = [1, 0, 0, 1, 0, 0];
export const moved = (x: number, y: number): Matrix => [1, 0, 0, 1, x, y];
export const scaled = (x: number, y: number): Matrix => [x, 0, 0, y, 0, 0];

/** First `one`, then `other`. */
export const chain = (one: Matrix, other: Matrix): Matrix => [
  one[0] * other[0] + one[1] * other[2],
  one[0] * other[1] + one[1] * other[3],
  one[2] * other[0] + one[3] * other[2],
  one[2] * other[1] + one[3] * other[3],
  one[4] * other[0] + one[5] * other[2] + other[4],
  one[4] * other[1] + one[5] * other[3] + other[5],
];

export const matrixOf = (list: string | undefined): Matrix | undefined => {
  const [a, b, c, d, e, f] = numbers(list);
  return a === undefined || b === undefined || c === undefined || d === undefined
    ? undefined
    : [a, b, c, d, e ?? 0, f ?? 0];
};

export const boxOf = (list: string | undefined): Box | undefined => {
  const [x, y, width, height] = numbers(list);
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? undefined
    : { x, y, width, height };
};

/** From an object's own space to that of what holds it: its CTM, then its place. */
export const placeOf = (element: Element): Matrix => {
  const { x, y } = boxOf(element.attributes.Boundary) ?? { x: 0, y: 0 };
  return chain(matrixOf(element.attributes.CTM) ?? identity, moved(x, y));
};

const decimals = 100_000;
/** PDF has no exponents and no infinity: what would need them would be left out by readers in silence. */
const largest = 1e9;
export const number = (value: number): string =>
  Math.abs(value) <= largest ? String(Math.round(value * decimals) / decimals) : damaged(`number ${value}`);
export const list = (values: readonly number[]): string => values.map(number).join(' ');
