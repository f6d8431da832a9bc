import type { Matrix } from '../convert/ofd/matrix.ts';
import type { ReadFont } from './second-reader.ts';
import type { Outline } from './terms.ts';

export type Clip = Outline & { readonly evenOdd: boolean };
/** The graphics state (ISO 32000-1, 8.4) as far as it is said in an OFD. */
export type State = {
  matrix: Matrix;
  fill: string;
  stroke: string;
  fillAlpha: number;
  strokeAlpha: number;
  lineWidth: number;
  cap: number;
  join: number;
  miter: number;
  dash: readonly number[];
  dashOffset: number;
  clips: readonly Clip[];
  font: ReadFont | undefined;
  size: number;
  turned: boolean;
  charSpace: number;
  wordSpace: number;
  wide: number;
  leading: number;
  mode: number;
  rise: number;
  /** Darkens what it lies over: a seal, a watermark. */
  darkens: boolean;
};

export const start = (matrix: Matrix): State => ({
  matrix,
  fill: '#000000',
  stroke: '#000000',
  fillAlpha: 1,
  strokeAlpha: 1,
  lineWidth: 1,
  cap: 0,
  join: 0,
  miter: 10,
  dash: [],
  dashOffset: 0,
  clips: [],
  font: undefined,
  size: 0,
  turned: false,
  charSpace: 0,
  wordSpace: 0,
  wide: 1,
  leading: 0,
  mode: 0,
  rise: 0,
  darkens: false,
});
