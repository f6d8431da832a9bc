import { Converter } from 'opencc-js/t2cn';

/** Every traditional character that is another one in simplified writing, letter by letter: 張 → 张. */
let table: ReadonlyMap<string, string> | undefined;

const ranges = [
  [0x3400, 0x9fff],
  [0x20000, 0x2a6df],
] as const;

const made = (): ReadonlyMap<string, string> => {
  const convert = Converter({ from: 't', to: 'cn' });
  const pairs = new Map<string, string>();
  for (const [from, to] of ranges)
    for (let code = from; code <= to; code += 1) {
      const character = String.fromCodePoint(code);
      const other = convert(character);
      if (other !== character) pairs.set(character, other);
    }
  return pairs;
};

/** The character in simplified writing; itself when it is the same there. */
export const simplified = (character: string): string => {
  table ??= made();
  return table.get(character) ?? character;
};
