import { ok, type ProofAsked, type Refusal, type Result } from '@gongkai/core';
import type { Rectangle } from '../pdf/geometry.ts';
import { changedAt } from './boxes.ts';
import { type PageSeen, seePages } from './page-seen.ts';
import { grown, rectangle, unproven } from './source.ts';

/** Where the stamp may stand: at the head or the foot of a page, as high as this share of its width and no less. */
export const strips = ({ width, height }: { width: number; height: number }): [Rectangle, Rectangle] => {
  const room = 60 * Math.max(1, width / 1200);
  const all = { left: 0, right: width };
  return [
    { ...all, top: 0, bottom: room },
    { ...all, top: height - room, bottom: height + 10 * room },
  ];
};

/** 200 dpi: at less, hatches and hairlines look darker than they are, and a page of pixels differs. */
export const fine = 200 / 72;

export const mostPixels = 5_900_000;

export type PageProof = {
  readonly labels: readonly Rectangle[];
  readonly bars: readonly Rectangle[];
  /** Where a ground stands beside its line, and nothing else. */
  readonly margins: readonly Rectangle[];
  /** For drawing it and the page that it was made from alike, whatever their size. */
  readonly scale: number;
};

type Files = {
  readonly pages: string;
  readonly length: number;
  readonly release: string;
  readonly size: number;
};
/** What is not compared on a page (bars), where a ground may stand on blank paper (margins) and red may have come (seals). */
type Spared = Pick<PageProof, 'bars' | 'margins'> & { readonly seals: readonly Rectangle[] };
type Place = { readonly x: number; readonly y: number };

/** Where pages of the release look other than the pages that they were made from, form fields left out too. */
const changesOn = async (
  { pages, length, release, size }: Files,
  wanted: ReadonlyMap<number, Spared>,
  atMost: number,
): Promise<Result<ReadonlyMap<number, Place>, Refusal>> => {
  const numbers = new Set(wanted.keys());
  type Before = {
    readonly drawings: readonly ReturnType<PageSeen['draw']>[];
    readonly scale: number;
    readonly fields: readonly Rectangle[];
  };
  const before = new Map<number, Before>();
  const old = await seePages(pages, length, numbers, (it) => {
    // Of the release, which may be longer by a strip.
    const room = it.width * (it.height + Math.max(50, it.width / 20));
    const scale = Math.min(atMost, Math.sqrt(mostPixels / room));
    const drawings = [it.draw(scale, false), it.draw(scale, true)];
    before.set(it.page, { drawings, scale, fields: it.fields.map(({ box }) => grown(box, 1)) });
  });
  if (!old.ok) return old;
  const changed = new Map<number, Place>();
  const now = await seePages(release, size, numbers, (it) => {
    const was = before.get(it.page);
    const spared = wanted.get(it.page);
    if (was === undefined || spared === undefined) return;
    const { bars, margins, seals } = spared;
    const place = changedAt(
      was.drawings,
      it.draw(was.scale),
      [...bars, ...was.fields],
      [...strips(it), ...margins],
      seals,
    );
    if (place !== undefined) changed.set(it.page, place);
  });
  return now.ok ? ok(changed) : now;
};

/** Small enough that drawing is quick, large enough that a letter darkens its square. */
const coarse = 0.5;
/** So many pages are held as drawings at once: some 30 MB. */
const atOnce = 20;

/**
 * That pages with redactions, seals or a watermark look as they did, bars, fields and red ink where seals stand left out.
 * Drawn small first, which is quick; what differs there is looked at closely.
 */
export const unchanged = async (
  files: Files,
  proven: ReadonlyMap<number, PageProof>,
  asked: ProofAsked,
): Promise<Result<undefined, Refusal>> => {
  const sealed = new Map<number, Rectangle[]>();
  for (const box of asked.seals ?? [])
    sealed.set(box.page, [...(sealed.get(box.page) ?? []), grown(rectangle(box), 0.5)]);
  const spared = (page: number): Spared => ({
    bars: proven.get(page)?.bars ?? [],
    margins: proven.get(page)?.margins ?? [],
    seals: sealed.get(page) ?? [],
  });
  const all = [...new Set([...proven.keys(), ...sealed.keys(), ...(asked.watermarked ?? [])])];
  all.sort((a, b) => a - b);
  for (let from = 0; from < all.length; from += atOnce) {
    const some = all.slice(from, from + atOnce);
    // Beside a redaction a letter may be gone, and not only have come: no page with one is drawn at less than a pixel a point.
    const scale = some.some((page) => proven.has(page)) ? 1 : coarse;
    const seen = await changesOn(files, new Map(some.map((page) => [page, spared(page)])), scale);
    if (!seen.ok) return seen;
    for (const page of seen.value.keys()) {
      const closely = await changesOn(
        files,
        new Map([[page, spared(page)]]),
        proven.get(page)?.scale ?? fine,
      );
      if (!closely.ok) return closely;
      const place = closely.value.get(page);
      if (place === undefined) continue;
      const beside = proven.has(page) ? 'its redactions' : 'its seal or watermark';
      return unproven(
        `p. ${page} changed beside ${beside}, ${place.x}, ${place.y} pt from its upper left corner`,
      );
    }
  }
  return ok(undefined);
};
