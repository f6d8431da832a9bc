import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { discardEngine, type Engine, engine, isAbort } from './engine.ts';
import { Page } from './page.ts';

export * from './geometry.ts';
export { type Character, Page, type PageObject, type Picture } from './page.ts';

const PASSWORD_ERROR = 4;

/** A PDF opened in pdfium. Lives in WebAssembly memory until `close`. */
export class OpenPdf {
  readonly pages: number;
  readonly #pdfium: Engine;
  readonly #document: number;
  readonly #memory: number;

  constructor(pdfium: Engine, document: number, memory: number) {
    this.#pdfium = pdfium;
    this.#document = document;
    this.#memory = memory;
    this.pages = pdfium.FPDF_GetPageCount(document);
  }

  /** Runs with page `number` (from 1); undefined when pdfium cannot load it. */
  withPage<T>(number: number, use: (page: Page) => T): T | undefined {
    const handle = this.#pdfium.FPDF_LoadPage(this.#document, number - 1);
    if (handle === 0) return undefined;
    const page = new Page(this.#pdfium, handle, number);
    try {
      return use(page);
    } finally {
      page.close();
    }
  }

  /** The document written whole, as pdfium understands it: no encryption, no earlier revisions, a sound xref. */
  save(): Uint8Array {
    const pdfium = this.#pdfium;
    pdfium.EPDF_RemoveEncryption(this.#document);
    const writer = pdfium.PDFiumExt_OpenFileWriter();
    try {
      pdfium.PDFiumExt_SaveAsCopy(this.#document, writer);
      const size = pdfium.PDFiumExt_GetFileWriterSize(writer);
      const at = pdfium.pdfium.wasmExports.malloc(size);
      pdfium.PDFiumExt_GetFileWriterData(writer, at, size);
      const bytes = pdfium.pdfium.HEAPU8.slice(at, at + size);
      pdfium.pdfium.wasmExports.free(at);
      return bytes;
    } finally {
      pdfium.PDFiumExt_CloseFileWriter(writer);
    }
  }

  close(): void {
    this.#pdfium.FPDF_CloseDocument(this.#document);
    this.#pdfium.pdfium.wasmExports.free(this.#memory);
  }
}

const openIn = (pdfium: Engine, bytes: Uint8Array): Result<OpenPdf, Refusal> => {
  const memory = pdfium.pdfium.wasmExports.malloc(bytes.length);
  if (memory === 0) return err(refusal('out-of-memory'));
  pdfium.pdfium.HEAPU8.set(bytes, memory);
  const document = pdfium.FPDF_LoadMemDocument(memory, bytes.length, '');
  if (document === 0) {
    const code = pdfium.FPDF_GetLastError();
    pdfium.pdfium.wasmExports.free(memory);
    return err(
      code === PASSWORD_ERROR ? refusal('encrypted') : refusal('damaged', { detail: `pdfium ${code}` }),
    );
  }
  const open = new OpenPdf(pdfium, document, memory);
  if (open.pages > 0) return ok(open);
  open.close();
  return err(refusal('no-pages'));
};

/**
 * Opens a PDF, uses it, closes it. Refuses `encrypted`, `damaged`, `no-pages`; a crash inside pdfium is the file's
 * fault (`damaged`), and the engine starts afresh for the next file.
 */
export const withPdf = async <T>(
  bytes: Uint8Array,
  use: (pdf: OpenPdf) => T,
): Promise<Result<T, Refusal>> => {
  let opened: Result<OpenPdf, Refusal> | undefined;
  try {
    opened = openIn(await engine(), bytes);
    if (!opened.ok) return opened;
    const value = use(opened.value);
    opened.value.close();
    return ok(value);
  } catch (thrown) {
    if (isAbort(thrown)) {
      discardEngine();
      return err(refusal('damaged', { detail: thrown.message }));
    }
    if (opened?.ok) opened.value.close();
    throw thrown;
  }
};
