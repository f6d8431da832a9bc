import { ok, type ReadLetter, type RecognisedPage, type Refusal, type Result } from '@gongkai/core';
import type { PDFDocument } from 'pdf-lib';
import { addResource, layOver } from '../layer/index.ts';
import { type Frame, overlap, type Page, type Rect, uprightAt, withPdf } from '../pdfium/index.ts';
import { DESCENT, STEP, stepsOf, type Unseen, unseenFont } from './glyphless.ts';
import { type Cell, linesOf, type ReadLine } from './lines.ts';

export { DESCENT, unseenFont } from './glyphless.ts';

/** A page with more letters of its own is no picture, whatever stands on it (inspection: `fewCharacters`). */
const fewCharacters = 40;
/** Fonts of at most so many pages each: a font has room for 65,535 letters. */
const pagesAFont = 40;

const rectOf = ({ x, y, width, height }: ReadLetter): Rect => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
});

const holds = ({ left, top, right, bottom }: Rect, { x, y, width, height }: ReadLetter): boolean => {
  const [across, down] = [x + width / 2, y + height / 2];
  return across >= left && across <= right && down >= top && down <= bottom;
};

/** What may lie over this page: nothing where it has text already, and nothing where no picture shows the letter. */
const missing = (page: Page, letters: readonly ReadLetter[]): ReadLetter[] => {
  const own = page.characters().filter(({ text }) => text.trim() !== '');
  if (own.length >= fewCharacters) return [];
  const pictures = page.pictures();
  return letters.map((letter) => {
    if (letter.text.trim() === '') return letter;
    const seen = pictures.some((box) => holds(box, letter));
    const said = own.some(({ box }) => overlap(box, rectOf(letter)));
    return seen && !said ? letter : { ...letter, text: '\n' };
  });
};

type Written = { readonly page: number; readonly frame: Frame; readonly lines: readonly ReadLine[] };

const unseen = ({ text, width }: Cell): Unseen => ({ text, steps: stepsOf(width) });

/** Each letter starts where it was read; the steps of its width are made good before the next. */
const shown = (line: ReadLine, codeOf: (letter: Unseen) => string): string => {
  let pen = 0;
  let open = '';
  const parts: string[] = [];
  for (const cell of line.cells) {
    const shift = Math.round((pen - cell.start) * 1000);
    if (Math.abs(shift) >= 5) {
      if (open !== '') parts.push(`<${open}>`);
      parts.push(`${shift}`);
      open = '';
      pen -= shift / 1000;
    }
    open += codeOf(unseen(cell));
    pen += (unseen(cell).steps * STEP) / 1000;
  }
  return [...parts, `<${open}>`].join('');
};

const operators = (frame: Frame, line: ReadLine, codeOf: (letter: Unseen) => string): string => {
  const { x, foot, height, slope } = line;
  const up = (DESCENT / 1000) * height;
  const [a, b, c, d, e, f] = uprightAt(frame, x + up * Math.sin(slope), foot - up * Math.cos(slope));
  const [cos, sin] = [Math.cos(slope) * height, Math.sin(slope) * height];
  const matrix = [cos * a - sin * c, cos * b - sin * d, sin * a + cos * c, sin * b + cos * d, e, f];
  return `${matrix.map((it) => it.toFixed(3)).join(' ')} Tm [${shown(line, codeOf)}] TJ`;
};

/**
 * 文字层: what was read from the pictures of a document lies over them unseen (rendering mode 3), so that it can be searched,
 * copied and read aloud. `bytes` is the document as it stands, for its own text and pictures. `pages` says only what may be
 * read: what is covered was left out before (core, `textLayer`).
 */
export const layText = async (
  document: PDFDocument,
  bytes: Uint8Array,
  pages: readonly RecognisedPage[],
): Promise<Result<undefined, Refusal>> => {
  const found = await withPdf(bytes, (pdf) =>
    pages.flatMap(({ page: number, recognised }): Written[] => {
      const written = pdf.withPage(number, (page) => ({
        page: number,
        frame: page.frame,
        lines: linesOf(missing(page, recognised)),
      }));
      return written === undefined || written.lines.length === 0 ? [] : [written];
    }),
  );
  if (!found.ok) return found;
  for (let at = 0; at < found.value.length; at += pagesAFont) {
    const some = found.value.slice(at, at + pagesAFont);
    const cells = some.flatMap(({ lines }) => lines.flatMap((line) => line.cells));
    const { font, codeOf } = unseenFont(document, cells.map(unseen));
    for (const { page: number, frame, lines } of some) {
      const page = document.getPage(number - 1);
      const key = addResource(page, 'Font', 'Read', font).toString();
      const text = lines.map((line) => operators(frame, line, codeOf)).join('\n');
      layOver(page, `BT 3 Tr ${key} 1 Tf\n${text}\nET`);
    }
  }
  return ok(undefined);
};
