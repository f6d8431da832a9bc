import { deflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import type { Picture, Rect } from '../pdfium/index.ts';

/** Whether a page can be kept in shades of grey. Anti-aliased text may lean a little to either side. */
const grey = ({ data }: Picture): boolean => {
  for (let i = 0; i < data.length; i += 4) {
    const [red = 0, green = 0, blue = 0] = [data[i], data[i + 1], data[i + 2]];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 12) return false;
  }
  return true;
};

/** Paints the boxes (displayed points) black, rounded outwards to whole pixels. */
export const blacken = (picture: Picture, scale: number, boxes: readonly Rect[]): void => {
  const pixels = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.data.length / 4);
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.left * scale));
    const right = Math.min(picture.width, Math.ceil(box.right * scale));
    for (
      let y = Math.max(0, Math.floor(box.top * scale));
      y < Math.min(picture.height, Math.ceil(box.bottom * scale));
      y++
    )
      if (right > left) pixels.fill(0xff000000, y * picture.width + left, y * picture.width + right);
  }
};

export type Encoded = {
  readonly bytes: Uint8Array;
  readonly filter: string;
  readonly colours: string;
  readonly bits: number;
};

/** Sixteen shades are enough for print and halve the file; coloured pages (red heads, seals) become JPEG. */
export const encode = (picture: Picture): Encoded => {
  const { width, height, data } = picture;
  if (!grey(picture)) {
    const { data: bytes } = jpeg.encode({ width, height, data }, 82);
    return { bytes, filter: 'DCTDecode', colours: 'DeviceRGB', bits: 8 };
  }
  const row = Math.ceil(width / 2);
  const packed = new Uint8Array(row * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const shade = Math.round((data[(y * width + x) * 4 + 1] ?? 0) / 17);
      const at = y * row + (x >> 1);
      packed[at] = (packed[at] ?? 0) | (x % 2 === 0 ? shade << 4 : shade);
    }
  return { bytes: deflateSync(packed, { level: 6 }), filter: 'FlateDecode', colours: 'DeviceGray', bits: 4 };
};

/** The share of pixels that differ visibly between two pictures of a page, outside the given boxes. */
export const difference = (a: Picture, b: Picture, scale: number, outside: readonly Rect[]): number => {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let different = 0;
  for (let y = 0; y < a.height; y++)
    for (let x = 0; x < a.width; x++) {
      const at = (y * a.width + x) * 4 + 1;
      if (Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)) < 64) continue;
      const [px, py] = [x / scale, y / scale];
      if (outside.some((box) => px >= box.left && px <= box.right && py >= box.top && py <= box.bottom))
        continue;
      different++;
    }
  return different / (a.width * a.height);
};

/** Whether anything can be seen in a box of displayed points: text without ink is hidden text and is not kept. */
export const inked = ({ width, height, data }: Picture, scale: number, box: Rect): boolean => {
  let [lightest, darkest] = [0, 255];
  for (
    let y = Math.max(0, Math.floor(box.top * scale));
    y < Math.min(height, Math.ceil(box.bottom * scale));
    y++
  )
    for (
      let x = Math.max(0, Math.floor(box.left * scale));
      x < Math.min(width, Math.ceil(box.right * scale));
      x++
    ) {
      const shade = data[(y * width + x) * 4 + 1] ?? 0;
      lightest = Math.max(lightest, shade);
      darkest = Math.min(darkest, shade);
    }
  return lightest - darkest > 24;
};

/** Whether a place of displayed points, and a little around it, is white paper. */
export const isWhite = ({ width, height, data }: Picture, scale: number, place: Rect): boolean => {
  const around = 1.5;
  for (let y = Math.floor((place.top - around) * scale); y < Math.ceil((place.bottom + around) * scale); y++)
    for (
      let x = Math.floor((place.left - around) * scale);
      x < Math.ceil((place.right + around) * scale);
      x++
    ) {
      if (x < 0 || y < 0 || x >= width || y >= height) return false;
      const at = (y * width + x) * 4;
      if (Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) < 253) return false;
    }
  return true;
};
