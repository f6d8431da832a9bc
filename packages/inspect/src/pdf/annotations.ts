import type { Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { innerPage, normalise } from '../text/normalised-text.ts';
import { searchText } from '../text/search-text.ts';
import { type Engine, type PdfDocument, readUtf16 } from './engine.ts';
import { type Matrix, type Rectangle, transform } from './geometry.ts';
import { linkFinding } from './links.ts';

const subtype = { link: 2, redact: 28, widget: 20, popup: 16 };
const carriesFile: Readonly<Record<number, string>> = {
  17: 'FileAttachment',
  18: 'Sound',
  19: 'Movie',
  21: 'Screen',
  25: '3D',
  26: 'RichMedia',
};
/** Subtypes that paint over the page: FreeText, Square, Circle, Polygon, Highlight, Stamp, Ink, Redact, Line. */
const paints = new Set([3, 4, 5, 6, 7, 8, 9, 13, 15, 28]);

export type PageAnnotations = {
  readonly findings: readonly Finding[];
  /** What may lie over text. */
  readonly over: readonly Rectangle[];
  /** Redact annotations that nobody applied: the text under them is still there. */
  readonly unapplied: readonly Rectangle[];
};

const why = {
  comment: {
    zh: '批注会随文件公开，或其内容未经处理。请确认后处理。',
    en: 'An annotation would be published with the file. Look at it and decide.',
  },
  form: { zh: '表单域中填有内容。', en: 'A form field holds a value.' },
  file: {
    zh: '页面上附有其他文件或媒体，未经检查。',
    en: 'Another file or media is attached to the page; it was not searched.',
  },
};

const stringValue = (engine: Engine, annotation: number, key: string): string =>
  readUtf16(engine, (buffer, bytes) => engine.api.FPDFAnnot_GetStringValue(annotation, key, buffer, bytes));

const rectangle = ({ api, runtime, scratch }: Engine, annotation: number, display: Matrix): Rectangle => {
  api.FPDFAnnot_GetRect(annotation, scratch);
  const at = scratch >> 2;
  const heap = runtime.HEAPF32; // left, top, right, bottom
  return transform(display, heap[at] ?? 0, heap[at + 1] ?? 0, heap[at + 2] ?? 0, heap[at + 3] ?? 0);
};

/** Comments, form values, links and files on one page. */
export const readAnnotations = (
  document: PdfDocument,
  page: number,
  pageNumber: number,
  display: Matrix,
): PageAnnotations => {
  const { engine } = document;
  const { api } = engine;
  const findings: Finding[] = [];
  const over: Rectangle[] = [];
  const unapplied: Rectangle[] = [];
  const count = api.FPDFPage_GetAnnotCount(page);
  for (let index = 0; index < count; index++) {
    const annotation = api.FPDFPage_GetAnnot(page, index);
    if (annotation === 0) continue;
    try {
      const type = api.FPDFAnnot_GetSubtype(annotation);
      const box = rectangle(engine, annotation, display);
      const boxes = [
        {
          page: pageNumber,
          x: box.left,
          y: box.top,
          width: box.right - box.left,
          height: box.bottom - box.top,
        },
      ];
      const ordinal = index;
      if (paints.has(type)) over.push(box);
      if (type === subtype.redact) unapplied.push(box);
      if (type === subtype.link) {
        const found = linkFinding(document, annotation, boxes);
        if (found) findings.push(found);
        continue;
      }
      const file = carriesFile[type];
      if (file !== undefined) {
        findings.push(
          makeFinding({
            kind: 'attachment',
            severity: 'high',
            rule: 'pdf-attachment',
            sure: 1,
            text: `${file} ${stringValue(engine, annotation, 'Contents')}`.trim(),
            boxes,
            ordinal,
            why: why.file,
            removedByRender: true,
          }),
        );
        continue;
      }
      // A box that is not ticked says nothing.
      const written = type === subtype.widget ? stringValue(engine, annotation, 'V') : '';
      const value = written === 'Off' ? '' : written;
      // Some programs keep a comment as rich text alone.
      const contents =
        type === subtype.popup
          ? ''
          : stringValue(engine, annotation, 'Contents') ||
            stringValue(engine, annotation, 'RC')
              .replace(/<[^>]*>/g, ' ')
              .trim();
      const text = type === subtype.widget ? value : contents;
      if (text.trim() !== '') {
        const kind = type === subtype.widget ? 'form-value' : 'comment';
        const rule = type === subtype.widget ? 'pdf-form-value' : 'pdf-annotation';
        findings.push(
          makeFinding({
            kind,
            severity: 'medium',
            rule,
            sure: 1,
            text,
            boxes,
            ordinal,
            why: type === subtype.widget ? why.form : why.comment,
          }),
        );
        findings.push(...searchText(normalise(text, innerPage), `page ${pageNumber} ${kind}`, () => boxes));
      }
    } finally {
      api.FPDFPage_CloseAnnot(annotation);
    }
  }
  return { findings, over, unapplied };
};
