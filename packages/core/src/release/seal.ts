import * as z from 'zod';
import { type Box, box } from '../document/box.ts';
import type { PageText } from '../document/inspection.ts';
import type { SignOff } from '../document/sign-off.ts';
import type { Stamping } from '../policy/stamping.ts';

/** One impression of a drawn seal, or a slice of one: the whole circle, and what of it this page shows. */
export const impression = z.object({
  /** Upper left corner of the square around the whole seal, points as displayed; outside of the page for a slice. */
  x: z.number(),
  y: z.number(),
  diameter: z.number().positive(),
  /** All that the seal may touch. */
  shown: box,
});
export type Impression = z.infer<typeof impression>;

export const pointsOf = (mm: number): number => (mm * 72) / 25.4;

/** Paper cut by printers and the edge of a scanner's glass, in points. */
const edge = 14;
/** A seal that is split over more pages than this leaves slices too narrow to be compared: further pages get their own. */
const mostSlices = 16;

export type SealFate =
  | { readonly fate: 'off' }
  | { readonly fate: 'at-sign-off' | 'lower-right'; readonly page: number }
  | {
      /**
       * `no-sign-off`: no 署名 with a date. `other-name`: signed by another body. `several`: signed more than once.
       * `sealed`: red ink stands there. `covered`: a redaction lies there.
       */
      readonly fate: 'no-sign-off' | 'other-name' | 'several' | 'sealed' | 'covered';
      readonly page?: number;
    };

const overlap = (one: Box, other: Box): boolean =>
  one.page === other.page &&
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

const bare = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/\((?:盖章|公章|章|印)\)$/, '');

type Size = Pick<PageText, 'page' | 'width' | 'height'>;

/**
 * 骑年盖月: upright, pressed on 署名 and 成文日期, which stand a little below its centre; its top within a line of the body
 * and not in it (GB/T 9704-2012, 7.3.5.1), as far as the lines leave room.
 */
const onSignOff = ({ nameBox, dateBox, bodyEnd }: SignOff, size: Size, diameter: number): Impression => {
  const middle =
    (Math.min(nameBox.x, dateBox.x) + Math.max(nameBox.x + nameBox.width, dateBox.x + dateBox.width)) / 2;
  const lines = (nameBox.y + dateBox.y + dateBox.height) / 2;
  const wanted = lines - 0.12 * diameter - diameter / 2;
  // Where the body stands close, the seal comes down until the 署名 is at the upper third of it.
  const y = Math.min(Math.max(wanted, bodyEnd + 2), nameBox.y - diameter / 4);
  return within(middle - diameter / 2, y, size, diameter);
};

const within = (x: number, y: number, { page, width, height }: Size, diameter: number): Impression => {
  const left = Math.max(0, Math.min(x, width - edge - diameter));
  const top = Math.max(0, Math.min(y, height - edge - diameter));
  return { x: left, y: top, diameter, shown: { page, x: left, y: top, width: diameter, height: diameter } };
};

type Wanted = {
  readonly seal: Stamping['seal'];
  /** Whose seal it is, when the policy's seal has no name of its own. */
  readonly office: string;
  readonly pages: readonly Size[];
  readonly signOffs: readonly SignOff[];
  /** The boxes of this file's redactions: nothing is pressed on them. */
  readonly covered: readonly Box[];
};

const main = (wanted: Wanted): { fate: SealFate; at?: Impression } => {
  const { seal, office, pages, signOffs, covered } = wanted;
  if (!seal.enabled) return { fate: { fate: 'off' } };
  const diameter = pointsOf(seal.diameterMm);
  const name = bare(seal.name ?? office);
  const own = signOffs.filter((one) => bare(one.name) === name);
  const [only, another] = own;
  const last = pages.at(-1);
  const corner = (): Impression | undefined =>
    seal.otherwise === 'lower-right' && last !== undefined
      ? within(last.width - 72 - diameter, last.height - 90 - diameter, last, diameter)
      : undefined;
  const settle = (
    at: Impression | undefined,
    fate: 'at-sign-off' | 'lower-right',
    otherwise: SealFate,
  ): { fate: SealFate; at?: Impression } => {
    if (at === undefined) return { fate: otherwise };
    const { page } = at.shown;
    if (covered.some((it) => overlap(it, at.shown))) return { fate: { fate: 'covered', page } };
    return { fate: { fate, page }, at };
  };
  if (only === undefined)
    return settle(corner(), 'lower-right', { fate: signOffs.length > 0 ? 'other-name' : 'no-sign-off' });
  const { page } = only.dateBox;
  if (another !== undefined) return { fate: { fate: 'several', page } };
  if (only.red) return { fate: { fate: 'sealed', page } };
  const size = pages.find((it) => it.page === page);
  return settle(size && onSignOff(only, size, diameter), 'at-sign-off', { fate: 'no-sign-off' });
};

/** Into groups as even as can be, of at most `mostSlices`; none is of a single page. */
const bundles = (pages: readonly Size[]): Size[][] => {
  const count = Math.ceil(pages.length / mostSlices);
  return Array.from({ length: count }, (_, i) =>
    pages.slice(Math.floor((i * pages.length) / count), Math.floor(((i + 1) * pages.length) / count)),
  );
};

/**
 * 骑缝章: one seal split evenly over the right edges of the pages, at one height from their heads, so that the pages laid
 * out like a fan show it whole. A page alone has no seam.
 */
const overEdges = ({ seal, pages, covered }: Wanted): Impression[] => {
  if (!seal.paging || pages.length < 2) return [];
  const lowest = Math.min(...pages.map(({ height }) => height));
  const diameter = Math.min(pointsOf(seal.diameterMm), 0.8 * lowest);
  return bundles(pages).flatMap((bundle) => {
    const slice = diameter / bundle.length;
    const sliceOf = ({ page, width }: Size, y: number): Box => ({
      page,
      x: width - slice,
      y,
      width: slice,
      height: diameter,
    });
    // The middle of the shortest page, or as near to it as the redactions leave free on all pages of the bundle.
    const middle = (lowest - diameter) / 2;
    const y = [0, -0.5, 0.5, -1, 1]
      .map((step) => middle + step * middle)
      .find((at) => bundle.every((one) => !covered.some((it) => overlap(it, sliceOf(one, at)))));
    if (y === undefined) return [];
    return bundle.map((one, i) => ({
      x: one.width - slice - i * slice,
      y,
      diameter,
      shown: sliceOf(one, y),
    }));
  });
};

export type Sealing = {
  readonly fate: SealFate;
  /** Of the main seal, where there is one. */
  readonly at?: Impression;
  readonly edges: readonly Impression[];
};

/** Where the drawn seals of one file stand, and what became of the main one. The gate's proof is told the same places. */
export const placeSeals = (wanted: Wanted): Sealing =>
  wanted.seal.enabled ? { ...main(wanted), edges: overEdges(wanted) } : { fate: { fate: 'off' }, edges: [] };
