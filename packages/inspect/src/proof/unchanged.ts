import { readFile } from 'node:fs/promises';
import { ok, type ProofAsked, type Refusal, type Result } from '@gongkai/core';
import { PDFName } from 'pdf-lib';
import type { Rectangle } from '../pdf/geometry.ts';
import { changedAt } from './boxes.ts';
import { lettersOf, standIn } from './letters.ts';
import { centre, holds, type PageSeen, seePages } from './page-seen.ts';
import { open } from './passages.ts';
import { differs, grown, rectangle } from './source.ts';

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
type Spared = {
  /** What is not compared. */
  readonly bars: readonly Rectangle[];
  /** Where a ground may stand on blank paper. */
  readonly margins: readonly Rectangle[];
  /** Where red ink may have come. */
  readonly seals: readonly Rectangle[];
  /**
   * Letters may be gone: with redactions, and more of them than stood in the boxes where a page was rebuilt from pixels; and where
   * a document has layers, for what is switched off does not go out.
   */
  readonly mayLack: boolean;
  /** Recognition wrote its words over the pictures of this page; they are proven by themselves. */
  readonly read: boolean;
};

/** How a page differs, with the place; the words of the page are never said. */
type Difference = { readonly zh: string; readonly en: string };

const lacks: Difference = { zh: '缺少文字', en: 'lacks letters' };
const says: Difference = { zh: '多出文字', en: 'has letters of its own' };
const looks = ({ x, y }: { readonly x: number; readonly y: number }): Difference => ({
  zh: `距左上角 ${x}、${y} 磅处外观不同`,
  en: `looks otherwise ${x}, ${y} pt from its upper left corner`,
});

/** Where pages of the release differ from the pages that they were made from, form fields left out too. */
const changesOn = async (
  { pages, length, release, size }: Files,
  wanted: ReadonlyMap<number, Spared>,
  atMost: number,
): Promise<Result<ReadonlyMap<number, Difference>, Refusal>> => {
  const numbers = new Set(wanted.keys());
  type Before = {
    readonly drawings: readonly ReturnType<PageSeen['draw']>[];
    readonly scale: number;
    readonly fields: readonly Rectangle[];
    readonly letters: string;
  };
  const before = new Map<number, Before>();
  const old = await seePages(pages, length, numbers, (it) => {
    // Of the release, which may be longer by a strip.
    const room = it.width * (it.height + Math.max(50, it.width / 20));
    const scale = Math.min(atMost, Math.sqrt(mostPixels / room));
    const bare = it.draw(scale, false);
    before.set(it.page, {
      drawings: it.annotated ? [bare, it.draw(scale, true)] : [bare],
      scale,
      fields: it.fields.map(({ box }) => grown(box, 1)),
      letters: lettersOf(it.characters),
    });
  });
  if (!old.ok) return old;
  const changed = new Map<number, Difference>();
  const now = await seePages(release, size, numbers, (it) => {
    const was = before.get(it.page);
    const spared = wanted.get(it.page);
    if (was === undefined || spared === undefined) return;
    const { bars, margins, seals, mayLack, read } = spared;
    const free = [...strips(it), ...margins, ...bars, ...was.fields];
    const beside = it.characters.filter((one) => !free.some((box) => holds(box, centre(one))));
    if (!mayLack && !standIn(was.letters, lettersOf(it.characters))) changed.set(it.page, lacks);
    else if (!read && !standIn(lettersOf(beside), was.letters)) changed.set(it.page, says);
    if (changed.has(it.page)) return;
    const place = changedAt(
      was.drawings,
      it.draw(was.scale),
      [...bars, ...was.fields],
      [...strips(it), ...margins],
      seals,
    );
    if (place !== undefined) changed.set(it.page, looks(place));
  });
  return now.ok ? ok(changed) : now;
};

const hasLayers = async (path: string): Promise<boolean> =>
  (await open(await readFile(path))).catalog.has(PDFName.of('OCProperties'));

/** A pixel a point: a letter that is gone or has come lightens or darkens its square, and a page is drawn in some 10 ms. */
const coarse = 1;
/** So many pages are held as drawings at once: some 40 MB. */
const atOnce = 10;

/**
 * That a release has the pages that it was made from, each with its letters and looking as it did: bars, fields, and red ink
 * where seals stand left out. Drawn small first, which is quick; what differs there is looked at closely. Refuses
 * `release-differs`.
 */
export const unchanged = async (
  files: Files,
  proven: ReadonlyMap<number, PageProof>,
  asked: ProofAsked,
): Promise<Result<undefined, Refusal>> => {
  const counted = await seePages(files.pages, files.length, new Set(), () => {});
  if (!counted.ok) return counted;
  const there = await seePages(files.release, files.size, new Set(), () => {});
  if (!there.ok) return there;
  if (there.value !== counted.value)
    return differs(
      `${there.value} 页，应为 ${counted.value} 页`,
      `${there.value} pages instead of ${counted.value}`,
    );
  const sealed = new Map<number, Rectangle[]>();
  for (const box of asked.seals ?? [])
    sealed.set(box.page, [...(sealed.get(box.page) ?? []), grown(rectangle(box), 0.5)]);
  const recognised = new Set(asked.recognised?.map(({ page }) => page));
  const spared = (page: number): Spared => ({
    bars: proven.get(page)?.bars ?? [],
    margins: proven.get(page)?.margins ?? [],
    seals: sealed.get(page) ?? [],
    mayLack: proven.has(page),
    read: recognised.has(page),
  });
  let layered: boolean | undefined;
  for (let first = 1; first <= counted.value; first += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, counted.value - first + 1) }, (_, i) => first + i);
    const seen = await changesOn(files, new Map(some.map((page) => [page, spared(page)])), coarse);
    if (!seen.ok) return seen;
    for (const page of seen.value.keys()) {
      const scale = proven.get(page)?.scale ?? fine;
      layered ??= await hasLayers(files.pages);
      const mayLack = proven.has(page) || layered;
      const closely = await changesOn(files, new Map([[page, { ...spared(page), mayLack }]]), scale);
      if (!closely.ok) return closely;
      const difference = closely.value.get(page);
      if (difference !== undefined)
        return differs(`第 ${page} 页${difference.zh}`, `p. ${page} ${difference.en}`);
    }
  }
  return ok(undefined);
};
