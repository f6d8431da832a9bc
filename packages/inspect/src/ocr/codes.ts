import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { Drawing } from '../pdf/drawing.ts';

/** 二维码、条形码: what stands in one, and where (pixels). */
export type Code = {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

let ready: Promise<unknown> | undefined;
const prepare = async (): Promise<void> => {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasm = await readFile(path);
  await prepareZXingModule({
    // Else it would be fetched from the web.
    overrides: {
      wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer,
    },
    fireImmediately: true,
  });
};

/** Reads the codes in a drawn page. */
export const readCodes = async ({ pixels, width, height }: Drawing): Promise<readonly Code[]> => {
  ready ??= prepare();
  await ready;
  const found = await readBarcodes(
    { data: new Uint8ClampedArray(pixels), width, height, colorSpace: 'srgb' } as Parameters<
      typeof readBarcodes
    >[0],
    { tryHarder: true, maxNumberOfSymbols: 50 },
  );
  return found
    .filter(({ isValid, text }) => isValid && text !== '')
    .map(({ text, position: { topLeft, topRight, bottomLeft, bottomRight } }) => {
      const corners = [topLeft, topRight, bottomLeft, bottomRight];
      return {
        text,
        left: Math.min(...corners.map(({ x }) => x)),
        right: Math.max(...corners.map(({ x }) => x)),
        top: Math.min(...corners.map(({ y }) => y)),
        bottom: Math.max(...corners.map(({ y }) => y)),
      };
    });
};
