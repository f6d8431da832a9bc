import { PDFArray, PDFDict, PDFName, PDFNumber } from 'pdf-lib';
import { characterNamed, nameOf, standardEncoding } from './glyph-names.ts';

const name = (text: string): PDFName => PDFName.of(text);
type Reading<T> = (code: number) => T | undefined;

const single = (encoding: 'windows-1252' | 'macintosh'): Reading<number> => {
  const decoder = new TextDecoder(encoding);
  const read = Array.from({ length: 256 }, (_, code) => decoder.decode(Uint8Array.of(code)).codePointAt(0));
  return (code) => read[code];
};
const winAnsi = single('windows-1252');
const macRoman = single('macintosh');

const based = (base: unknown): Reading<number> | undefined =>
  base === name('WinAnsiEncoding') ? winAnsi : base === name('MacRomanEncoding') ? macRoman : undefined;

/** The names that an /Encoding puts in place of its base's (ISO 32000-1, 9.6.6). */
const differences = (encoding: unknown): ReadonlyMap<number, string> => {
  const listed = encoding instanceof PDFDict ? encoding.lookup(name('Differences')) : undefined;
  const named = new Map<number, string>();
  let code = 0;
  if (listed instanceof PDFArray)
    for (let i = 0; i < listed.size(); i++) {
      const one = listed.lookup(i);
      if (one instanceof PDFNumber) code = one.asNumber();
      else if (one instanceof PDFName) named.set(code++, one.decodeText());
    }
  return named;
};

/** Code to character as a TrueType font must read it; undefined for an encoding that PDF/A forbids it (6.2.11.6). */
export const charactersOf = (encoding: unknown): Reading<number> | undefined => {
  const base = based(encoding instanceof PDFDict ? encoding.lookup(name('BaseEncoding')) : encoding);
  if (base === undefined) return undefined;
  const other = differences(encoding);
  return (code) => {
    const named = other.get(code);
    return named === undefined ? base(code) : characterNamed(named);
  };
};

/** Code to the name of a glyph, for Type 1 and Type 3 fonts; `builtIn` is the font's own encoding. */
export const namesOf = (encoding: unknown, builtIn: Reading<string>): Reading<string> => {
  const said = encoding instanceof PDFDict ? encoding.lookup(name('BaseEncoding')) : encoding;
  const read = based(said);
  const base: Reading<string> =
    read !== undefined
      ? (code) => nameOf(read(code))
      : said === name('StandardEncoding')
        ? standardEncoding
        : builtIn;
  const other = differences(encoding);
  return (code) => other.get(code) ?? base(code);
};
