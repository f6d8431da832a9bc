import type { ReadImage } from './second-reader.ts';
import { Unsaid } from './unsaid.ts';

/** Rows of RGBA, whatever pdf.js has. */
export const pixelsOf = ({ width, height, kind, data }: ReadImage): Uint8Array => {
  if (data === undefined || !(width > 0 && height > 0)) throw new Unsaid('picture without data');
  const rgba = new Uint8Array(width * height * 4);
  if (kind === 1) {
    const row = (width + 7) >> 3;
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const shade = ((data[y * row + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1 ? 255 : 0;
        rgba.set([shade, shade, shade, 255], (y * width + x) * 4);
      }
  } else if (kind === 2)
    for (let i = 0; i < width * height; i += 1)
      rgba.set([data[i * 3] ?? 0, data[i * 3 + 1] ?? 0, data[i * 3 + 2] ?? 0, 255], i * 4);
  else if (kind === 3) rgba.set(data.subarray(0, rgba.length));
  else throw new Unsaid(`picture of kind ${kind}`);
  return rgba;
};
