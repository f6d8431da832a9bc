import type { SearchHit } from '../ports/index.ts';
import type { Phrase } from './phrase.ts';
import { type Piece, pieces } from './piece.ts';

type Cut = SearchHit['title'];
type Span = { readonly start: number; readonly end: number };

const standsAt = (text: readonly Piece[], position: number, phrase: Phrase): boolean =>
  phrase.every((wanted, offset) => {
    const piece = text[position + offset];
    return piece?.text === wanted.text && (offset === 0 || piece.opensRun === wanted.opensRun);
  });

/** Where the phrases occur, overlapping places joined. */
const spans = (text: readonly Piece[], phrases: readonly Phrase[]): Span[] => {
  const found: { start: number; end: number }[] = [];
  for (const [position, piece] of text.entries()) {
    for (const phrase of phrases) {
      const last = text[position + phrase.length - 1];
      if (last === undefined || !standsAt(text, position, phrase)) continue;
      const before = found.at(-1);
      if (before !== undefined && piece.start <= before.end) before.end = Math.max(before.end, last.end);
      else found.push({ start: piece.start, end: last.end });
    }
  }
  return found;
};

const cutAt = (text: string, places: readonly Span[], from: number, to: number): Cut => {
  const cut: { text: string; hit: boolean }[] = [];
  let at = from;
  for (const place of places) {
    if (place.end <= from || place.start >= to) continue;
    const start = Math.max(place.start, from);
    const end = Math.min(place.end, to);
    if (start > at) cut.push({ text: text.slice(at, start), hit: false });
    cut.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < to) cut.push({ text: text.slice(at, to), hit: false });
  return cut;
};

/** The whole text with its hits marked. */
export const highlight = (text: string, phrases: readonly Phrase[]): Cut =>
  cutAt(text, spans([...pieces(text)], phrases), 0, text.length);

const before = 30;
const after = 90;

/** Never between the halves of one character. */
const wholeCharacter = (text: string, at: number): number =>
  at > 0 && at < text.length && /^[\udc00-\udfff]$/.test(text.charAt(at)) ? at - 1 : at;

/**
 * About 120 characters around the first hit, or the beginning when only the title matched. Long bodies are looked
 * through window by window, so an early hit costs little.
 */
export const snippet = (text: string, phrases: readonly Phrase[]): Cut => {
  const window = 1_000;
  // Windows overlap by more than a query can be long.
  for (let start = 0; start === 0 || start < text.length; start += window - 400) {
    const part = text.slice(start, start + window);
    const first = spans([...pieces(part)], phrases)[0];
    if (first === undefined) continue;
    const from = wholeCharacter(text, Math.max(0, start + first.start - before));
    const to = wholeCharacter(text, Math.min(text.length, start + first.end + after));
    const shown = text.slice(from, to);
    const cut = cutAt(shown, spans([...pieces(shown)], phrases), 0, shown.length);
    return [
      ...(from > 0 ? [{ text: '…', hit: false }] : []),
      ...cut,
      ...(to < text.length ? [{ text: '…', hit: false }] : []),
    ];
  }
  const to = wholeCharacter(text, Math.min(text.length, before + after));
  if (to === 0) return [];
  return [{ text: to < text.length ? `${text.slice(0, to)}…` : text, hit: false }];
};
