import { normalise } from '../text/normalised-text.ts';
import { simplified } from '../text/simplified.ts';

const digits = new Map([...'〇一二三四五六七八九'].map((numeral, digit) => [numeral, `${digit}`]));
for (const [digit, numeral] of [...'零壹贰叁肆伍陆柒捌玖'].entries()) digits.set(numeral, `${digit}`);

/** A digit of any script (٣, ३, ３, 𝟑) as the plain one; scripts write their ten digits in a row. */
const digitOf = (character: string): string | undefined => {
  if (!/\p{Nd}/u.test(character)) return undefined;
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  // 𝟎… stand five times ten in a row, but NFKC has folded those.
  return `${code - zero}`;
};

/**
 * One form for everything that says the same to a reader: NFKC, no spaces or invisible characters, digits of all scripts
 * and as Chinese numerals plain, traditional characters simplified, letters small.
 */
export const plain = (text: string): string => {
  let out = '';
  for (const character of normalise(text).text) {
    const code = character.charCodeAt(0);
    if (code <= 0x20 || /\s/u.test(character)) continue;
    if (code < 0x80) out += character.toLowerCase();
    else {
      const simple = simplified(character);
      out += digits.get(simple) ?? digitOf(simple) ?? simple.toLowerCase();
    }
  }
  return out;
};

/** How much words say: a letter or digit 1, a Hanzi 2. */
export const weight = (words: string): number =>
  [...words].reduce((sum, it) => sum + ((it.codePointAt(0) ?? 0) > 0x2000 ? 2 : 1), 0);

export const count = (within: string, what: string): number => {
  let found = 0;
  for (let at = within.indexOf(what); at !== -1; at = within.indexOf(what, at + what.length)) found += 1;
  return found;
};
