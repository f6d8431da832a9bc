import type { Rect } from './coordinates.ts';

export type Pixels = Pick<ImageData, 'width' | 'height' | 'data'>;

/** Squares of this many pixels are looked at as one. */
const cell = 8;
/** A channel may differ by so much: the edges of letters fall between pixels, and a preview is marked palely. */
const tolerance = 48;
/** Fewer pixels than this in a square are dust. */
const least = 3;

/** Beyond its edge a page is white: paper that grew by a strip differs only where something is printed. */
const at = ({ width, height, data }: Pixels, x: number, y: number, channel: number): number =>
  x < width && y < height ? (data[(y * width + x) * 4 + channel] ?? 255) : 255;

const differs = (a: Pixels, b: Pixels, x: number, y: number): boolean =>
  Math.abs(at(a, x, y, 0) - at(b, x, y, 0)) > tolerance ||
  Math.abs(at(a, x, y, 1) - at(b, x, y, 1)) > tolerance ||
  Math.abs(at(a, x, y, 2) - at(b, x, y, 2)) > tolerance;

const marked = (a: Pixels, b: Pixels, column: number, row: number): boolean => {
  let count = 0;
  for (let y = row * cell; y < (row + 1) * cell; y += 1)
    for (let x = column * cell; x < (column + 1) * cell; x += 1)
      if (differs(a, b, x, y)) {
        count += 1;
        if (count >= least) return true;
      }
  return false;
};

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const around = (a: Rect, b: Rect): Rect => {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
};

/** A rectangle that lies in another's way becomes one with it. */
const apart = (rects: readonly Rect[]): readonly Rect[] =>
  rects.reduce<readonly Rect[]>((done, rect) => {
    let whole = rect;
    let rest = done;
    for (
      let hit = rest.find((one) => overlap(one, whole));
      hit;
      hit = rest.find((one) => overlap(one, whole))
    ) {
      const taken = hit;
      whole = around(whole, taken);
      rest = rest.filter((one) => one !== taken);
    }
    return [...rest, whole];
  }, []);

/** Where two pictures of a page differ, as few rectangles as there are places, from top to bottom. In pixels. */
export const differences = (a: Pixels, b: Pixels): readonly Rect[] => {
  const columns = Math.ceil(Math.max(a.width, b.width) / cell);
  const rows = Math.ceil(Math.max(a.height, b.height) / cell);
  const open = new Set<number>();
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      if (marked(a, b, column, row)) open.add(row * columns + column);
  const found: Rect[] = [];
  // Squares that touch, or have one between them, are one place: a line of letters is not twenty.
  for (const first of open) {
    open.delete(first);
    const waiting = [first];
    let [left, right] = [columns, -1];
    let [top, bottom] = [rows, -1];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [row, column] = [Math.floor(next / columns), next % columns];
      [left, right] = [Math.min(left, column), Math.max(right, column)];
      [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
      for (let r = row - 1; r <= row + 1; r += 1)
        for (let c = Math.max(0, column - 2); c <= Math.min(columns - 1, column + 2); c += 1)
          if (open.delete(r * columns + c)) waiting.push(r * columns + c);
    }
    found.push({
      x: left * cell,
      y: top * cell,
      width: (right - left + 1) * cell,
      height: (bottom - top + 1) * cell,
    });
  }
  return apart(found).toSorted((one, other) => one.y - other.y || one.x - other.x);
};
