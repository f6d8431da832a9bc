import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A font as pdf.js hands it on: mended and wrapped as OpenType, whatever the PDF had. */
export type ReadFont = {
  readonly loadedName: string;
  readonly name: string;
  readonly data?: Uint8Array;
  readonly missingFile?: boolean;
  readonly isType3Font?: boolean;
  readonly vertical?: boolean;
  readonly fontMatrix?: readonly number[];
};
export type ReadGlyph = {
  readonly fontChar: string;
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
  readonly isInFont: boolean;
  readonly accent?: object | null;
};
/** Kinds as pdf.js numbers them: 1 one bit a pixel, 2 RGB, 3 RGBA. */
export type ReadImage = {
  readonly width: number;
  readonly height: number;
  readonly kind?: number;
  readonly data?: Uint8Array | Uint8ClampedArray | undefined;
};
/** With `then` it waits until the worker has it. */
type Store = { get(id: string, then?: (value: unknown) => void): unknown };
export type ReadPage = {
  readonly view: readonly number[];
  readonly rotate: number;
  readonly commonObjs: Store;
  readonly objs: Store;
  getViewport(wanted: { scale: number }): {
    readonly transform: readonly number[];
    readonly width: number;
    readonly height: number;
  };
  getOperatorList(
    wanted: object,
  ): Promise<{ readonly fnArray: readonly number[]; readonly argsArray: unknown[][] }>;
  cleanup(): boolean;
};
type PdfJs = {
  readonly VerbosityLevel: { readonly ERRORS: number };
  readonly OPS: Readonly<Record<string, number>>;
  getDocument(source: object): {
    readonly promise: Promise<{ readonly numPages: number; getPage(number: number): Promise<ReadPage> }>;
    destroy(): Promise<void>;
  };
};

const require = createRequire(import.meta.url);
const folder = (name: string): string => join(dirname(require.resolve('pdfjs-dist/package.json')), name, '/');

/** Reads the content of pages with pdf.js: operators told one by one, with every font and picture they name. */
export const withOperators = async <T>(
  bytes: Uint8Array,
  use: (page: (number: number) => Promise<ReadPage>, names: ReadonlyMap<number, string>) => Promise<T>,
): Promise<T> => {
  const pdfjs = (await import('pdfjs-dist/legacy/build/pdf.mjs' as string)) as PdfJs;
  const opening = pdfjs.getDocument({
    data: Uint8Array.from(bytes), // pdf.js takes the buffer away
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    isEvalSupported: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    disableFontFace: true,
    fontExtraProperties: true,
    useSystemFonts: false,
    cMapUrl: folder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    iccUrl: folder('iccs'),
  });
  try {
    const document = await opening.promise;
    const names = new Map(Object.entries(pdfjs.OPS).map(([name, number]) => [number, name]));
    return await use((number) => document.getPage(number), names);
  } finally {
    await opening.destroy();
  }
};
