import { readFileSync } from 'node:fs';
import { type Drawing, draw } from './drawing.ts';
import type { Engine } from './engine.ts';
import { area, overlap, type Rectangle } from './geometry.ts';

/**
 * Frontal faces by a cascade of trees that compare two pixels at a time (pico, arXiv:1305.4537; packages/inspect/data). A
 * hint and no more: it sees no profiles and takes a pattern for a face now and then.
 */
type Cascade = {
  readonly depth: number;
  readonly trees: number;
  /** Four offsets a node, of two pixels, in 1/256 of the square's side; node 0 of a tree is not used. */
  readonly nodes: Int8Array;
  readonly leaves: Float32Array;
  readonly thresholds: Float32Array;
};

let cascade: Cascade | undefined;
const open = (): Cascade => {
  if (cascade !== undefined) return cascade;
  const file = readFileSync(new URL('../../data/facefinder', import.meta.url));
  const depth = file.readInt32LE(8);
  const trees = file.readInt32LE(12);
  const size = 2 ** depth;
  const nodes = new Int8Array(trees * size * 4);
  const leaves = new Float32Array(trees * size);
  const thresholds = new Float32Array(trees);
  let at = 16;
  for (let tree = 0; tree < trees; tree += 1) {
    nodes.set(file.subarray(at, at + (size - 1) * 4), (tree * size + 1) * 4);
    at += (size - 1) * 4;
    for (let leaf = 0; leaf < size; leaf += 1, at += 4) leaves[tree * size + leaf] = file.readFloatLE(at);
    thresholds[tree] = file.readFloatLE(at);
    at += 4;
  }
  cascade = { depth, trees, nodes, leaves, thresholds };
  return cascade;
};

type Grey = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** How much the square around (`x`, `y`) looks like a face; 0 when it does not. */
const faceAt = (it: Cascade, { width, pixels }: Grey, x: number, y: number, side: number): number => {
  const size = 2 ** it.depth;
  let sum = 0;
  for (let tree = 0; tree < it.trees; tree += 1) {
    let node = 1;
    for (let level = 0; level < it.depth; level += 1) {
      const at = (tree * size + node) * 4;
      const pixel = (offset: number): number =>
        pixels[
          ((y * 256 + (it.nodes[at + offset] ?? 0) * side) >> 8) * width +
            ((x * 256 + (it.nodes[at + offset + 1] ?? 0) * side) >> 8)
        ] ?? 0;
      node = 2 * node + (pixel(0) <= pixel(2) ? 1 : 0);
    }
    sum += it.leaves[tree * size + node - size] ?? 0;
    if (sum <= (it.thresholds[tree] ?? 0)) return 0;
  }
  return sum - (it.thresholds[it.trees - 1] ?? 0);
};

/** Pixels: what is smaller is a crowd or a pattern, and nobody is known by it. */
const leastSide = 26;
/** Of all squares over one face together: measured, patterns got up to 6, faces 34 and more (test/leaks/faces.test.ts). */
const leastScore = 20;

const grey = ({ pixels, width }: Drawing, area: Rectangle): Grey => {
  const across = area.right - area.left;
  const down = area.bottom - area.top;
  const values = new Uint8Array(across * down);
  for (let row = 0; row < down; row += 1)
    for (let column = 0; column < across; column += 1) {
      const at = ((row + area.top) * width + column + area.left) * 4;
      const [blue = 0, green = 0, red = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
      values[row * across + column] = (blue * 29 + green * 150 + red * 77) >> 8;
    }
  return { width: across, height: down, pixels: values };
};

/** Frontal faces `within` a part of a drawn page, both in points. */
const facesIn = (drawing: Drawing, within: Rectangle): Rectangle[] => {
  const { scale, width, height } = drawing;
  const inside: Rectangle = {
    left: Math.max(0, Math.round(within.left * scale)),
    top: Math.max(0, Math.round(within.top * scale)),
    right: Math.min(width, Math.round(within.right * scale)),
    bottom: Math.min(height, Math.round(within.bottom * scale)),
  };
  const image = grey(drawing, inside);
  const shortest = Math.min(image.width, image.height);
  const seen: { box: Rectangle; score: number }[] = [];
  const known = open();
  for (let side = leastSide; side <= shortest; side = Math.ceil(side * 1.12)) {
    const step = Math.max(2, Math.round(side * 0.1));
    const half = (side >> 1) + 1;
    for (let y = half; y <= image.height - half; y += step)
      for (let x = half; x <= image.width - half; x += step) {
        const score = faceAt(known, image, x, y, side);
        if (score > 0)
          seen.push({
            score,
            box: { left: x - side / 2, top: y - side / 2, right: x + side / 2, bottom: y + side / 2 },
          });
      }
  }
  seen.sort((one, other) => other.score - one.score);
  const faces: { box: Rectangle; score: number }[] = [];
  for (const { box, score } of seen) {
    const same = faces.find((face) => overlap(face.box, box) > 0);
    if (same) same.score += score;
    else faces.push({ box, score });
  }
  return faces
    .filter(({ score }) => score >= leastScore)
    .map(({ box }) => ({
      left: (box.left + inside.left) / scale,
      top: (box.top + inside.top) / scale,
      right: (box.right + inside.left) / scale,
      bottom: (box.bottom + inside.top) / scale,
    }));
};

/** Points: a portrait on a form is 25 mm wide. */
const portrait = 40;
/** More of a picture tells no more of a face, and takes longer. */
const mostPixels = 400_000;

/** Of all pictures of a page together: A4 at 600 dpi is 35 million. A hint is worth no flood (bad-inputs 35). */
const mostOfPage = 40_000_000;

const pixelsOf = ({ api, runtime, scratch }: Engine, picture: number): number =>
  api.FPDFImageObj_GetImagePixelSize(picture, scratch, scratch + 4)
    ? (runtime.HEAPU32[scratch >> 2] ?? 0) * (runtime.HEAPU32[(scratch + 4) >> 2] ?? 0)
    : Number.POSITIVE_INFINITY;

/** Frontal faces in the pictures of a page, in points as displayed. */
export const facesOn = (
  engine: Engine,
  page: { readonly handle: number; readonly width: number; readonly height: number },
  pictures: readonly { readonly handle: number; readonly box: Rectangle }[],
): Rectangle[] => {
  const large = pictures
    .map(({ box }) => box)
    .filter(({ left, top, right, bottom }) => right - left >= portrait && bottom - top >= portrait);
  if (large.length === 0) return [];
  if (pictures.reduce((sum, { handle }) => sum + pixelsOf(engine, handle), 0) > mostOfPage) return [];
  const most = Math.max(...large.map(area));
  const scale = Math.min(1.5, Math.sqrt(mostPixels / most));
  const drawing = draw(engine, page.handle, page.width, page.height, false, scale);
  return large.flatMap((picture) => facesIn(drawing, picture));
};
