import type { Engine } from './engine.ts';
import type { Rectangle } from './geometry.ts';

/** A page drawn by pdfium, four bytes a pixel. */
export type Drawing = {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
};

const mostPixels = 6_000_000;
const withAnnotations = 1;

/** @param scale pixels a point; lowered for very large pages. */
export const draw = (
  { api, runtime }: Engine,
  page: number,
  width: number,
  height: number,
  annotations: boolean,
  scale = 2,
): Drawing => {
  const fitting = Math.min(scale, Math.sqrt(mostPixels / Math.max(1, width * height)));
  const across = Math.max(1, Math.round(width * fitting));
  const down = Math.max(1, Math.round(height * fitting));
  const bitmap = api.FPDFBitmap_Create(across, down, 0);
  if (bitmap === 0) throw new Error('pdfium could not make a bitmap');
  try {
    api.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xffffffff);
    api.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, annotations ? withAnnotations : 0);
    const buffer = api.FPDFBitmap_GetBuffer(bitmap);
    return {
      pixels: runtime.HEAPU8.slice(buffer, buffer + across * down * 4),
      width: across,
      height: down,
      scale: fitting,
    };
  } finally {
    api.FPDFBitmap_Destroy(bitmap);
  }
};

/** How far two drawings differ inside a box: the strongest channel difference, and the sum over all pixels. */
export const difference = (
  one: Drawing,
  other: Drawing,
  box: Rectangle,
): { strongest: number; sum: number } => {
  const left = Math.max(0, Math.floor(box.left * one.scale));
  const right = Math.min(one.width, Math.ceil(box.right * one.scale));
  const top = Math.max(0, Math.floor(box.top * one.scale));
  const bottom = Math.min(one.height, Math.ceil(box.bottom * one.scale));
  let strongest = 0;
  let sum = 0;
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const at = (row * one.width + column) * 4;
      let most = 0;
      for (let channel = 0; channel < 3; channel++) {
        most = Math.max(most, Math.abs((one.pixels[at + channel] ?? 0) - (other.pixels[at + channel] ?? 0)));
      }
      strongest = Math.max(strongest, most);
      sum += most;
    }
  }
  return { strongest, sum };
};
