import type { ReadLetter, RecognisedPage } from '@gongkai/core';
import { overlap, type Rectangle } from '../pdf/geometry.ts';
import type { PageCharacter } from '../pdf/page-characters.ts';
import { centre, holds, type PageSeen } from './page-seen.ts';

const invisible = 3;
/** Points. A letter is written as high as its line, and begins where it was read. */
const nearby = 2;

export const boxOf = ({ x, y, width, height }: ReadLetter): Rectangle => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
});

const grown = (box: Rectangle, by: number): Rectangle => ({
  left: box.left - by,
  top: box.top - by,
  right: box.right + by,
  bottom: box.bottom + by,
});

const middle = ({ left, top, right, bottom }: Rectangle) => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
});

const isInked = ({ object, text }: Pick<PageCharacter, 'object' | 'text'>): boolean =>
  object !== 0 && text.trim() !== '';

/** By what they say and about where they stand, so that a page of a thousand letters is compared in no time. */
const cell = 20;
const placesOf = <T extends { readonly text: string; readonly box: Rectangle }>(all: readonly T[]) => {
  const places = new Map<string, T[]>();
  const key = (text: string, x: number, y: number): string =>
    `${text} ${Math.floor(x / cell)} ${Math.floor(y / cell)}`;
  for (const one of all) {
    const { x, y } = middle(one.box);
    places.set(key(one.text, x, y), [...(places.get(key(one.text, x, y)) ?? []), one]);
  }
  return (text: string, { left, top, right, bottom }: Rectangle): T[] => {
    const found: T[] = [];
    for (let x = left - cell; x <= right + cell; x += cell)
      for (let y = top - cell; y <= bottom + cell; y += cell)
        found.push(...(places.get(key(text, x, y)) ?? []));
    return found;
  };
};

/**
 * What unseen text (rendering mode 3) on a page of a release may say: what the page that it was made from says at that place,
 * or what recognition read there, with nothing of what a box touches. A sentence about the page when it says other things, or
 * less than was read; undefined when all is well.
 */
export const unseenTextOn = (
  seen: PageSeen,
  before: readonly PageCharacter[],
  recognised: RecognisedPage['recognised'],
  boxes: readonly Rectangle[],
): string | undefined => {
  const unseen = seen.characters.filter(
    (it) => isInked(it) && seen.objects.texts.get(it.object)?.renderMode === invisible,
  );
  if (unseen.length === 0) return undefined;
  const letters = recognised.flatMap((letter) =>
    letter.text.trim() === ''
      ? []
      : [...letter.text].map((text) => ({
          text,
          box: boxOf(letter),
          covered: boxes.some((it) => overlap(it, boxOf(letter)) > 0),
        })),
  );
  const written = before.filter(isInked);
  const own = placesOf(written);
  const read = placesOf(letters);
  const said = new Set<(typeof letters)[number]>();
  for (const character of unseen) {
    const at = centre(character);
    const room = grown(character.box, nearby);
    if (own(character.text, room).some(({ box }) => holds(room, middle(box)))) continue;
    if (boxes.some((it) => holds(it, at))) return 'unseen text stands in a redaction';
    const here = read(character.text, room).filter(({ box }) => holds(room, middle(box)));
    const letter = here.find((it) => !it.covered && !said.has(it)) ?? here.find((it) => !it.covered);
    if (letter === undefined)
      return here.length > 0
        ? 'unseen text says what a redaction touches'
        : 'unseen text says what nobody read there';
    said.add(letter);
  }
  // Half of a layer would make a reader believe that a word does not stand on the page.
  if (said.size === 0) return undefined;
  const words = placesOf(unseen);
  const pictures = seen.objects.painted.filter(({ what }) => what === 'image');
  const lost = letters.find(
    ({ text, box, covered }) =>
      !covered &&
      pictures.some((it) => holds(it.box, middle(box))) &&
      !boxes.some((it) => overlap(it, grown(box, box.bottom - box.top)) > 0) &&
      words(text, grown(box, nearby)).length === 0 &&
      !written.some((it) => overlap(it.box, box) > 0),
  );
  return lost === undefined ? undefined : 'the unseen text leaves out what was read';
};
