/** The ink of one letter, trimmed: what is compared between renderers. */
export type Mask = { readonly width: number; readonly height: number; readonly ink: Uint8Array };
/** Rows of RGBA pixels. */
export type Pixels = { readonly width: number; readonly height: number; readonly data: Uint8Array };
type Area = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** Trims an area (pixels) to its ink; undefined where there is none: a blank. */
export const maskOf = ({ data, width, height }: Pixels, area: Area): Mask | undefined => {
  const isInk = (x: number, y: number): boolean => {
    const at = (y * width + x) * 4;
    return (data[at] ?? 255) + (data[at + 1] ?? 255) + (data[at + 2] ?? 255) < 3 * 128;
  };
  const [x0, y0] = [Math.max(0, Math.floor(area.left)), Math.max(0, Math.floor(area.top))];
  const [x1, y1] = [Math.min(width, Math.ceil(area.right)), Math.min(height, Math.ceil(area.bottom))];
  let [left, top, right, bottom] = [x1, y1, x0, y0];
  for (let y = y0; y < y1; y += 1)
    for (let x = x0; x < x1; x += 1)
      if (isInk(x, y)) {
        [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
      }
  if (right <= left) return undefined;
  const ink = new Uint8Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y += 1)
    for (let x = left; x < right; x += 1) ink[(y - top) * (right - left) + x - left] = isInk(x, y) ? 1 : 0;
  return { width: right - left, height: bottom - top, ink };
};

/** Edges may lie a pixel apart between rasterisers. */
const reach = 1;

/** Share of one mask's ink that has no ink of the other near it, their middles laid over each other. */
const alone = (a: Mask, b: Mask): number => {
  const [dx, dy] = [Math.round((b.width - a.width) / 2), Math.round((b.height - a.height) / 2)];
  let [all, lonely] = [0, 0];
  for (let y = 0; y < a.height; y += 1)
    for (let x = 0; x < a.width; x += 1) {
      if (a.ink[y * a.width + x] !== 1) continue;
      all += 1;
      let found = false;
      for (let v = -reach; v <= reach && !found; v += 1)
        for (let u = -reach; u <= reach && !found; u += 1) {
          const [bx, by] = [x + dx + u, y + dy + v];
          found = bx >= 0 && by >= 0 && bx < b.width && by < b.height && b.ink[by * b.width + bx] === 1;
        }
      if (!found) lonely += 1;
    }
  return lonely / all;
};

/** How much two letters differ: 0 the same drawing, above 0.05 another one. */
export const unlike = (a: Mask | undefined, b: Mask | undefined): number => {
  if (a === undefined || b === undefined) return 1;
  if (Math.abs(a.width - b.width) > 4 || Math.abs(a.height - b.height) > 4) return 1;
  return Math.max(alone(a, b), alone(b, a));
};
