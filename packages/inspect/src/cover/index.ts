import { type Box, ok, type RecognisedPage, type Refusal, type Result, type WidenedBox } from '@gongkai/core';
import { type Drawing, draw } from '../pdf/drawing.ts';
import type { Engine } from '../pdf/engine.ts';
import { area, displayMatrix, type Matrix, type Rectangle, transform } from '../pdf/geometry.ts';
import { type PageCharacters, readPages } from '../pdf/read-pages.ts';
import { blankBeside, ruleUnder } from './ink.ts';
import { type End, sideOf, widened } from './rule.ts';
import { withWholeLetters } from './whole-letters.ts';

type Letter = PageCharacters['characters'][number];

/** Ink of ordinary letters above and below the line that they stand on, in ems. */
const [ascent, descent] = [0.98, 0.26];
/** A rule that is drawn under words begins above this, and lies under the bar with them. */
const underline = 0.45;
/** Only what stands on the line, not a rule drawn under it, ends the blank. */
const [upper, lower] = [0.72, 0.02];

const centre = ({ box }: Letter): { x: number; y: number } => ({
  x: (box.left + box.right) / 2,
  y: (box.top + box.bottom) / 2,
});
const holds = (box: Rectangle, { x, y }: { x: number; y: number }): boolean =>
  x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

/** The type that covered letters are set in: its size, the line they stand on, and from where to where they reach. */
type Type = { readonly em: number; readonly baseline: number; readonly left: number; readonly right: number };

/** From the fonts, so that it is the same for 一 as for 鑫; undefined for turned or upright lines. */
const typeOf = (
  { api, runtime, scratch }: Engine,
  textPage: number,
  display: Matrix,
  covered: readonly number[],
): Type | undefined => {
  let [em, left, right] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const baselines: number[] = [];
  for (const index of covered) {
    const float = (place: number): number => runtime.HEAPF32[(scratch >> 2) + place] ?? 0;
    if (!api.FPDFText_GetMatrix(textPage, index, scratch)) return undefined;
    const size = api.FPDFText_GetFontSize(textPage, index);
    const [a, b, c, d] = [float(0), float(1), float(2), float(3)];
    const along = transform([display[0], display[1], display[2], display[3], 0, 0], 0, 0, a, b);
    if (Math.abs(along.bottom + along.top) > 0.02 * Math.hypot(a, b) || along.left + along.right <= 0)
      return undefined;
    em = Math.max(em, size * Math.hypot(c, d));
    if (!api.FPDFText_GetLooseCharBox(textPage, index, scratch)) return undefined;
    const loose = transform(display, float(0), float(1), float(2), float(3));
    left = Math.min(left, loose.left);
    right = Math.max(right, loose.right);
    api.FPDFText_GetCharOrigin(textPage, index, scratch, scratch + 8);
    const at = scratch >> 3;
    const [x, y] = [runtime.HEAPF64[at] ?? 0, runtime.HEAPF64[at + 1] ?? 0];
    baselines.push(transform(display, x, y, x, y).top);
  }
  baselines.sort((one, other) => one - other);
  const baseline = baselines[Math.floor(baselines.length / 2)];
  return baseline === undefined || em <= 0 ? undefined : { em, baseline, left, right };
};

/** Of letters that recognition read there is only their ink: the highest says how large they are. */
const typeOfInk = (covered: readonly Letter[]): Type => {
  const boxes = covered.map(({ box }) => box);
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  return {
    em: Math.max(...boxes.map((box) => Math.max(box.bottom - box.top, box.right - box.left))),
    baseline: bottom - 1,
    left: Math.min(...boxes.map((box) => box.left)),
    right: Math.max(...boxes.map((box) => box.right)),
  };
};

const rectangle = ({ x, y, width, height }: Box): Rectangle => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
});
const round = (points: number): number => Math.round(points * 100) / 100;

const closer = (one: End, other: End, by: 1 | -1): End => (by * (other.at - one.at) < 0 ? other : one);

const grown = (
  page: PageCharacters,
  box: Box,
  drawing: Drawing,
  typeFor: (covered: readonly number[]) => Type | undefined,
): WidenedBox => {
  const own = rectangle(box);
  const inked = page.characters.flatMap((letter, index) =>
    letter.object !== 0 && letter.text.trim() !== '' && area(letter.box) > 0 ? [{ letter, index }] : [],
  );
  const covered = inked.filter(({ letter }) => holds(own, centre(letter)));
  if (covered.length === 0) return { box, tight: false };
  const read = covered.some(({ letter }) => letter.object === -1);
  const type = read
    ? typeOfInk(covered.map(({ letter }) => letter))
    : typeFor(covered.map(({ index }) => index));
  if (type === undefined) return { box, tight: true };
  const { em, baseline } = type;
  const others = inked.filter(({ letter }) => !holds(own, centre(letter))).map(({ letter }) => letter.box);
  const several = own.bottom - own.top > 1.9 * em;
  const band = {
    top: several ? own.top : baseline - upper * em,
    bottom: several ? own.bottom : baseline - lower * em,
    left: Math.min(own.left, type.left),
    right: Math.max(own.right, type.right),
  };
  const start = Math.min(band.left, ...inked.map(({ letter }) => letter.box.left));
  const edges = {
    left: start,
    // A page of short lines has a right margin, too: as wide as the left one.
    right: Math.max(band.right, page.width - start, ...inked.map(({ letter }) => letter.box.right)),
  };
  const ink = covered.map(({ letter }) => letter.box);
  const words = {
    left: Math.min(type.left, ...ink.map((it) => it.left)),
    right: Math.max(type.right, ...ink.map((it) => it.right)),
  };
  const seen = blankBeside(drawing, { ...band, ...words }, edges);
  const beside = others.filter((it) => it.bottom > band.top && it.top < baseline + descent * em);
  const before = beside
    .filter((it) => (it.left + it.right) / 2 < type.left)
    .reduce<End>((end, it) => closer(end, { at: it.right, by: 'ink' }, -1), seen.before);
  const behind = beside
    .filter((it) => (it.left + it.right) / 2 > type.right)
    .reduce<End>((end, it) => closer(end, { at: it.left, by: 'ink' }, 1), seen.behind);
  const { left, right, tight } = widened({ box: own, words: type, em, before, behind });
  // As high as its type, whatever the letters: but never over the ink of the lines above and below.
  const near = others.filter((it) => it.right > left && it.left < right);
  const roof = Math.max(0, ...near.filter((it) => it.bottom <= own.top + em / 2).map((it) => it.bottom));
  const floor = Math.min(
    page.height,
    ...near.filter((it) => it.top >= own.bottom - em / 2).map((it) => it.top),
  );
  const top = several ? own.top : sideOf(own.top, Math.max(baseline - ascent * em, roof), -1);
  const foot = Math.max(
    baseline + descent * em,
    (ruleUnder(drawing, words, baseline + 0.02 * em, baseline + underline * em) ?? 0) + 0.5,
  );
  const bottom = several ? own.bottom : sideOf(own.bottom, Math.min(foot, floor), 1);
  const [x, y] = [round(left), round(top)];
  return {
    box: { page: box.page, x, y, width: round(round(right) - x), height: round(round(bottom) - y) },
    tight,
  };
};

/** As the rule says, and no letter half covered. */
const widenedOn = (...asked: Parameters<typeof grown>): WidenedBox => {
  const [{ characters }] = asked;
  const { box, tight } = grown(...asked);
  const ink = characters
    .filter(({ object, text, box: own }) => object !== 0 && text.trim() !== '' && area(own) > 0)
    .map((letter) => letter.box);
  const { left, top, right, bottom } = withWholeLetters(rectangle(box), ink);
  const [x, y] = [round(left), round(top)];
  const whole = { page: box.page, x, y, width: round(right - x), height: round(bottom - y) };
  return { box: whole, tight };
};

/**
 * The same boxes, each as wide as the rule says (rule.ts), in the order in which they were given. `recognised`: what was
 * read on pages that are pictures. A box over no letters stays as it is. Refuses as `inspectPdf`.
 */
export const widenBoxes = async (
  path: string,
  boxes: readonly Box[],
  recognised: readonly RecognisedPage[] = [],
): Promise<Result<readonly WidenedBox[], Refusal>> => {
  const made = new Map<Box, WidenedBox>();
  const read = await readPages(
    path,
    1,
    recognised,
    (page, { engine, handle }) => {
      const here = boxes.filter((box) => box.page === page.page);
      if (here.length > 0) {
        const { api } = engine;
        const display = displayMatrix(engine, handle, page.width, page.height);
        const drawing = draw(engine, handle, page.width, page.height, false, 3);
        const textPage = api.FPDFText_LoadPage(handle);
        for (const box of here)
          made.set(
            box,
            widenedOn(page, box, drawing, (covered) => typeOf(engine, textPage, display, covered)),
          );
        if (textPage !== 0) api.FPDFText_ClosePage(textPage);
      }
      return made.size === boxes.length ? 'enough' : 'on';
    },
    new Set(boxes.map(({ page }) => page)),
  );
  return read.ok ? ok(boxes.map((box) => made.get(box) ?? { box, tight: true })) : read;
};
