/**
 * Text as the detectors read it, with the way back to the text it came from.
 *
 * NFKC first: PDF fonts map shared glyphs to compatibility code points (不 U+F967, 年 U+F98E, ⽇ U+2F47;
 * reference/pdf.md §1.2) and offices type full-width digits. Zero-width and bidi characters are dropped,
 * every kind of space becomes one plain space, every line end one `\n`. Gaps inside runs of digits are NOT
 * deleted here: a column of telephone numbers would grow together into one long number and lose its digit
 * boundaries. They are bridged by the patterns instead (see spaced-digits.ts).
 */
export type NormalisedText = {
  readonly text: string;
  /** For every UTF-16 unit of `text` the index of the source character it came from. */
  readonly sourceIndex: Uint32Array;
  /** 1-based page when the text is a page; absent for a title, a file name, metadata. */
  readonly page?: number;
};

/** Page number for text that is surely not the head of a first page (a comment, an old revision). */
export const innerPage = 2;

const dropped = /[\p{Cf}\p{Variation_Selector}\p{Noncharacter_Code_Point}\u0000]/u;
const lineEnd = /[\n\r\u000b\u000c\u0085\u2028\u2029]/u;
const space = /\s/u;

/** Radicals that some fonts map to in place of the character; NFKC covers U+2F00..2FDF only. */
const radicals: Readonly<Record<string, string>> = {
  '⺠': '民',
  '⻅': '见',
  '⻆': '角',
  '⻉': '贝',
  '⻋': '车',
  '⻓': '长',
  '⻔': '门',
  '⻚': '页',
  '⻛': '风',
  '⻜': '飞',
  '⻢': '马',
  '⻥': '鱼',
  '⻦': '鸟',
  '⻩': '黄',
  '⻬': '齐',
  '⻮': '齿',
  '⻰': '龙',
};

const isPlainHan = (character: string): boolean => {
  const code = character.charCodeAt(0);
  return code >= 0x4e00 && code <= 0x9fff && character.length === 1;
};

/** @param characters one element a source character (usually one code point each). */
export const normaliseCharacters = (characters: readonly string[], page?: number): NormalisedText => {
  const out: string[] = [];
  const source: number[] = [];
  let last = '\n';
  const push = (unit: string, index: number): void => {
    out.push(unit);
    source.push(index);
    last = unit;
  };
  for (const [index, character] of characters.entries()) {
    // Nearly all: letters, digits and Chinese characters that are what they are.
    const code = character.charCodeAt(0);
    if (character.length === 1 && ((code > 0x20 && code < 0x7f) || (code >= 0x4e00 && code < 0xa000))) {
      push(character, index);
      continue;
    }
    // Almost every character of a Chinese page: nothing below would change it.
    if (isPlainHan(character)) {
      push(character, index);
      continue;
    }
    if (dropped.test(character)) continue;
    if (lineEnd.test(character)) {
      if (last === ' ') {
        out.pop();
        source.pop();
      }
      if (out.at(-1) !== '\n') push('\n', index);
      continue;
    }
    if (space.test(character)) {
      if (last !== ' ' && last !== '\n') push(' ', index);
      continue;
    }
    const plain = code < 0x80 ? character : (radicals[character] ?? character.normalize('NFKC'));
    for (let unit = 0; unit < plain.length; unit++) push(plain.charAt(unit), index);
  }
  const normalised = { text: out.join(''), sourceIndex: Uint32Array.from(source) };
  return page === undefined ? normalised : { ...normalised, page };
};

/** The same for a plain string; `sourceIndex` then counts code points. */
export const normalise = (text: string, page?: number): NormalisedText =>
  normaliseCharacters([...text], page);

const otherCodePoint = /[\u2e80-\u2fdf\uf900-\ufaff]|[\u{2f800}-\u{2fa1f}]/u;

/**
 * The text for people to read: spaces, line ends and stray code points as above, but ，：（ and full-width letters as
 * they were typed. The catalogue shows it; only detectors want them folded.
 */
export const readableText = (
  { text, sourceIndex }: NormalisedText,
  characters: readonly string[],
): string => {
  let readable = '';
  let before = -1;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text[at] ?? '';
    const index = sourceIndex[at] ?? 0;
    const typed = characters[index] ?? unit;
    if (unit === ' ' || unit === '\n' || otherCodePoint.test(typed)) readable += unit;
    else if (index !== before) readable += typed; // one ㈠ becomes three characters: it is written once
    before = index;
  }
  return readable;
};
