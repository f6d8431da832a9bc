import { err, ok, type Place, type RecognisedPage, type Refusal, type Result, refusal } from '@gongkai/core';
import { normalise } from '../text/normalised-text.ts';
import { simplified } from '../text/simplified.ts';
import { placedText } from './placed-text.ts';
import { type PageCharacters, readPages } from './read-pages.ts';

/** More places than anybody could look through, or than a publication could carry as redactions. */
const mostPlaces = 2000;

/** Small and simplified, one letter for one letter, so that the way back stays: ſ and İ would grow or shrink. */
const folded = (text: string): string =>
  [...text]
    .map((letter) => {
      const other = simplified(letter).toLowerCase();
      return other.length === letter.length ? other : letter;
    })
    .join('');

/** Without spaces and line ends: a name at the end of a line is still that name. */
const packed = (text: string): { readonly text: string; readonly at: readonly number[] } => {
  const at: number[] = [];
  let out = '';
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charAt(i);
    if (unit.trim() === '') continue;
    out += unit;
    at.push(i);
  }
  return { text: folded(out), at };
};

const placesOn = ({ page, characters }: PageCharacters, words: string): Place[] => {
  const { normalised, source, locate } = placedText(page, characters);
  const { text, at } = packed(normalised.text);
  const places: Place[] = [];
  for (let i = text.indexOf(words); i !== -1; i = text.indexOf(words, i + words.length)) {
    const [start, end] = [at[i] ?? 0, (at[i + words.length - 1] ?? 0) + 1];
    const boxes = locate(start, end);
    if (boxes.length > 0) places.push({ text: source(start, end).join('').trim(), boxes });
  }
  return places;
};

/** Every place of these words in the pages, whatever their case, width, spacing and writing (張三 is 张三); in pictures as far as they were read. */
export const findWords = async (
  path: string,
  words: string,
  recognised: readonly RecognisedPage[] = [],
): Promise<Result<readonly Place[], Refusal>> => {
  const wanted = packed(normalise(words).text).text;
  if (wanted === '') return ok([]);
  const places: Place[] = [];
  const read = await readPages(path, 1, recognised, (page) => {
    places.push(...placesOn(page, wanted));
    return places.length > mostPlaces ? 'enough' : 'on';
  });
  if (!read.ok) return read;
  return places.length > mostPlaces
    ? err(refusal('invalid-input', { detail: `“${words}”: > ${mostPlaces}` }))
    : ok(places);
};
