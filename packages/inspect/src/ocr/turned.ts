import { linesAcross, skewOf } from '@gongkai/core';
import type { Rectangle } from '../pdf/geometry.ts';
import type { Grey } from './tesseract.ts';

/** A picture turned so that its lines lie level, and how a box on it stands on the picture as it came. */
export type Turned = {
  readonly grey: Grey;
  /** Degrees by which it was turned, clockwise. */
  readonly degrees: number;
  back(box: Rectangle): Rectangle;
};

export type Quarters = 0 | 1 | 2 | 3;

/** Turned clockwise by so many quarters. */
export const byQuarters = (grey: Grey, quarters: Quarters): Turned => {
  const { width, height, pixels } = grey;
  if (quarters === 0) return { grey, degrees: 0, back: (box) => box };
  const [across, down] = quarters === 2 ? [width, height] : [height, width];
  const turned = new Uint8Array(pixels.length);
  let at = 0;
  for (let y = 0; y < down; y += 1)
    for (let x = 0; x < across; x += 1) {
      const from =
        quarters === 1
          ? (height - 1 - x) * width + y
          : quarters === 2
            ? (height - 1 - y) * width + (width - 1 - x)
            : x * width + (width - 1 - y);
      turned[at] = pixels[from] ?? 255;
      at += 1;
    }
  return {
    grey: { width: across, height: down, pixels: turned },
    degrees: quarters * 90,
    back: ({ left, top, right, bottom }) =>
      quarters === 1
        ? { left: top, right: bottom, top: height - right, bottom: height - left }
        : quarters === 2
          ? { left: width - right, right: width - left, top: height - bottom, bottom: height - top }
          : { left: width - bottom, right: width - top, top: left, bottom: right },
  };
};

/** Half as many dots an inch are enough to see how lines lie. */
const halved = ({ width, height, pixels }: Grey): Grey => {
  const [across, down] = [width >> 1, height >> 1];
  const small = new Uint8Array(across * down);
  for (let y = 0; y < down; y += 1)
    for (let x = 0; x < across; x += 1) {
      const at = 2 * y * width + 2 * x;
      const sum =
        (pixels[at] ?? 255) +
        (pixels[at + 1] ?? 255) +
        (pixels[at + width] ?? 255) +
        (pixels[at + width + 1] ?? 255);
      small[y * across + x] = sum >> 2;
    }
  return { width: across, height: down, pixels: small };
};

/**
 * The ways in which a picture may lie, the likeliest first: upright or on its head where lines go across it, on a side where they
 * go down it. Where no lines stand out nothing speaks for turning it.
 */
export const waysOf = (grey: Grey): readonly Quarters[] => {
  const small = halved(grey);
  const [across, down] = [linesAcross(small), linesAcross(byQuarters(small, 1).grey)];
  if (across === 0 && down === 0) return [0];
  return across >= down ? [0, 2] : [1, 3, 0];
};

/** Set level where its lines lean by 0.3 to 10 degrees (core, `skewOf`); the paper grows, white, so that nothing is cut off. */
export const levelled = (grey: Grey): Turned => {
  const degrees = skewOf(halved(grey));
  if (degrees === 0) return { grey, degrees, back: (box) => box };
  const { width, height, pixels } = grey;
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const across = Math.ceil(width * cos + height * Math.abs(sin));
  const down = Math.ceil(height * cos + width * Math.abs(sin));
  const lay = (x: number, y: number): readonly [number, number] => {
    const [dx, dy] = [x - across / 2, y - down / 2];
    return [dx * cos - dy * sin + width / 2, dx * sin + dy * cos + height / 2];
  };
  const light = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 255 : (pixels[y * width + x] ?? 255);
  const level = new Uint8Array(across * down);
  for (let y = 0; y < down; y += 1)
    for (let x = 0; x < across; x += 1) {
      const [fromX, fromY] = lay(x, y);
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [a, b] = [fromX - left, fromY - top];
      level[y * across + x] =
        (light(left, top) * (1 - a) + light(left + 1, top) * a) * (1 - b) +
        (light(left, top + 1) * (1 - a) + light(left + 1, top + 1) * a) * b;
    }
  return {
    grey: { width: across, height: down, pixels: level },
    degrees: -degrees,
    back: ({ left, top, right, bottom }) => {
      const corners = [lay(left, top), lay(right, top), lay(left, bottom), lay(right, bottom)];
      const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
      return {
        left: Math.max(0, Math.min(...xs)),
        top: Math.max(0, Math.min(...ys)),
        right: Math.min(width, Math.max(...xs)),
        bottom: Math.min(height, Math.max(...ys)),
      };
    },
  };
};

/** Turned by quarters, then set level. */
export const turned = (grey: Grey, quarters: Quarters): Turned => {
  const upright = byQuarters(grey, quarters);
  const level = levelled(upright.grey);
  return {
    grey: level.grey,
    degrees: upright.degrees + level.degrees,
    back: (box) => upright.back(level.back(box)),
  };
};
