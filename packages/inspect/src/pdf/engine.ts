import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';

/** The parts of Emscripten's module that we use; the package's own types lean on ambient ones. */
type Runtime = {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU16: Uint16Array;
  readonly HEAP32: Int32Array;
  readonly HEAPU32: Uint32Array;
  readonly HEAPF32: Float32Array;
  readonly HEAPF64: Float64Array;
  addFunction(callback: (...numbers: number[]) => number, signature: string): number;
  removeFunction(pointer: number): void;
  readonly wasmExports: {
    malloc(size: number): number;
    free(pointer: number): void;
    FPDFPageObjMark_GetParamValueType(mark: number, name: number): number;
  };
};

export type Engine = {
  readonly api: WrappedPdfiumModule;
  /** The heap moves when it grows: always read it through here. */
  readonly runtime: Runtime;
  /** 64 bytes for results that pdfium writes through pointers. */
  readonly scratch: number;
};

let running: Promise<Engine> | undefined;

/**
 * Called for every character or object of a page. The package puts Emscripten's `ccall` and its checks between; these take
 * and return numbers only and can be called as WebAssembly exports them (measured: a third of the time).
 */
const hot = {
  boolean: [
    'FPDFText_GetCharBox',
    'FPDFPageObj_GetBounds',
    'FPDFPageObj_GetFillColor',
    'FPDFPageObj_GetMatrix',
    'FPDFPageObj_GetStrokeWidth',
    'FPDFPageObj_SetIsActive',
    'FPDFPath_GetDrawMode',
    'FPDFPathSegment_GetPoint',
  ],
  number: [
    'FPDFText_GetUnicode',
    'FPDFText_GetTextObject',
    'FPDFPage_GetObject',
    'FPDFPageObj_GetType',
    'FPDFPageObj_GetClipPath',
    'FPDFPageObj_CountMarks',
    'FPDFPageObj_GetMark',
    'FPDFClipPath_CountPaths',
    'FPDFClipPath_CountPathSegments',
    'FPDFClipPath_GetPathSegment',
    'FPDFTextObj_GetTextRenderMode',
    'FPDFPath_CountSegments',
  ],
} as const;

const unwrapHot = (api: WrappedPdfiumModule): void => {
  const { wasmExports } = api.pdfium as unknown as {
    wasmExports: Record<string, ((...numbers: number[]) => number) | undefined>;
  };
  for (const name of hot.number) if (wasmExports[name]) Object.assign(api, { [name]: wasmExports[name] });
  for (const name of hot.boolean) {
    const direct = wasmExports[name];
    if (direct) Object.assign(api, { [name]: (...numbers: number[]) => direct(...numbers) !== 0 });
  }
};

const start = async (): Promise<Engine> => {
  const wasm = createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm');
  const bytes = await readFile(wasm);
  const wasmBinary = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const api = await init({ wasmBinary });
  api.PDFiumExt_Init();
  unwrapHot(api);
  const runtime = api.pdfium as unknown as Runtime;
  return { api, runtime, scratch: runtime.wasmExports.malloc(64) };
};

/** The pdfium of this process, started at the first call (about 40 ms). */
export const engine = (): Promise<Engine> => {
  running ??= start();
  return running;
};

/** After an abort the instance's memory cannot be trusted: the next call starts a new one. */
export const discardEngine = (): void => {
  running = undefined;
};

/** UTF-16LE as pdfium returns it: `call` gets a buffer and its size in bytes and answers the size it needs. */
export const readUtf16 = (
  { runtime }: Engine,
  call: (buffer: number, bytes: number) => number,
  longest = 200_000,
): string => {
  const size = Math.min(call(0, 0), longest * 2);
  if (size <= 2) return '';
  const buffer = runtime.wasmExports.malloc(size);
  try {
    call(buffer, size);
    const text = Buffer.from(runtime.HEAPU8.subarray(buffer, buffer + size)).toString('utf16le');
    const end = text.indexOf('\u0000');
    return end === -1 ? text : text.slice(0, end);
  } finally {
    runtime.wasmExports.free(buffer);
  }
};

export type PdfDocument = { readonly engine: Engine; readonly handle: number };
export type OpenFailure = 'password' | 'damaged';

/**
 * Opens the first `length` bytes of the file as a PDF and gives it to `use`. pdfium asks for blocks, so the
 * file is never in memory as a whole.
 */
export const withDocument = <T>(
  engineNow: Engine,
  path: string,
  length: number,
  use: (document: PdfDocument) => T,
): { ok: true; value: T } | { ok: false; error: OpenFailure } => {
  const { api, runtime } = engineNow;
  const file = openSync(path, 'r');
  const read = (_: number, position: number, buffer: number, size: number): number => {
    const start = position >>> 0;
    if (start + size > length) return 0;
    let done = 0;
    while (done < size) {
      const got = readSync(file, runtime.HEAPU8, buffer + done, size - done, start + done);
      if (got === 0) return 0;
      done += got;
    }
    return 1;
  };
  const callback = runtime.addFunction(
    (...numbers) => read(numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, numbers[3] ?? 0),
    'iiiii',
  );
  const access = runtime.wasmExports.malloc(12);
  runtime.HEAPU32[access >> 2] = length;
  runtime.HEAPU32[(access >> 2) + 1] = callback;
  runtime.HEAPU32[(access >> 2) + 2] = 0;
  let handle = 0;
  try {
    handle = api.FPDF_LoadCustomDocument(access, '');
    if (handle === 0) {
      const FPDF_ERR_PASSWORD = 4;
      const FPDF_ERR_SECURITY = 5;
      const code = api.FPDF_GetLastError();
      return {
        ok: false,
        error: code === FPDF_ERR_PASSWORD || code === FPDF_ERR_SECURITY ? 'password' : 'damaged',
      };
    }
    const value = use({ engine: engineNow, handle });
    api.FPDF_CloseDocument(handle);
    return { ok: true, value };
  } finally {
    // After an abort these would throw over the first error; the instance is discarded then anyway.
    try {
      runtime.wasmExports.free(access);
      runtime.removeFunction(callback);
    } catch {}
    closeSync(file);
  }
};
