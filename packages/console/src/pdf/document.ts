import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { useEffect, useState } from 'react';
import { problemOf } from '../api/request.ts';

export type { PDFDocumentProxy, PDFPageProxy };

const resources = `${import.meta.env.BASE_URL}pdfjs/`;

/** pdf.js is fetched with the first document, not with the console. */
export const loadPdfJs = async () => {
  const pdfjs = await import('pdfjs-dist');
  const worker = await import('pdfjs-dist/build/pdf.worker.min.mjs?url');
  pdfjs.GlobalWorkerOptions.workerSrc = worker.default;
  return pdfjs;
};

export type Opened =
  | { readonly state: 'loading'; readonly part: number }
  | { readonly state: 'ready'; readonly document: PDFDocumentProxy }
  | { readonly state: 'failed'; readonly error: unknown };

/** The bytes of what the server makes only when it is asked, or its sentence why not. */
const made = async (url: string): Promise<ArrayBuffer> => {
  const response = await fetch(url);
  if (!response.ok) throw await problemOf(response);
  return response.arrayBuffer();
};

/**
 * Opens a PDF by range requests; only what is looked at is fetched. `whole`: in one piece, for what is made on request; or the
 * file itself, where it is here already.
 */
export const usePdf = (url: string, whole: boolean | Blob = false): Opened => {
  const [opened, setOpened] = useState<Opened>({ state: 'loading', part: 0 });
  useEffect(() => {
    let stopped = false;
    let stop = () => {};
    const open = async () => {
      const pdfjs = await loadPdfJs();
      const source = whole ? { data: await (whole === true ? made(url) : whole.arrayBuffer()) } : { url };
      if (stopped) return;
      const task = pdfjs.getDocument({
        ...source,
        cMapUrl: `${resources}cmaps/`,
        standardFontDataUrl: `${resources}standard_fonts/`,
        wasmUrl: `${resources}wasm/`,
        iccUrl: `${resources}iccs/`,
        disableAutoFetch: true,
        enableXfa: false,
      });
      stop = () => void task.destroy();
      task.onProgress = ({ loaded, total }: { loaded: number; total: number }) => {
        if (!stopped && total > 0)
          setOpened((now) => (now.state === 'loading' ? { ...now, part: loaded / total } : now));
      };
      const document = await task.promise;
      if (!stopped) setOpened({ state: 'ready', document });
    };
    setOpened({ state: 'loading', part: 0 });
    open().catch((error: unknown) => {
      if (!stopped) setOpened({ state: 'failed', error });
    });
    return () => {
      stopped = true;
      stop();
    };
  }, [url, whole]);
  return opened;
};
