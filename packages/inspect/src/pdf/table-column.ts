import { type Box, ok, type Place, type RecognisedPage, type Refusal, type Result } from '@gongkai/core';
import type { Rectangle } from './geometry.ts';
import type { PageCharacter } from './page-characters.ts';
import { type PageCharacters, readPages } from './read-pages.ts';

type Line = { top: number; bottom: number; readonly characters: PageCharacter[] };

/** Between two columns there is at least this part of a letter's height; inside a sentence there is not. */
const gap = 0.3;
/** A table ends where so many lines in a row have nothing in the column. */
const emptyLines = 6;

/** The characters of a page by the lines that they stand on, from top to bottom. */
const linesOf = ({ characters }: PageCharacters): readonly Line[] => {
  const lines: Line[] = [];
  const inked = characters
    .filter(({ object, text, box }) => object !== 0 && text.trim() !== '' && box.right > box.left)
    .toSorted((a, b) => a.box.top + a.box.bottom - (b.box.top + b.box.bottom));
  for (const character of inked) {
    const { top, bottom } = character.box;
    const middle = (top + bottom) / 2;
    const line = lines.at(-1);
    if (line && middle < line.bottom && middle > line.top) {
      line.characters.push(character);
      line.bottom = Math.max(line.bottom, bottom);
      line.top = Math.min(line.top, top);
    } else lines.push({ top, bottom, characters: [character] });
  }
  for (const line of lines) line.characters.sort((a, b) => a.box.left - b.box.left);
  return lines;
};

const middleOf = ({ left, right }: Rectangle): number => (left + right) / 2;

/** A sentence that runs over the column's edge: the line belongs to no table. */
const runsOver = (line: Line, edge: number): boolean => {
  const before = line.characters.findLast(({ box }) => middleOf(box) < edge);
  const after = line.characters.find(({ box }) => middleOf(box) >= edge);
  if (!before || !after) return false;
  return after.box.left - before.box.right < gap * (line.bottom - line.top);
};

/**
 * 整列: from the top of the box down, and on the following pages, as long as what stands there is a table: no line runs
 * over the column's edges. One box a page, as wide as the one that was given.
 */
export const tableColumn = async (
  path: string,
  from: Box,
  recognised: readonly RecognisedPage[] = [],
): Promise<Result<readonly Place[], Refusal>> => {
  const [left, right] = [from.x, from.x + from.width];
  const places: Place[] = [];
  const look = (page: PageCharacters): 'on' | 'enough' => {
    const first = page.page === from.page;
    const taken: { top: number; bottom: number; text: string }[] = [];
    let empty = 0;
    let over = false;
    for (const line of linesOf(page)) {
      if (first && (line.top + line.bottom) / 2 < from.y) continue;
      if (runsOver(line, left) || runsOver(line, right) || empty >= emptyLines) {
        // Above the table's continuation there may be a head line of the page.
        if (taken.length === 0 && !first && empty < emptyLines) continue;
        over = true;
        break;
      }
      const inside = line.characters.filter(({ box }) => middleOf(box) >= left && middleOf(box) < right);
      empty = inside.length === 0 ? empty + 1 : 0;
      if (inside.length > 0)
        taken.push({ top: line.top, bottom: line.bottom, text: inside.map(({ text }) => text).join('') });
    }
    if (taken.length === 0) return 'enough';
    const top = first ? from.y : Math.max(0, Math.min(...taken.map((one) => one.top)) - 1);
    const bottom = Math.min(
      page.height,
      Math.max(first ? from.y + from.height : 0, ...taken.map((one) => one.bottom)) + 1,
    );
    const box = { page: page.page, x: left, y: top, width: from.width, height: bottom - top };
    places.push({ text: taken.map(({ text }) => text).join(' '), boxes: [box] });
    return over ? 'enough' : 'on';
  };
  const read = await readPages(path, from.page, recognised, look);
  return read.ok ? ok(places) : read;
};
