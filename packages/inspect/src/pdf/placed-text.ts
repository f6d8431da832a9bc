import type { Box } from '@gongkai/core';
import { type NormalisedText, normaliseCharacters } from '../text/normalised-text.ts';
import { lineBoxes, type Rectangle } from './geometry.ts';

/** A character with its place; `object` 0: pdfium made it up (a space, a line end) and it stands nowhere. */
export type Placed = { readonly text: string; readonly box: Rectangle; readonly object?: number };

export type PlacedText = {
  readonly typed: readonly string[];
  /** As the detectors read it. */
  readonly normalised: NormalisedText;
  /** The characters that a range of the normalised text came from. */
  readonly source: (start: number, end: number) => readonly string[];
  /** Where they stand, a box a line. */
  readonly locate: (start: number, end: number) => Box[];
};

/** The text of a page as it is searched, with the way back to the page. */
export const placedText = (page: number, characters: readonly Placed[]): PlacedText => {
  const typed = characters.map(({ text }) => text);
  const normalised = normaliseCharacters(typed, page);
  const range = (start: number, end: number): [number, number] => {
    const first = normalised.sourceIndex[start] ?? 0;
    return [first, (normalised.sourceIndex[end - 1] ?? first) + 1];
  };
  return {
    typed,
    normalised,
    source: (start, end) => typed.slice(...range(start, end)),
    locate: (start, end) =>
      lineBoxes(
        page,
        characters
          .slice(...range(start, end))
          .filter(({ object, text }) => object !== 0 && text.trim() !== '')
          .map(({ box }) => box),
      ),
  };
};
