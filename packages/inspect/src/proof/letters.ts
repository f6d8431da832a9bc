import type { PageCharacter } from '../pdf/page-characters.ts';

/** What a page says, drawn or not, letter by letter in the order of the file; spaces and signs that nobody sees left out. */
export const lettersOf = (characters: readonly PageCharacter[]): string =>
  characters
    .filter(({ object }) => object !== 0)
    .map(({ text }) => text)
    .join('')
    .normalize('NFKC')
    .replace(/[\s\p{C}]/gu, '');

/** Whether all letters of `some` stand in `all` in the same order, whatever stands between them. */
export const standIn = (some: string, all: string): boolean => {
  let at = 0;
  for (let one = 0; one < all.length && at < some.length; one += 1) if (all[one] === some[at]) at += 1;
  return at === some.length;
};
