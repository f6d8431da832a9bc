/**
 * LibreOffice 24.8 as WebAssembly, driven through its LibreOfficeKit C interface. One per process, once started it
 * stays warm. It blocks the thread while it works, hangs on some files and keeps its memory: run it in a Cage.
 *
 * Why not the package's own wrapper: as shipped nothing comes back (reference/pdf.md §3.2). Three things are done
 * differently here, all in memory, so that no patched copy of a 444 KB line has to be kept:
 * 1. `pthreadPoolSize` is 16, not 4: when the pool is empty, LibreOffice waits for a thread that can only be started
 *    after it has returned.
 * 2. Of 137 bundled fonts only the ones that stand in for Word's Latin fonts are kept; scanning all stalled for 50 s.
 * 3. `documentDestroy` is never called: it hangs. The Cage replaces the process instead.
 */
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { type FontFile, fontFiles } from '../fonts/index.ts';
import { fontconfig } from './font-names.ts';

type Pointer = number;
/** The part of Emscripten's module and of LibreOfficeKit's shims that is used here. */
type Soffice = {
  readonly FS: {
    writeFile(path: string, bytes: Uint8Array | string): void;
    readFile(path: string): Uint8Array;
    unlink(path: string): void;
    mkdir(path: string): void;
    analyzePath(path: string): { exists: boolean };
  };
  readonly HEAPU8: Uint8Array;
  UTF8ToString(at: Pointer): string;
  _malloc(bytes: number): Pointer;
  _free(at: Pointer): void;
  _libreofficekit_hook(installation: Pointer): Pointer;
  _lok_getError(office: Pointer): Pointer;
  _lok_documentLoad(office: Pointer, url: Pointer): Pointer;
  _lok_documentGetDocumentType(document: Pointer): number;
  _lok_documentGetCommandValues(document: Pointer, command: Pointer): Pointer;
  _lok_documentSaveAs(document: Pointer, url: Pointer, format: Pointer, options: Pointer): number;
};

export type Office = {
  /**
   * Opens a document and gives it to `use`. `extension` decides which import filter is tried first. Returns what
   * LibreOffice says when it cannot open it.
   */
  open<T>(
    bytes: Uint8Array,
    extension: string,
    use: (document: OfficeDocument) => T,
  ): T | { readonly refused: string };
};
export type OfficeDocument = {
  /** What it was opened as. LibreOffice opens nearly anything as text when no other filter wants it. */
  readonly kind: 'text' | 'spreadsheet' | 'presentation' | 'other';
  /** How many tracked changes it still holds; 0 for anything but text documents. */
  trackedChanges(): number;
  /** Undefined when LibreOffice wrote nothing. */
  save(format: 'pdf' | 'docx', options?: object): Uint8Array | undefined;
};

const kinds = ['text', 'spreadsheet', 'presentation'] as const; // LibreOfficeKitDocumentType
const poolSize = 16;
const keptFonts = /Liberation|Carlito|Caladea|opens___/;
const fontFolder = '/instdir/share/fonts/truetype';

/** Fails loudly when another version of the package does not look as expected. */
const replaceOnce = (text: string, old: string, by: string): string => {
  if (text.split(old).length !== 2) throw new Error(`soffice.cjs is not the one we know: ${old}`);
  return text.replace(old, by);
};
const patched = (source: string): string => {
  const pooled = replaceOnce(source, 'var pthreadPoolSize=4;', `var pthreadPoolSize=${poolSize};`);
  return pooled.replace(
    /\{filename:"\/instdir\/share\/fonts\/truetype\/([^"]*)",start:\d+,end:\d+\},/g,
    (entry, name: string) => (keptFonts.test(name) ? entry : ''),
  );
};

/** Reads the one file that Emscripten asks for over "HTTP": soffice.data, beside the program. */
const requestFrom = (folder: string) =>
  class {
    #name = '';
    status = 0;
    response: ArrayBuffer | undefined;
    onload: ((event: object) => void) | undefined;
    open(_method: string, url: string): void {
      this.#name = basename(url);
    }
    send(): void {
      const { buffer, byteOffset, byteLength } = readFileSync(join(folder, this.#name));
      this.response = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
      this.status = 200;
      this.onload?.({});
    }
  };

const load = async (): Promise<Soffice> => {
  // Only V8's quick compiler: the optimising one costs a third more time and 0.3 GB, and does not pay back even over
  // 700 pages (measured). It applies to the whole process, which is one more reason for a Cage.
  setFlagsFromString('--liftoff-only');
  const require = createRequire(import.meta.url);
  const program = join(dirname(require.resolve('@matbee/libreoffice-converter/wasm/loader')), 'soffice.cjs');
  const folder = dirname(program);
  let runs: () => void = () => {};
  const running = new Promise<void>((resolve) => {
    runs = resolve;
  });
  const options = {
    wasmBinary: readFileSync(join(folder, 'soffice.wasm')),
    locateFile: (name: string) => join(folder, name),
    print: () => {},
    printErr: () => {},
    onRuntimeInitialized: () => runs(),
  };
  Object.assign(globalThis, {
    Module: options,
    XMLHttpRequest: requestFrom(folder),
    Worker: class extends Worker {
      constructor(file: string, more?: object) {
        super(isAbsolute(file) ? file : join(folder, basename(file)), more);
      }
    },
  });
  // The class behind `require`, with the one method that compiles text as if it were that file.
  const program_ = new Module(program) as Module & { _compile(source: string, file: string): void };
  program_.filename = program;
  program_._compile(patched(readFileSync(program, 'utf8')), program);
  await running;
  return (globalThis as unknown as { Module: Soffice }).Module; // Emscripten has filled it in
};

const start = async (fonts: readonly FontFile[]): Promise<Office> => {
  const soffice = await load();
  const { FS } = soffice;
  const string = (text: string): Pointer => {
    const bytes = new TextEncoder().encode(`${text}\0`);
    const at = soffice._malloc(bytes.length);
    soffice.HEAPU8.set(bytes, at);
    return at;
  };
  const withStrings = <T>(texts: readonly string[], use: (...at: Pointer[]) => T): T => {
    const pointers = texts.map(string);
    try {
      return use(...pointers);
    } finally {
      for (const at of pointers) soffice._free(at);
    }
  };
  for (const { path } of fonts) FS.writeFile(`${fontFolder}/${basename(path)}`, readFileSync(path));
  FS.writeFile('/instdir/share/fontconfig/conf.d/01-gongkai.conf', fontconfig(fonts));
  if (!FS.analyzePath('/tmp').exists) FS.mkdir('/tmp');
  const office = withStrings(['/instdir/program'], (at = 0) => soffice._libreofficekit_hook(at));
  if (office === 0) throw new Error('LibreOffice did not start');
  let count = 0;

  const remove = (path: string): void => {
    if (FS.analyzePath(path).exists) FS.unlink(path);
  };
  const view = (document: Pointer): OfficeDocument => ({
    kind: kinds[soffice._lok_documentGetDocumentType(document)] ?? 'other',
    trackedChanges: () => {
      if (soffice._lok_documentGetDocumentType(document) !== 0) return 0;
      const answer = withStrings(['.uno:AcceptTrackedChanges'], (at = 0) =>
        soffice._lok_documentGetCommandValues(document, at),
      );
      const { redlines }: { redlines: unknown[] } = JSON.parse(soffice.UTF8ToString(answer));
      return redlines.length;
    },
    save: (format, options = {}) => {
      const path = `/tmp/out-${count}.${format}`;
      const text = Object.keys(options).length === 0 ? '' : JSON.stringify(options);
      const saved = withStrings([`file://${path}`, format, text], (url = 0, as = 0, more = 0) =>
        soffice._lok_documentSaveAs(document, url, as, more),
      );
      if (saved === 0 || !FS.analyzePath(path).exists) return undefined;
      const bytes = FS.readFile(path).slice();
      remove(path);
      return bytes;
    },
  });
  return {
    open: (bytes, extension, use) => {
      const path = `/tmp/in-${++count}.${extension}`;
      FS.writeFile(path, bytes);
      const document = withStrings([`file://${path}`], (url = 0) => soffice._lok_documentLoad(office, url));
      try {
        if (document === 0) return { refused: soffice.UTF8ToString(soffice._lok_getError(office)) };
        return use(view(document));
      } finally {
        remove(path);
      }
    },
  };
};

let warm: Promise<Office> | undefined;
/** The one LibreOffice of this process: 3 s and 1.5 GB the first time, ten times as long on a machine that is busy. */
export const libreOffice = (): Promise<Office> => {
  warm ??= start(fontFiles());
  return warm;
};
