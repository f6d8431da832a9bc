import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Drawing } from '../pdf/drawing.ts';

/** The parts of pdf.js and its canvas that are used here; both are loaded when first needed. */
type Viewport = { readonly width: number; readonly height: number };
type PdfJsPage = {
  getViewport(wanted: { scale: number }): Viewport;
  render(wanted: object): { readonly promise: Promise<void> };
  getTextContent(): Promise<{ readonly items: readonly { readonly str?: string }[] }>;
  cleanup(): boolean;
};
type PdfJs = {
  readonly VerbosityLevel: { readonly ERRORS: number };
  getDocument(source: object): {
    readonly promise: Promise<{ readonly numPages: number; getPage(number: number): Promise<PdfJsPage> }>;
    destroy(): Promise<void>;
  };
};

export type SecondPage = {
  readonly text: string;
  draw(scale: number): Promise<Drawing>;
};

const require = createRequire(import.meta.url);
const folder = (name: string): string => join(dirname(require.resolve('pdfjs-dist/package.json')), name, '/');

/** Reads pages with pdf.js: another parser, another rasteriser (Skia) than pdfium's. */
export const withSecondEngine = async <T>(
  bytes: Uint8Array,
  use: (page: (number: number) => Promise<SecondPage>) => Promise<T>,
): Promise<T> => {
  const { createCanvas } = await import('@napi-rs/canvas');
  const pdfjs = (await import('pdfjs-dist/legacy/build/pdf.mjs' as string)) as PdfJs;
  const opening = pdfjs.getDocument({
    data: Uint8Array.from(bytes), // pdf.js takes the buffer away
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    cMapUrl: folder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    iccUrl: folder('iccs'),
  });
  try {
    const document = await opening.promise;
    return await use(async (number) => {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      return {
        text: items.map(({ str = '' }) => str).join(''),
        draw: async (scale) => {
          const viewport = page.getViewport({ scale });
          const [width, height] = [Math.round(viewport.width), Math.round(viewport.height)];
          const canvas = createCanvas(width, height);
          await page.render({ canvas, canvasContext: canvas.getContext('2d'), viewport, background: 'white' })
            .promise;
          const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
          return { pixels: Uint8Array.from(data), width, height, scale };
        },
      };
    });
  } finally {
    await opening.destroy();
  }
};
