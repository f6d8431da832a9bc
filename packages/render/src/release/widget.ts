import { PDFArray, PDFDict, PDFName, PDFNumber, type PDFPage, PDFRef, PDFStream } from 'pdf-lib';
import { addResource, layOver } from '../layer/index.ts';

const name = (text: string): PDFName => PDFName.of(text);
const HIDDEN = 2 | 32; // Hidden, NoView

const numbers = (array: unknown): number[] =>
  array instanceof PDFArray ? array.asArray().map((it) => (it instanceof PDFNumber ? it.asNumber() : 0)) : [];

/** The stream that a widget shows now, e.g. the ticked state of a box. */
const appearance = (widget: PDFDict): { ref: PDFRef; stream: PDFStream } | undefined => {
  const states = widget.lookup(name('AP'));
  if (!(states instanceof PDFDict)) return undefined;
  const normal = states.lookup(name('N'));
  const state = widget.lookup(name('AS'));
  const holder = normal instanceof PDFStream ? states : normal;
  if (!(holder instanceof PDFDict)) return undefined;
  const key = normal instanceof PDFStream ? name('N') : state instanceof PDFName ? state : undefined;
  const ref = key === undefined ? undefined : holder.get(key);
  const stream = key === undefined ? undefined : holder.lookup(key);
  return ref instanceof PDFRef && stream instanceof PDFStream ? { ref, stream } : undefined;
};

/** The matrix that brings an appearance into its rectangle (ISO 32000-1, 12.5.5, algorithm 8.1). */
const placement = (stream: PDFStream, rect: readonly number[]): number[] | undefined => {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers(stream.dict.lookup(name('BBox')));
  const matrix = numbers(stream.dict.lookup(name('Matrix')));
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix;
  const corners = [x1, x2].flatMap((x) =>
    [y1, y2].map((y) => [a * x + c * y + e, b * x + d * y + f] as const),
  );
  const [left, right] = [Math.min(...corners.map(([x]) => x)), Math.max(...corners.map(([x]) => x))];
  const [bottom, top] = [Math.min(...corners.map(([, y]) => y)), Math.max(...corners.map(([, y]) => y))];
  const [r1 = 0, r2 = 0, r3 = 0, r4 = 0] = rect;
  if (right <= left || top <= bottom) return undefined;
  const [sx, sy] = [Math.abs(r3 - r1) / (right - left), Math.abs(r4 - r2) / (top - bottom)];
  return [sx, 0, 0, sy, Math.min(r1, r3) - left * sx, Math.min(r2, r4) - bottom * sy];
};

/** Draws the form fields of a page into its content as they look now; what is hidden is not drawn. */
export const flattenWidgets = (page: PDFPage): void => {
  const annotations = page.node.lookup(name('Annots'));
  if (!(annotations instanceof PDFArray)) return;
  const drawing: string[] = [];
  for (let i = 0; i < annotations.size(); i++) {
    const widget = annotations.lookup(i);
    if (!(widget instanceof PDFDict) || widget.lookup(name('Subtype')) !== name('Widget')) continue;
    const flags = widget.lookup(name('F'));
    if (flags instanceof PDFNumber && (flags.asNumber() & HIDDEN) !== 0) continue;
    const shown = appearance(widget);
    const matrix = shown && placement(shown.stream, numbers(widget.lookup(name('Rect'))));
    if (shown === undefined || matrix === undefined) continue;
    shown.stream.dict.set(name('Type'), name('XObject'));
    shown.stream.dict.set(name('Subtype'), name('Form'));
    const key = addResource(page, 'XObject', 'Field', shown.ref);
    drawing.push(`q ${matrix.map((it) => it.toFixed(5)).join(' ')} cm ${key.toString()} Do Q`);
  }
  if (drawing.length > 0) layOver(page, drawing.join('\n'));
};
