import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { PDFDocument } from 'pdf-lib';
import { loading } from '../in-one-go.ts';
import { type Page, type Rect, withPdf } from '../pdfium/index.ts';
import { byPlace, covered, type Redacted, residue } from '../redact/index.ts';

const SCALE = 2;
/** Black, with room for the anti-aliased edge of a white letter. */
const DARK = 60;

const holdsPoint = ({ left, right, top, bottom }: Rect, x: number, y: number): boolean =>
  x > left + 1 && x < right - 1 && y > top + 1 && y < bottom - 1;

/**
 * Whether a box is black along its whole rim, and inside but for the letters of its ground. Where boxes lie over each
 * other, the letters of one may cross the rim of another.
 */
const black = (page: Page, boxes: readonly Rect[]): boolean => {
  const { width, height, data } = page.render(SCALE);
  return boxes.every((box) => {
    const [left, right] = [
      Math.ceil(Math.max(0, box.left) * SCALE) + 1,
      Math.min(width, Math.floor(box.right * SCALE)) - 1,
    ];
    const [top, bottom] = [
      Math.ceil(Math.max(0, box.top) * SCALE) + 1,
      Math.min(height, Math.floor(box.bottom * SCALE)) - 1,
    ];
    let light = 0;
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) {
        const at = (y * width + x) * 4;
        if (Math.max(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) <= DARK) continue;
        if (y === top || y === bottom - 1 || x === left || x === right - 1) {
          if (!boxes.some((other) => other !== box && holdsPoint(other, x / SCALE, y / SCALE))) return false;
        }
        light++;
      }
    return light <= 0.5 * Math.max(1, (right - left) * (bottom - top));
  });
};

type Hidden = Redacted['pages'][number];

const holds = (page: Page, { boxes, rebuilt }: Hidden): boolean => {
  const characters = rebuilt ? page.characters().map(byPlace) : page.characters();
  const free = boxes.every(({ rect, label }) => {
    const left = covered(characters, [rect])
      .map(({ text }) => text)
      .join('')
      .replace(/\s/g, '');
    return [...left].every((character) => label.includes(character));
  });
  return (
    free &&
    black(
      page,
      boxes.map(({ rect }) => rect),
    )
  );
};

/**
 * Opens the finished release as a stranger would: the pages are all there, every box is black with nothing but its
 * ground in it, and no covered word is left in any object. Refuses `conversion-failed`, `redaction-failed` (page).
 */
export const check = async (
  bytes: Uint8Array,
  pages: number,
  hidden: readonly Hidden[],
): Promise<Result<undefined, Refusal>> => {
  const seen = await withPdf(bytes, (pdf) => ({
    pages: pdf.pages,
    broken: hidden.find((it) => pdf.withPage(it.page, (page) => holds(page, it)) !== true),
    visible:
      hidden.length === 0
        ? ''
        : Array.from({ length: pdf.pages }, (_, i) =>
            pdf.withPage(i + 1, (page) =>
              page
                .characters()
                .map(({ text }) => text)
                .join(''),
            ),
          )
            .join('\n')
            .replace(/[^\S\n]/g, ''),
  }));
  if (!seen.ok) return err(refusal('conversion-failed', { detail: `release: ${seen.error.code}` }));
  if (seen.value.pages !== pages)
    return err(refusal('conversion-failed', { detail: `${seen.value.pages} pages instead of ${pages}` }));
  if (seen.value.broken !== undefined)
    return err(refusal('redaction-failed', { page: seen.value.broken.page }));
  if (hidden.length === 0) return ok(undefined);
  const document = await PDFDocument.load(bytes, loading);
  const left = residue(
    document,
    hidden.flatMap(({ secrets }) => secrets),
    seen.value.visible,
  );
  const where = hidden.find(({ secrets }) => secrets.some((it) => left.includes(it)));
  return where === undefined ? ok(undefined) : err(refusal('redaction-failed', { page: where.page }));
};
