import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';

/** Its own types lean on @types/emscripten for the heap; the view changes whenever memory grows, so never keep it. */
export type Engine = WrappedPdfiumModule & { readonly pdfium: { readonly HEAPU8: Uint8Array } };

let running: Promise<Engine> | undefined;

const start = async (): Promise<Engine> => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
  const bytes = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  const engine = (await init({ wasmBinary: bytes })) as Engine;
  engine.PDFiumExt_Init();
  return engine;
};

/** The one pdfium of this process, started on first use (about 60 ms). */
export const engine = (): Promise<Engine> => {
  running ??= start();
  return running;
};

/** After an abort inside WebAssembly the instance is unusable: the next call starts a new one. */
export const discardEngine = (): void => {
  running = undefined;
};

export const isAbort = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && thrown.name === 'RuntimeError';

/** Runs with `bytes` of WebAssembly memory, freed afterwards. */
export const withMemory = <T>(pdfium: Engine, bytes: number, use: (address: number) => T): T => {
  const address = pdfium.pdfium.wasmExports.malloc(bytes);
  try {
    return use(address);
  } finally {
    pdfium.pdfium.wasmExports.free(address);
  }
};

export const readFloats = (pdfium: Engine, address: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => pdfium.pdfium.getValue(address + 4 * i, 'float'));

export const readDoubles = (pdfium: Engine, address: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => pdfium.pdfium.getValue(address + 8 * i, 'double'));
