import { takenShare } from '@gongkai/core';
import type { Character, Rect } from '../pdfium/index.ts';

const shared = (low: number, high: number, from: number, to: number): number =>
  Math.min(high, to) - Math.max(low, from);

/** Whether a box covers a character; characters without extent (spaces) count by their place. */
export const covers = (box: Rect, { box: glyph }: Character): boolean => {
  const across = shared(box.left, box.right, glyph.left, glyph.right);
  const down = shared(box.top, box.bottom, glyph.top, glyph.bottom);
  const enough = (part: number, whole: number): boolean =>
    whole > 0 ? part > takenShare * whole : part >= 0;
  return enough(across, glyph.right - glyph.left) && enough(down, glyph.bottom - glyph.top);
};

/** The characters of a page that some box covers. */
export const covered = (characters: readonly Character[], boxes: readonly Rect[]): Character[] =>
  characters.filter((character) => boxes.some((box) => covers(box, character)));

/** The unseen text over a page of pixels has no ink of its own: its places are right, its extent is only about right. */
export const byPlace = (character: Character): Character => {
  const { left, right, top, bottom } = character.line;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return { ...character, box: { left: x, right: x, top: y, bottom: y } };
};

/** The words under each box, white space taken out: what must not be found in the release any more. */
export const secrets = (characters: readonly Character[], boxes: readonly Rect[]): string[] =>
  boxes
    .map((box) =>
      covered(characters, [box])
        .map(({ text }) => text)
        .join('')
        .replace(/\s/g, ''),
    )
    .filter((text) => text.length > 0);
