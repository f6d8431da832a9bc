import { difference, draw } from './drawing.ts';
import type { Engine } from './engine.ts';
import { overlap, type Rectangle } from './geometry.ts';
import type { PageCharacter } from './page-characters.ts';
import type { PageObjects, Painted, TextInk } from './page-objects.ts';
import { PaintCover } from './paint-cover.ts';

export type Hiding =
  | 'covered'
  | 'under-annotation'
  | 'same-colour'
  | 'invisible'
  | 'ocr-layer'
  | 'off-page'
  | 'tiny'
  | 'layer-off';
/** Characters in reading order, hidden for the same reason and next to each other. */
export type HiddenRun = { readonly hiding: Hiding; readonly first: number; readonly last: number };

type Page = {
  readonly handle: number;
  readonly width: number;
  readonly height: number;
  readonly characters: readonly PageCharacter[];
  readonly objects: PageObjects;
  /** Boxes of annotations that draw something over the page. */
  readonly annotations: readonly Rectangle[];
  /** The document has optional content: any text may be switched off. */
  readonly layers: boolean;
};

const INVISIBLE = 3;
const ADD_TO_CLIP = 7;
/** Below this difference (of 255) nobody sees a character. */
const unseen = 16;
/** A sliver of a glyph that looks out from under a bar does not make it readable. */
const visibleShare = 0.25;
/** Colours (0 to 255 a channel) less apart than this may look the same. */
const near = 48;

const isCover = (hiding: Hiding): boolean => hiding === 'covered' || hiding === 'under-annotation';

const inked = (character: PageCharacter): boolean => character.object !== 0 && /\S/u.test(character.text);
const centre = ({ left, right, top, bottom }: Rectangle): [number, number] => [
  (left + right) / 2,
  (top + bottom) / 2,
];
const contains = (outer: Rectangle, [x, y]: readonly [number, number]): boolean =>
  x >= outer.left && x <= outer.right && y >= outer.top && y <= outer.bottom;

/** What may have the colour of the text that stands on it. White grounds are the page's own matter. */
const groundsOf = ({ painted }: PageObjects): Painted[] =>
  painted.filter(({ what, box, colour }) => {
    if (box.right - box.left < 3 || box.bottom - box.top < 3) return false;
    return what === 'path'
      ? colour !== undefined && Math.min(colour.red, colour.green, colour.blue) <= 200
      : true;
  });
const isGroundOf = (ground: Painted, { order, colour }: TextInk): boolean => {
  if (ground.order > order) return false;
  if (ground.colour === undefined || colour === undefined) return true;
  const apart = (['red', 'green', 'blue'] as const).map((one) =>
    Math.abs((ground.colour?.[one] ?? 0) - colour[one]),
  );
  return Math.max(...apart) < near;
};

/** Reasons that need no drawing. */
const plainReason = (page: Page, character: PageCharacter, ink: TextInk): Hiding | undefined => {
  const { box } = character;
  if (!contains({ left: 0, top: 0, right: page.width, bottom: page.height }, centre(box))) return 'off-page';
  if (ink.renderMode === INVISIBLE || ink.renderMode === ADD_TO_CLIP) return 'invisible';
  const small = box.right - box.left < 1.05 && box.bottom - box.top < 1.05;
  if (small && /[\p{L}\p{N}]/u.test(character.text)) return 'tiny';
  return undefined;
};

/** Why a character may be unseen although it is drawn. */
const suspicion = (
  page: Page & { readonly grounds: readonly Painted[] },
  cover: PaintCover,
  character: PageCharacter,
  ink: TextInk,
): Hiding | undefined => {
  const { box } = character;
  if (cover.mayHide(box, ink.order)) return 'covered';
  if (page.annotations.some((annotation) => contains(annotation, centre(box)))) return 'under-annotation';
  if (page.layers) return 'layer-off';
  if (ink.clip && !contains(ink.clip, centre(box))) return 'covered';
  const { colour } = ink;
  // On a ground of its own colour, or on a picture, whose colours nobody has told.
  if (page.grounds.some((ground) => isGroundOf(ground, ink) && contains(ground.box, centre(box))))
    return 'same-colour';
  if (colour && (colour.alpha < 60 || Math.min(colour.red, colour.green, colour.blue) > 200))
    return 'same-colour';
  return undefined;
};

/**
 * Proof by drawing: a character is hidden when the page looks the same without it. Against slivers, what is
 * seen of it is also compared with what would be seen if nothing lay over it.
 */
const proven = (engine: Engine, page: Page, suspects: ReadonlyMap<number, Hiding>): Map<number, Hiding> => {
  const { api } = engine;
  const handles = new Set([...suspects.keys()].map((index) => page.characters[index]?.object ?? 0));
  const firstOrder = Math.min(...[...handles].map((handle) => page.objects.texts.get(handle)?.order ?? 0));
  const covers = page.objects.painted.filter(
    ({ covers, thin, order }) => (covers || thin) && order > firstOrder,
  );
  const shown = (list: Iterable<number>, visible: boolean): void => {
    for (const handle of list) api.FPDFPageObj_SetIsActive(handle, visible);
  };
  const drawPage = (annotations: boolean) => draw(engine, page.handle, page.width, page.height, annotations);
  const hidden = new Map<number, Hiding>();
  try {
    const whole = drawPage(true);
    shown(handles, false);
    const without = drawPage(true);
    const anyCovered = [...suspects.values()].some(isCover);
    let bare = without;
    let bareWith = whole;
    if (anyCovered) {
      shown(
        covers.map(({ handle }) => handle),
        false,
      );
      bare = drawPage(false);
      shown(handles, true);
      bareWith = drawPage(false);
    }
    for (const [index, reason] of suspects) {
      const box = page.characters[index]?.box;
      if (box === undefined) continue;
      const seen = difference(whole, without, box);
      if (seen.strongest < unseen) {
        hidden.set(index, reason);
        continue;
      }
      if (isCover(reason) && seen.sum < visibleShare * difference(bareWith, bare, box).sum)
        hidden.set(index, reason);
    }
  } finally {
    shown(handles, true);
    shown(
      covers.map(({ handle }) => handle),
      true,
    );
  }
  return hidden;
};

const isOcrLayer = (page: Page, index: number): boolean => {
  const character = page.characters[index];
  if (character === undefined) return false;
  return page.objects.painted.some(({ what, box }) => what === 'image' && overlap(box, character.box) > 0);
};

/** All text of the page that a reader does not see, in runs. */
export const hiddenText = (engine: Engine, page: Page): HiddenRun[] => {
  const reasons = new Map<number, Hiding>();
  const suspects = new Map<number, Hiding>();
  const grounded = { ...page, grounds: groundsOf(page.objects) };
  const cover = new PaintCover(page.width, page.height, page.objects.painted);
  for (const [index, character] of page.characters.entries()) {
    if (!inked(character)) continue;
    const ink = page.objects.texts.get(character.object);
    if (ink === undefined) continue;
    const plain = plainReason(page, character, ink);
    if (plain === 'invisible') reasons.set(index, isOcrLayer(page, index) ? 'ocr-layer' : plain);
    else if (plain) reasons.set(index, plain);
    else {
      const why = suspicion(grounded, cover, character, ink);
      if (why) suspects.set(index, why);
    }
  }
  if (suspects.size > 0)
    for (const [index, reason] of proven(engine, page, suspects)) reasons.set(index, reason);
  return runs(page.characters, reasons);
};

const runs = (characters: readonly PageCharacter[], reasons: ReadonlyMap<number, Hiding>): HiddenRun[] => {
  const found: { hiding: Hiding; first: number; last: number }[] = [];
  let open: { hiding: Hiding; first: number; last: number } | undefined;
  for (const [index, character] of characters.entries()) {
    const hiding = reasons.get(index);
    if (hiding !== undefined && open?.hiding === hiding) open.last = index;
    else if (hiding !== undefined) {
      open = { hiding, first: index, last: index };
      found.push(open);
    } else if (inked(character)) open = undefined;
  }
  return found;
};
