import { readCff } from './cff.ts';
import { advancesOf, blankIn, charactersOf, readSfnt, trimmed } from './sfnt.ts';

/** A font program from which single glyphs are drawn. */
export type Face = {
  /** 0 where the font has no glyph for it. */
  readonly glyphOf: (code: number) => number;
  readonly glyphs: number;
  /** A glyph besides 0 that draws nothing; 0 where there is none. */
  readonly blank: number;
  /** In thousandths of the size. */
  readonly advance: (glyph: number) => number;
  /** The number by which a PDF asks for the glyph. */
  readonly cidOf: (glyph: number) => number;
  readonly kind: 'truetype' | 'cff';
  /** The font program with at least these glyphs. */
  readonly program: (used: Iterable<number>) => Uint8Array;
};

/** Undefined for what is neither TrueType nor OpenType nor bare CFF, or is cut off. */
export const readFace = (given: Uint8Array): Face | undefined => {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  try {
    const font = readSfnt(bytes);
    const cff = font === undefined ? bytes : font.tables.get('CFF ');
    if (cff !== undefined) {
      const read = readCff(cff);
      return read === undefined
        ? undefined
        : {
            ...read,
            glyphOf: font === undefined ? () => 0 : charactersOf(font),
            advance: font === undefined ? () => 1000 : advancesOf(font),
            kind: 'cff',
            program: read.trimmed,
          };
    }
    if (font === undefined || !font.tables.has('glyf') || !font.tables.has('loca')) return undefined;
    // Tried once: a font whose tables contradict each other must not fail in the middle of a page.
    trimmed(font, []);
    return {
      glyphs: font.glyphs,
      blank: blankIn(font),
      glyphOf: charactersOf(font),
      advance: advancesOf(font),
      cidOf: (glyph) => glyph,
      kind: 'truetype',
      program: (used) => trimmed(font, used),
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};
