import type { Box } from '@gongkai/core';
import type { Engine } from './engine.ts';

export type Rectangle = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};
/** x' = a·x + c·y + e; y' = b·x + d·y + f */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. (Not named `then`: a module that exports `then` is a thenable and hangs `import()`.) */
export const followedBy = (inner: Matrix, outer: Matrix): Matrix => [
  inner[0] * outer[0] + inner[1] * outer[2],
  inner[0] * outer[1] + inner[1] * outer[3],
  inner[2] * outer[0] + inner[3] * outer[2],
  inner[2] * outer[1] + inner[3] * outer[3],
  inner[4] * outer[0] + inner[5] * outer[2] + outer[4],
  inner[4] * outer[1] + inner[5] * outer[3] + outer[5],
];

/** The upright rectangle around the transformed one. */
export const transform = (
  [a, b, c, d, e, f]: Matrix,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): Rectangle => {
  const xs = [a * x1 + c * y1 + e, a * x2 + c * y1 + e, a * x1 + c * y2 + e, a * x2 + c * y2 + e];
  const ys = [b * x1 + d * y1 + f, b * x2 + d * y1 + f, b * x1 + d * y2 + f, b * x2 + d * y2 + f];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
};

/**
 * From the PDF's page space to what a reader sees (points, origin top left, after /Rotate, inside the CropBox).
 * Asked of pdfium itself, so that inherited boxes and odd rotations come out as it draws them.
 */
export const displayMatrix = (
  { api, runtime, scratch }: Engine,
  page: number,
  width: number,
  height: number,
): Matrix => {
  const many = 1_000_000;
  const at = (x: number, y: number): [number, number] => {
    api.FPDF_DeviceToPage(page, 0, 0, many, many, 0, x, y, scratch, scratch + 8);
    return [runtime.HEAPF64[scratch >> 3] ?? 0, runtime.HEAPF64[(scratch >> 3) + 1] ?? 0];
  };
  const [x0, y0] = at(0, 0);
  const [xr, yr] = at(many, 0);
  const [xd, yd] = at(0, many);
  // display → page, per point
  const a = (xr - x0) / width;
  const b = (yr - y0) / width;
  const c = (xd - x0) / height;
  const d = (yd - y0) / height;
  const determinant = a * d - b * c;
  if (!Number.isFinite(determinant) || determinant === 0) return [1, 0, 0, -1, 0, height];
  return [
    d / determinant,
    -b / determinant,
    -c / determinant,
    a / determinant,
    (c * y0 - d * x0) / determinant,
    (b * x0 - a * y0) / determinant,
  ];
};

export const overlap = (one: Rectangle, other: Rectangle): number =>
  Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left)) *
  Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));

export const area = (one: Rectangle): number =>
  Math.max(0, one.right - one.left) * Math.max(0, one.bottom - one.top);

const padding = 1;

/** One box a line: characters whose boxes share their height belong to one line. */
export const lineBoxes = (page: number, rectangles: readonly Rectangle[]): Box[] => {
  const lines: { left: number; top: number; right: number; bottom: number }[] = [];
  for (const next of rectangles) {
    const line = lines.at(-1);
    const middle = (next.top + next.bottom) / 2;
    const across = (next.left + next.right) / 2;
    // On a page that lies on its head a line goes on to the left.
    const onward = line && (next.left >= line.left - 2 || Math.abs(line.left - next.right) < 4);
    const sameRow = onward && middle >= line.top - 1 && middle <= line.bottom + 1;
    // Turned or vertical text: below or above each other, and the line is still one character wide.
    const between = line ? Math.max(next.top - line.bottom, line.top - next.bottom) : 0;
    const sameColumn =
      line &&
      across >= line.left - 1 &&
      across <= line.right + 1 &&
      between < 4 &&
      line.right - line.left < 1.8 * Math.max(next.right - next.left, 4);
    if (line && (sameRow || sameColumn)) {
      line.left = Math.min(line.left, next.left);
      line.top = Math.min(line.top, next.top);
      line.right = Math.max(line.right, next.right);
      line.bottom = Math.max(line.bottom, next.bottom);
    } else lines.push({ ...next });
  }
  return lines.map(({ left, top, right, bottom }) => ({
    page,
    x: left - padding,
    y: top - padding,
    width: right - left + 2 * padding,
    height: bottom - top + 2 * padding,
  }));
};
