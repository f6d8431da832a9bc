/**
 * A text cut into the pieces that search compares: one Hanzi, or one whole word of other letters and digits.
 * Index, query and highlights all start from this one cut, so they agree by construction.
 * `start` and `end` are offsets in the text as it was given (UTF-16 units).
 */
export type Piece = {
  readonly text: string;
  readonly kind: 'han' | 'word';
  readonly start: number;
  readonly end: number;
  /** False for a Hanzi right after another. White space does not count: PDF text breaks lines inside words. */
  readonly opensRun: boolean;
};

const isHan = /^\p{Script=Han}$/u;
const isLetter = /^[\p{L}\p{N}]$/u;
const isMark = /^\p{M}$/u;
const isSpace = /^\s$/u;

const isCommonHan = (point: number): boolean => point >= 0x4e00 && point <= 0x9fff;

/** Full width becomes half width, ligatures and circled digits come apart, case is dropped. */
const normalise = (character: string): string => character.normalize('NFKC').toLowerCase();

/** Brackets, punctuation and spaces separate and are otherwise ignored: 政办发〔2026〕8号 equals 政办发[2026]8号. */
export function* pieces(text: string): Generator<Piece> {
  let word: { text: string; start: number; end: number } | undefined;
  let runEnd = -1;
  let runKind: Piece['kind'] | undefined;
  const piece = (content: string, kind: Piece['kind'], start: number, end: number): Piece => {
    const opensRun = runKind !== kind || runEnd !== start;
    runEnd = end;
    runKind = kind;
    return { text: content, kind, start, end, opensRun };
  };
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at) ?? 0;
    const start = at;
    let character = String.fromCodePoint(point);
    at += character.length;
    if (isCommonHan(point)) {
      if (word !== undefined) yield piece(word.text, 'word', word.start, word.end);
      word = undefined;
      yield piece(character, 'han', start, at);
      continue;
    }
    // An accent typed as its own character belongs to the letter before it.
    while (point > 0x40 && at < text.length && isMark.test(text.charAt(at))) {
      character += text.charAt(at);
      at += 1;
    }
    for (const part of normalise(character)) {
      if (isHan.test(part)) {
        if (word !== undefined) yield piece(word.text, 'word', word.start, word.end);
        word = undefined;
        yield piece(part, 'han', start, at);
      } else if (isLetter.test(part)) {
        word ??= { text: '', start, end: at };
        word.text += part;
        word.end = at;
      } else if (!isMark.test(part)) {
        if (word !== undefined) yield piece(word.text, 'word', word.start, word.end);
        word = undefined;
        if (runEnd === start && isSpace.test(part)) runEnd = at;
      }
    }
  }
  if (word !== undefined) yield piece(word.text, 'word', word.start, word.end);
}
