import {
  type GroundsShown,
  marginLabels,
  ok,
  type Refusal,
  type ReleasePlan,
  type Result,
} from '@gongkai/core';
import { PDFDocument } from 'pdf-lib';
import { loading } from '../in-one-go.ts';
import {
  type Character,
  type OpenPdf,
  overlap,
  type Page,
  type Picture,
  type Rect,
  withPdf,
} from '../pdfium/index.ts';
import { byPlace, covered, secrets } from './covered.ts';
import { type Covering, paint } from './paint.ts';
import { difference, inked, isWhite } from './picture.ts';
import { type Likeness, rebuild, SCALE } from './rebuild.ts';

export { byPlace, covered } from './covered.ts';
export { forget } from './forget.ts';
export { forgetLetters } from './letters.ts';
export { residue } from './residue.ts';

export type Redacted = {
  readonly document: PDFDocument;
  /** What was taken out, page by page, and the boxes that cover it now. */
  readonly pages: readonly (Covering & { readonly secrets: readonly string[]; readonly rebuilt: boolean })[];
};

/** The boxes of a plan, page by page. */
export const boxesByPage = (
  redactions: ReleasePlan['redactions'],
): Map<number, { rect: Rect; label: string }[]> => {
  const pages = new Map<number, { rect: Rect; label: string }[]>();
  for (const { boxes, label } of redactions)
    for (const { page, x, y, width, height } of boxes) {
      const rect = { left: x, top: y, right: x + width, bottom: y + height };
      pages.set(page, [...(pages.get(page) ?? []), { rect, label }]);
    }
  return new Map([...pages].sort(([a], [b]) => a - b));
};

/** A frame or a rule has at most a few segments; more may be letters drawn as curves. */
const LETTER_LIKE = 9;

const isWithin = (inner: Rect, outer: Rect): boolean =>
  inner.left >= outer.left - 0.5 &&
  inner.right <= outer.right + 0.5 &&
  inner.top >= outer.top - 0.5 &&
  inner.bottom <= outer.bottom + 0.5;

/**
 * Whether taking glyphs out is enough. Pictures, drawings, what is drawn wholly under a box (a line through a word, a rule to
 * write on) and Form XObjects cannot be cut safely (shared images, nested content: genspark-ai/genoffice#475), so their
 * pages are made anew from pixels.
 */
const onlyText = (page: Page, boxes: readonly Rect[]): boolean =>
  page
    .objects()
    .filter(({ box }) => boxes.some((one) => overlap(one, box)))
    .every(
      ({ kind, segments, box }) =>
        kind === 'text' ||
        (kind === 'path' && segments < LETTER_LIKE && !boxes.some((one) => isWithin(box, one))),
    );

/** The middle of a glyph: enough to hit it, too little to hit its neighbour. */
const middle = ({ box }: Character): Rect => {
  const [x, y] = [(box.right - box.left) / 4, (box.bottom - box.top) / 4];
  return { left: box.left + x, right: box.right - x, top: box.top + y, bottom: box.bottom - y };
};

type Cut = Covering & {
  readonly secrets: readonly string[];
  /** How the page looked before, when its glyphs were taken out; undefined when it has to be rebuilt. */
  readonly before: Picture | undefined;
};

/** The grounds beside the lines of a page, each in a margin that is blank there; where none is, it does not stand. */
const inMargins = (page: Page, boxes: Covering['boxes'], shown: GroundsShown): Covering['margin'] => {
  const wanted = marginLabels(page, boxes, shown);
  if (wanted.length === 0) return [];
  const picture = page.render(2);
  return wanted.flatMap(({ text, size, places }) => {
    const place = places.find((it) => isWhite(picture, 2, it));
    return place === undefined ? [] : [{ text, size, place }];
  });
};

const cut = (page: Page, boxes: Covering['boxes'], fromPixels: boolean, shown: GroundsShown): Cut => {
  const rects = boxes.map(({ rect }) => rect);
  const characters = page.characters();
  const gone = covered(characters, rects);
  const base = {
    page: page.number,
    frame: page.frame,
    boxes,
    margin: inMargins(page, boxes, shown),
    onlyMargin: shown === 'margin',
    secrets: secrets(characters, rects),
  };
  if (fromPixels || !onlyText(page, rects)) return { ...base, before: undefined };
  const before = page.render(1);
  if (gone.length > 0) page.removeText(gone.map(middle));
  return { ...base, before };
};

/** Whether the glyphs are really gone and nothing else changed. */
const took = (pdf: OpenPdf, { page: number, boxes, before }: Cut): boolean =>
  before !== undefined &&
  pdf.withPage(number, (page) => {
    const rects = boxes.map(({ rect }) => rect);
    if (covered(page.characters(), rects).some(({ text }) => text.trim() !== '')) return false;
    return difference(before, page.render(1), 1, rects) < 0.0005;
  }) === true;

/** Text whose middle lies off the page is not seen, and does not come back. */
const onPage = ({ width, height }: Page, { left, right, top, bottom }: Rect): boolean => {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return x >= 0 && x <= width && y >= 0 && y <= height;
};

/** Points by which the unseen font's lines may stand elsewhere than the page's own. */
const BESIDE = 2;

const likeness = (page: Page, boxes: readonly Rect[]): Likeness => {
  const picture = page.render(SCALE);
  const characters = page.characters().filter(({ box }) => onPage(page, box) && inked(picture, SCALE, box));
  const gone = new Set(covered(characters, boxes));
  // A comma of the next line has its ink below a box and its place in the line inside of it: unseen, it would stand there.
  const near = boxes.map(({ left, right, top, bottom }) => {
    return { left: left - BESIDE, right: right + BESIDE, top: top - BESIDE, bottom: bottom + BESIDE };
  });
  return {
    picture,
    frame: page.frame,
    characters: characters.filter((it) => !gone.has(it) && covered([byPlace(it)], near).length === 0),
  };
};

/**
 * Takes what the plan covers out of the document for good and paints the boxes. `bytes` is a stripped document (no
 * annotations but links). Glyphs are removed where only text lies under a box; any doubt, and the page is made anew
 * from pixels, and so are the pages of `fromPixels`. A box on a page that does not exist is ignored here and found by the check of the release.
 */
export const redact = async (
  bytes: Uint8Array,
  redactions: ReleasePlan['redactions'],
  createdAt: Date,
  fromPixels: ReadonlySet<number> = new Set(),
  shown: GroundsShown = 'box',
): Promise<Result<Redacted, Refusal>> => {
  const wanted = boxesByPage(redactions);
  for (const page of fromPixels) if (!wanted.has(page)) wanted.set(page, []);
  const cutting = await withPdf(bytes, (pdf) => {
    const cuts = [...wanted].flatMap(
      ([number, boxes]) =>
        pdf.withPage(number, (page) => cut(page, boxes, fromPixels.has(number), shown)) ?? [],
    );
    return { cuts, bytes: pdf.save() };
  });
  if (!cutting.ok) return cutting;
  const { cuts } = cutting.value;
  const clean = await withPdf(cutting.value.bytes, (pdf) => new Set(cuts.filter((it) => took(pdf, it))));
  if (!clean.ok) return clean;
  const document = await PDFDocument.load(cutting.value.bytes, loading);
  const doubtful = cuts.filter((it) => !clean.value.has(it));
  const rebuilt = await withPdf(bytes, (pdf) => {
    for (const { page: number, boxes } of doubtful) {
      const rects = boxes.map(({ rect }) => rect);
      pdf.withPage(number, (page) => rebuild(document, number, likeness(page, rects), rects));
    }
  });
  if (!rebuilt.ok) return rebuilt;
  const painted = await paint(document, cuts, createdAt);
  if (!painted.ok) return painted;
  return ok({ document, pages: cuts.map((it) => ({ ...it, rebuilt: doubtful.includes(it) })) });
};
