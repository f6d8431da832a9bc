import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { covered, fontFiles } from '../fonts/index.ts';
import { type Character, type OpenPdf, type Page, type Picture, withPdf } from '../pdfium/index.ts';

const han = /\p{Script=Han}/u;
/**
 * What else is worth a look: 造字 (private use, but for the block where Word keeps its symbol fonts), Hangul, kana and pictures.
 * Signs and bullets are left out: LibreOffice has symbol fonts of its own, and ☒ is meant to be a crossed box.
 */
const doubtful =
  /[\uE000-\uEFFF\uF100-\uF8FF\u{F0000}-\u{10FFFD}\u{1F000}-\u{1FAFF}]|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u;

/** pdfium counts what lies beyond the first plane as two halves of one place. */
const whole = (letters: readonly Character[]): Character[] =>
  letters.flatMap((one, i) => {
    if (/^[\uDC00-\uDFFF]$/.test(one.text)) return [];
    return /^[\uD800-\uDBFF]$/.test(one.text)
      ? [{ ...one, text: one.text + (letters[i + 1]?.text ?? '') }]
      : [one];
  });

const scale = 4;
/** The box of a missing glyph as Noto draws it: a frame with both diagonals. Nothing that is written looks like it. */
const isCrossedBox = ({ data, width, height }: Picture, { box }: Character): boolean => {
  const [left, right] = [box.left * scale, box.right * scale - 1];
  const [top, bottom] = [box.top * scale, box.bottom * scale - 1];
  const inked = (x: number, y: number): boolean => {
    for (let v = Math.round(y) - 2; v <= y + 2; v += 1)
      for (let u = Math.round(x) - 2; u <= x + 2; u += 1)
        if (u >= 0 && v >= 0 && u < width && v < height && (data[(v * width + u) * 4] ?? 255) < 160)
          return true;
    return false;
  };
  const steps = 20;
  const share = (at: (part: number) => readonly [number, number]): number =>
    Array.from({ length: steps + 1 }, (_, i) => inked(...at(i / steps))).filter(Boolean).length / (steps + 1);
  const [wide, high] = [right - left, bottom - top];
  return [
    share((t) => [left + t * wide, top]),
    share((t) => [left + t * wide, bottom]),
    share((t) => [left, top + t * high]),
    share((t) => [right, top + t * high]),
    share((t) => [left + t * wide, top + t * high]),
    share((t) => [left + t * wide, bottom - t * high]),
  ].every((part) => part > 0.9);
};

const onPage = (page: Page, has: (code: number) => boolean): string | undefined => {
  const unknown = whole(page.characters()).filter(
    ({ text }) => (han.test(text) || doubtful.test(text)) && !has(text.codePointAt(0) ?? 0),
  );
  if (unknown.length === 0) return undefined;
  // LibreOffice's own fonts have no Han; of the rest the page itself tells whether one of them had it.
  const plain = unknown.find(({ text }) => han.test(text));
  if (plain) return plain.text;
  const picture = page.render(scale);
  return unknown.find((one) => isCrossedBox(picture, one))?.text;
};

const inPdf = (pdf: OpenPdf, has: (code: number) => boolean): Refusal | undefined => {
  for (let number = 1; number <= pdf.pages; number += 1) {
    const character = pdf.withPage(number, (page) => onPage(page, has));
    if (character === undefined) continue;
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`;
    return refusal('glyph-missing', { character, code, page: number });
  }
  return undefined;
};

/**
 * LibreOffice sets a box for a character that no font has, and says nothing. Such a document is refused (`glyph-missing`: page,
 * character), as texts are: nobody publishes a name with a hole in it.
 */
export const withoutMissingGlyphs = async (pdf: Uint8Array): Promise<Result<void, Refusal>> => {
  const has = covered(fontFiles().map(({ path }) => path));
  const seen = await withPdf(pdf, (it) => inPdf(it, has));
  if (!seen.ok) return seen;
  return seen.value === undefined ? ok(undefined) : err(seen.value);
};
