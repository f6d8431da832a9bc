import { identity, type Matrix, number } from './matrix.ts';
import type { Scope } from './scope.ts';

type Point = readonly [x: number, y: number];

const operands: Readonly<Record<string, number>> = { S: 2, M: 2, L: 2, Q: 4, B: 6, A: 7, C: 0 };

/** An arc of an ellipse as Bézier curves of at most a quarter turn each (the conversion of SVG 1.1, F.6). */
const arc = (from: Point, given: readonly number[]): number[][] => {
  const [rx0 = 0, ry0 = 0, angle = 0, large = 0, sweep = 0, x = 0, y = 0] = given;
  let [rx, ry] = [Math.abs(rx0), Math.abs(ry0)];
  if (rx === 0 || ry === 0) return [[x, y]];
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const [dx, dy] = [(from[0] - x) / 2, (from[1] - y) / 2];
  const [x1, y1] = [cos * dx + sin * dy, -sin * dx + cos * dy];
  if (x1 === 0 && y1 === 0) return [];
  const grow = Math.sqrt(Math.max(1, (x1 / rx) ** 2 + (y1 / ry) ** 2));
  rx *= grow;
  ry *= grow;
  const below = (rx * y1) ** 2 + (ry * x1) ** 2;
  const root = Math.sqrt(Math.max(0, ((rx * ry) ** 2 - below) / below)) * (large === sweep ? -1 : 1);
  const [cx1, cy1] = [(root * rx * y1) / ry, (-root * ry * x1) / rx];
  const [cx, cy] = [cos * cx1 - sin * cy1 + (from[0] + x) / 2, sin * cx1 + cos * cy1 + (from[1] + y) / 2];
  const start = Math.atan2((y1 - cy1) / ry, (x1 - cx1) / rx);
  let turn = Math.atan2((-y1 - cy1) / ry, (-x1 - cx1) / rx) - start;
  if (sweep === 0 && turn > 0) turn -= 2 * Math.PI;
  if (sweep !== 0 && turn < 0) turn += 2 * Math.PI;
  const steps = Math.max(1, Math.ceil(Math.abs(turn) / (Math.PI / 2) - 1e-9));
  const step = turn / steps;
  const reach = (4 / 3) * Math.tan(step / 4);
  const at = (px: number, py: number): Point => [
    cx + rx * px * cos - ry * py * sin,
    cy + rx * px * sin + ry * py * cos,
  ];
  return Array.from({ length: steps }, (_, i) => {
    const [one, two] = [start + i * step, start + (i + 1) * step];
    const [c1, s1, c2, s2] = [Math.cos(one), Math.sin(one), Math.cos(two), Math.sin(two)];
    const end: Point = i === steps - 1 ? [x, y] : at(c2, s2);
    return [...at(c1 - reach * s1, s1 + reach * c1), ...at(c2 + reach * s2, s2 - reach * c2), ...end];
  });
};

/**
 * AbbreviatedData (GB/T 33190 §9.1, tables 35 and 36) as PDF's path operators. Undrawable for a letter that the standard does not
 * have.
 */
export const outline = (data: string, scope: Scope, matrix: Matrix = identity): string[] => {
  const tokens = data.match(/[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g) ?? [];
  const out: string[] = [];
  const put = (values: readonly number[], operator: string): void => {
    const moved: string[] = [];
    for (let i = 0; i < values.length; i += 2) {
      const [x = 0, y = 0] = [values[i], values[i + 1]];
      moved.push(number(matrix[0] * x + matrix[2] * y + matrix[4]));
      moved.push(number(matrix[1] * x + matrix[3] * y + matrix[5]));
    }
    out.push(`${moved.join(' ')} ${operator}`);
  };
  let here: Point = [0, 0];
  let start: Point = [0, 0];
  let letter = '';
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i] ?? '';
    if (/^[A-Za-z]$/.test(token)) {
      letter = token;
      i += 1;
    } else if (letter === '' || letter === 'C') return scope.undrawable(`AbbreviatedData ${token}`);
    const count = operands[letter];
    const given = tokens.slice(i, i + (count ?? 0)).map(Number);
    if (count === undefined || given.length < count || given.some((it) => !Number.isFinite(it)))
      return scope.undrawable(`AbbreviatedData ${letter}`);
    i += count;
    const [a = 0, b = 0, c = 0, d = 0] = given;
    if (letter === 'C') {
      out.push('h');
      here = start;
      continue;
    }
    if (out.length === 0 && letter !== 'S' && letter !== 'M') put(here, 'm');
    if (letter === 'S' || letter === 'M') {
      put(given, 'm');
      start = [a, b];
    } else if (letter === 'L') put(given, 'l');
    else if (letter === 'B') put(given, 'c');
    else if (letter === 'Q') {
      const [x, y] = here;
      put(
        [x + (2 * (a - x)) / 3, y + (2 * (b - y)) / 3, c + (2 * (a - c)) / 3, d + (2 * (b - d)) / 3, c, d],
        'c',
      );
    } else for (const curve of arc(here, given)) put(curve, curve.length === 2 ? 'l' : 'c');
    here = [given.at(-2) ?? 0, given.at(-1) ?? 0];
  }
  return out;
};
