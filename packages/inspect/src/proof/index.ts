import { readFile as readBytes, stat } from 'node:fs/promises';
import {
  type GroundsShown,
  marginLabels,
  ok,
  type Proof,
  type ProofAsked,
  type Refusal,
  type Result,
} from '@gongkai/core';
import { area, overlap, type Rectangle } from '../pdf/geometry.ts';
import type { PageCharacter } from '../pdf/page-characters.ts';
import { findEnds } from '../pdf/revisions.ts';
import { soleSignature } from '../signature/index.ts';
import { isBlack, isEven } from './boxes.ts';
import { findWordsIn } from './look-for.ts';
import { notNeeded } from './not-needed.ts';
import { centre, holds, type PageSeen, seePages } from './page-seen.ts';
import { open, type Passage, readFile } from './passages.ts';
import { withSecondEngine } from './second-engine.ts';
import { type Covered, coveredOn, grown, readSource, unproven } from './source.ts';
import { fine, mostPixels, type PageProof, strips, unchanged } from './unchanged.ts';

export { tells } from './look-for.ts';
export { seePages } from './page-seen.ts';
export { count, plain } from './plain.ts';
export { readSource, unproven } from './source.ts';

import { unseenTextOn } from './unseen-text.ts';

/** A bar is as large as its box and no larger: what it would cover besides, nobody decided. */
const isBar = (box: Rectangle, { rect }: Covered): boolean =>
  (['left', 'right', 'top', 'bottom'] as const).every((side) => Math.abs(box[side] - rect[side]) <= 0.6);

/** A rule or a frame has a few lines; more may be letters drawn as curves. */
const letterLike = 9;

/** What lies under or in a box besides the bar and its ground; undefined when it is nothing. */
const foreign = (seen: PageSeen, box: Covered, bars: readonly number[]): string | undefined => {
  const touching = seen.objects.painted.filter(
    ({ handle, box: it }) => !bars.includes(handle) && overlap(it, box.rect) > 0.01,
  );
  const inner = grown(box.rect, 0.3);
  const paths = touching.filter(({ what }) => what === 'path');
  const drawing = paths.find(
    ({ handle, box: it }) =>
      seen.segments(handle) >= letterLike ||
      (it.left >= inner.left && it.right <= inner.right && it.top >= inner.top && it.bottom <= inner.bottom),
  );
  if (drawing !== undefined) return 'a drawing lies in it';
  if (touching.length === paths.length) return undefined;
  const inside = seen.characters.filter((it) => it.object !== 0 && holds(box.rect, centre(it)));
  const without = [...bars, ...paths.map(({ handle }) => handle), ...inside.map(({ object }) => object)];
  return isEven(seen.draw(2, true, without), box.rect) ? undefined : 'a picture lies in it';
};

const scales = [1, 2] as const;

/** Whether what is written in a box is its ground, whole and in its order, or nothing. */
const isGround = (inside: PageSeen['characters'], box: Covered, boxes: readonly Covered[]): boolean => {
  const said = inside.map(({ text }) => text).join('');
  if (said === '' || said === box.label.replace(/\s/g, '')) return true;
  const over = boxes.filter((it) => it !== box && overlap(it.rect, box.rect) > 0);
  // Boxes that lie over each other: the ground of one lies in the other, or a part of it.
  return (
    over.length > 0 &&
    inside.every((it) =>
      [box, ...over].some(({ rect, label }) => label.includes(it.text) && holds(rect, centre(it))),
    )
  );
};

/**
 * Places in the margins that say a ground, whole and in its order, with nothing drawn there besides: only there may something stand
 * where the page was blank.
 */
const besideLines = (seen: PageSeen, boxes: readonly Covered[], shown: GroundsShown): Rectangle[] =>
  marginLabels(seen, boxes, shown).flatMap(({ text, places }) =>
    places.filter((place) => {
      const there = seen.characters.filter(
        (it) => it.object !== 0 && it.text.trim() !== '' && holds(grown(place, 1), centre(it)),
      );
      const drawn = seen.objects.painted.some(
        ({ what, box }) =>
          (what === 'path' || area(box) < (seen.width * seen.height) / 2) && overlap(box, place) > 0,
      );
      return !drawn && there.map((it) => it.text).join('') === text.replace(/\s/g, '');
    }),
  );

/** The page as it came out of the renderer, box by box. */
const provePage = (
  seen: PageSeen,
  boxes: readonly Covered[],
  shown: GroundsShown,
): Result<PageProof, Refusal> => {
  const black = (colour: { red: number; green: number; blue: number; alpha: number } | undefined): boolean =>
    colour !== undefined && colour.alpha === 255 && Math.max(colour.red, colour.green, colour.blue) <= 20;
  const bars = seen.objects.painted.filter(
    ({ what, box, colour }) => what === 'path' && black(colour) && boxes.some((it) => isBar(box, it)),
  );
  const handles = bars.filter(({ handle }) => seen.segments(handle) < letterLike).map(({ handle }) => handle);
  const labels: Rectangle[] = [];
  for (const box of boxes) {
    const inside = seen.characters.filter(
      (it) => it.object !== 0 && it.text.trim() !== '' && holds(box.rect, centre(it)),
    );
    if (!isGround(inside, box, boxes)) return unproven(`${box.name}: text stands in it`);
    labels.push(...inside.map((it) => grown(it.box, 1)));
    const other = foreign(seen, box, handles);
    if (other !== undefined) return unproven(`${box.name}: ${other}`);
  }
  for (const scale of scales) {
    const drawing = seen.draw(scale);
    const light = boxes.find(({ rect }) => !isBlack(drawing, rect, labels));
    if (light !== undefined) return unproven(`${light.name}: not of one colour`);
  }
  const scale = Math.min(fine, Math.sqrt(mostPixels / (seen.width * seen.height)));
  return ok({
    labels,
    bars: bars.map(({ box }) => grown(box, 1.5)),
    margins: besideLines(seen, boxes, shown),
    scale,
  });
};

/** Of a release without redactions: whether unseen text says what nobody read in its pictures. */
const strangeUnseen = async (
  pages: string,
  length: number,
  release: string,
  size: number,
  { recognised = [] }: ProofAsked,
): Promise<string | Result<never, Refusal> | undefined> => {
  if (recognised.length === 0) return undefined;
  const wanted = new Set(recognised.map(({ page }) => page));
  const before = new Map<number, readonly PageCharacter[]>();
  const old = await seePages(pages, length, wanted, ({ page, characters }) => before.set(page, characters));
  if (!old.ok) return old;
  let strange: string | undefined;
  const now = await seePages(release, size, wanted, (seen) => {
    const letters = recognised.find(({ page }) => page === seen.page)?.recognised ?? [];
    const said = unseenTextOn(seen, before.get(seen.page) ?? [], letters, []);
    if (said !== undefined) strange ??= `p. ${seen.page}: ${said}`;
  });
  return now.ok ? strange : now;
};

/**
 * Proves of the finished release what the renderer promised, with nothing of the renderer's: the words under every box are
 * looked for in one plain form in all that the file says; every box is one colour for two engines at two resolutions, with
 * nothing beneath; beside the boxes every page says what it said and looks as it did. Refuses `redaction-not-proven` (which
 * redaction, and where its words stand; never the words), `release-differs`, `damaged`, `encrypted`, `inspection-failed`.
 */
export const prove = async (
  pages: string,
  release: string,
  asked: ProofAsked,
): Promise<Result<Proof, Refusal>> => {
  const { ends, size, trailing } = await findEnds(release);
  if (ends.length > 2 || trailing > 0)
    return unproven('the file holds more than one revision, or data behind its end');
  const bytes = await readBytes(release);
  // The office's own signature is the one thing that may be added to a release, in a revision of its own.
  const added = ends.length === 2 ? await soleSignature(bytes, ends[0] ?? 0) : undefined;
  if (added !== undefined) return unproven(`the file holds more than one revision: ${added}`);
  const document = await open(bytes);
  const said = readFile(document);
  const more = said.stray.length > 0 ? `${said.stray[0]} belongs to nothing` : notNeeded(document);
  const length = (await stat(pages)).size;
  if (asked.redactions.length === 0) {
    const strange = more ?? (await strangeUnseen(pages, length, release, size, asked));
    if (typeof strange === 'string') return unproven(strange);
    if (strange !== undefined) return strange;
    const same = await unchanged({ pages, length, release, size }, new Map(), asked);
    return same.ok ? ok({ boxes: 0, words: 0 }) : same;
  }

  const source = await readSource(pages, asked);
  if (!source.ok) return source;
  const { secrets } = source.value;
  const covered = coveredOn(asked);
  const passages: Passage[] = [...said.passages];
  const proven = new Map<number, PageProof>();
  let failed: Result<never, Refusal> | undefined;
  const seen = await seePages(release, size, undefined, (page) => {
    if (failed) return;
    const zones = strips(page);
    const text = page.characters
      .filter((it) => it.object !== 0 && !zones.some((zone) => holds(zone, centre(it))))
      .map(({ text }) => text);
    passages.push({ kind: 'page', where: `p. ${page.page}`, page: page.page, text: text.join('') });
    const whole = page.characters.map(({ text }) => text).join('');
    passages.push({ kind: 'shown', where: `p. ${page.page}`, page: page.page, text: whole });
    const boxes = covered.get(page.page);
    const strange = unseenTextOn(
      page,
      source.value.written.get(page.page) ?? [],
      asked.recognised?.find((it) => it.page === page.page)?.recognised ?? [],
      (boxes ?? []).map(({ rect }) => rect),
    );
    if (strange !== undefined) {
      failed = unproven(`p. ${page.page}: ${strange}`);
      return;
    }
    if (boxes === undefined) return;
    const held = provePage(page, boxes, asked.groundsShown ?? 'box');
    if (held.ok) proven.set(page.page, held.value);
    else failed = held as Result<never, Refusal>;
  });
  if (!seen.ok) return seen;
  if (seen.value !== source.value.pages)
    return unproven(`${seen.value} pages instead of ${source.value.pages}`);
  if (failed) return failed;
  for (const [page, boxes] of covered)
    if (!proven.has(page)) return unproven(`${boxes[0]?.name}: there is no such page`);

  const second = await withSecondEngine(bytes, async (pageOf) => {
    for (const [number, boxes] of covered) {
      const page = await pageOf(number);
      passages.push({ kind: 'shown', where: `p. ${number}`, page: number, text: page.text });
      for (const scale of scales) {
        const drawing = await page.draw(scale);
        const labels = (proven.get(number)?.labels ?? []).map((it) => grown(it, 0.5));
        const light = boxes.find(({ rect }) => !isBlack(drawing, rect, labels));
        if (light !== undefined) return unproven(`${light.name}: not of one colour to a second reader`);
      }
    }
    return ok(undefined);
  });
  if (!second.ok) return second;

  const left = findWordsIn({ passages, bytes: said.bytes }, secrets);
  if (left !== undefined) return unproven(`what ${left.secret.name} covers still stands: ${left.where}`);

  if (more !== undefined) return unproven(more);

  const same = await unchanged({ pages, length, release, size }, proven, asked);
  if (!same.ok) return same;
  return ok({
    boxes: asked.redactions.reduce((sum, { boxes }) => sum + boxes.length, 0),
    words: secrets.length,
  });
};
