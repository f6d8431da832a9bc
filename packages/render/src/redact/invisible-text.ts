import type { PDFDocument, PDFRef } from 'pdf-lib';
import { type Character, type Frame, uprightAt } from '../pdfium/index.ts';
import { DESCENT, unseenFont } from '../text-layer/index.ts';

/** Puts characters back on a page of pixels, unseen, where they stood: rendering mode 3, one matrix a character. */
export const invisibleText = (
  document: PDFDocument,
  frame: Frame,
  characters: readonly Character[],
): { font: PDFRef; operators: (font: string) => string } => {
  const square = (text: string) => ({ text, steps: 20 }); // an em
  const { font, codeOf } = unseenFont(
    document,
    characters.map(({ text }) => square(text)),
  );
  const shown = characters.flatMap(({ text, line }) => {
    const [width, height] = [line.right - line.left, line.bottom - line.top];
    if (width <= 0 || height <= 0) return [];
    const [a, b, c, d, e, f] = uprightAt(frame, line.left, line.bottom - (DESCENT / 1000) * height);
    const matrix = [a * width, b * width, c * height, d * height, e, f].map((it) => it.toFixed(2));
    return [`${matrix.join(' ')} Tm <${codeOf(square(text))}> Tj`];
  });
  return { font, operators: (key) => `BT 3 Tr ${key} 1 Tf\n${shown.join('\n')}\nET` };
};
