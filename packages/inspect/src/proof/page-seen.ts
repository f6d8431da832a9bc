import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { type Drawing, draw } from '../pdf/drawing.ts';
import { discardEngine, type Engine, engine, readUtf16, withDocument } from '../pdf/engine.ts';
import { displayMatrix, type Matrix, type Rectangle, transform } from '../pdf/geometry.ts';
import { type PageCharacter, readCharacters } from '../pdf/page-characters.ts';
import { type PageObjects, readObjects } from '../pdf/page-objects.ts';

export type PageSeen = {
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly characters: readonly PageCharacter[];
  readonly objects: PageObjects;
  /** Form fields: where they stand and what they hold. A release has them as drawings. */
  readonly fields: readonly { readonly box: Rectangle; readonly value: string }[];
  /** Whether anything stands on the page that is not its content: fields, links, comments. */
  readonly annotated: boolean;
  /** Of a path: how many lines and curves it is made of. */
  segments(handle: number): number;
  /** Draws the page, as it is or without some of its objects. */
  draw(scale: number, annotations?: boolean, without?: readonly number[]): Drawing;
};

const WIDGET = 20;

const readFields = (running: Engine, page: number, display: Matrix): PageSeen['fields'] => {
  const { api, runtime, scratch } = running;
  const fields: { box: Rectangle; value: string }[] = [];
  for (let index = 0; index < api.FPDFPage_GetAnnotCount(page); index += 1) {
    const annotation = api.FPDFPage_GetAnnot(page, index);
    if (annotation === 0) continue;
    if (api.FPDFAnnot_GetSubtype(annotation) === WIDGET && api.FPDFAnnot_GetRect(annotation, scratch)) {
      const at = scratch >> 2;
      const [left = 0, top = 0, right = 0, bottom = 0] = runtime.HEAPF32.subarray(at, at + 4);
      const value = readUtf16(running, (buffer, bytes) =>
        api.FPDFAnnot_GetStringValue(annotation, 'V', buffer, bytes),
      );
      fields.push({ box: transform(display, left, bottom, right, top), value });
    }
    api.FPDFPage_CloseAnnot(annotation);
  }
  return fields;
};

/** Shows pages of a PDF to `look`, from 1 on: all of them, or those of `wanted` alone. */
export const seePages = async (
  path: string,
  length: number,
  wanted: ReadonlySet<number> | undefined,
  look: (page: PageSeen) => void,
): Promise<Result<number, Refusal>> => {
  const running = await engine();
  const { api } = running;
  try {
    const opened = withDocument(running, path, length, ({ handle }) => {
      const count = api.FPDF_GetPageCount(handle);
      for (let number = 1; number <= count; number += 1) {
        if (wanted !== undefined && !wanted.has(number)) continue;
        const page = api.FPDF_LoadPage(handle, number - 1);
        if (page === 0) return err(refusal('inspection-failed', { detail: `page ${number}` }));
        try {
          const width = api.FPDF_GetPageWidthF(page);
          const height = api.FPDF_GetPageHeightF(page);
          const display = displayMatrix(running, page, width, height);
          // Read when asked for: whoever only draws a page need not wait for its words.
          let characters: PageSeen['characters'] | undefined;
          let objects: PageSeen['objects'] | undefined;
          look({
            page: number,
            width,
            height,
            get characters() {
              characters ??= readCharacters(running, page, display);
              return characters;
            },
            get objects() {
              objects ??= readObjects(running, page, display);
              return objects;
            },
            fields: readFields(running, page, display),
            annotated: api.FPDFPage_GetAnnotCount(page) > 0,
            segments: (handle) => api.FPDFPath_CountSegments(handle),
            draw: (scale, annotations = true, without = []) => {
              for (const object of without) api.FPDFPageObj_SetIsActive(object, false);
              const drawing = draw(running, page, width, height, annotations, scale);
              for (const object of without) api.FPDFPageObj_SetIsActive(object, true);
              return drawing;
            },
          });
        } finally {
          api.FPDF_ClosePage(page);
        }
      }
      return ok(count);
    });
    if (opened.ok) return opened.value;
    return err(opened.error === 'password' ? refusal('encrypted') : refusal('damaged', { detail: 'PDF' }));
  } catch (error) {
    // As in `inspectPdf`: an abort inside WebAssembly is the file's fault, and the instance is spent.
    if (!(error instanceof Error) || error.name !== 'RuntimeError') throw error;
    discardEngine();
    return err(refusal('inspection-failed', { detail: error.message.slice(0, 120) }));
  }
};

export const centre = ({ box }: PageCharacter): { x: number; y: number } => ({
  x: (box.left + box.right) / 2,
  y: (box.top + box.bottom) / 2,
});

export const holds = (box: Rectangle, { x, y }: { x: number; y: number }): boolean =>
  x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
