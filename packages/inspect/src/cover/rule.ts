import type { Rectangle } from '../pdf/geometry.ts';

/** Where the blank beside covered words ends, and at what: a letter or a picture, a drawn rule, the edge of the text. */
export type End = { readonly at: number; readonly by: 'ink' | 'rule' | 'edge' };

export type Line = {
  /** The box as it was asked for. */
  readonly box: Rectangle;
  /** From the first covered letter's place to the end of the last one's, with what their font leaves beside their ink. */
  readonly words: { readonly left: number; readonly right: number };
  /** Side of a Hanzi of this type, in points. */
  readonly em: number;
  readonly before: End;
  readonly behind: End;
};

export type Widened = {
  readonly left: number;
  readonly right: number;
  /** Something stands right behind: the box ends where the words end, and its width says how long they are. */
  readonly tight: boolean;
};

/** A bar is as long as a whole number of these: a name, a telephone number and most other things take one. */
export const step = 6;
/** So much blank before words is no indentation any more: they are centred, or set to the right. */
const indentation = 2.5;
/** What stands closer than this stands where the words end. */
const close = 1;
/** Left free beside what stands there, as a part of an em: no stroke of it comes under the bar. */
const clearance = 0.12;
/** Points around the words, so that no edge of a stroke looks out. */
const margin = 1;
/** Points by which a box may be larger than the type in it and still be the box of these words, drawn around their ink. */
const aroundInk = 2.5;

/** Where a side of the box is without regard to the ink of the words; further out only where somebody drew it so. */
export const sideOf = (asked: number, type: number, by: 1 | -1): number =>
  by * (asked - type) > aroundInk ? asked : type;

/**
 * 遮盖框的宽度: what a box grows to, so that its width does not say how long the words are. Nothing but blank is covered.
 * - Words between two rules (a table's cell), or with more blank before them than an indentation: the whole blank.
 * - Other words begin where the text before them puts them: the box ends at a multiple of six Hanzi, or where the
 *   blank ends, if that is sooner.
 */
export const widened = ({ box, words, em, before, behind }: Line): Widened => {
  const free = clearance * em;
  const first = sideOf(box.left, Math.min(words.left, Math.max(words.left - margin, before.at)), -1);
  const last = sideOf(box.right, Math.max(words.right, Math.min(words.right + margin, behind.at)), 1);
  const [from, to] = [Math.min(first, before.at + free), Math.max(last, behind.at - free)];
  const cell = before.by === 'rule' && behind.by === 'rule';
  if (cell || words.left - before.at > indentation * em) return { left: from, right: to, tight: false };
  const length = step * em;
  const wanted = first + Math.ceil((last - first - 2 * margin) / length - 0.01) * length + 2 * margin;
  const right = Math.max(last, Math.min(wanted, to));
  return {
    left: first,
    right,
    tight: right < wanted - 0.5 && behind.by === 'ink' && behind.at - words.right < close * em,
  };
};
