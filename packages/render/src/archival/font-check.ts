import { PDFArray, PDFDict, PDFName, PDFNumber, type PDFObject, PDFStream } from 'pdf-lib';
import { decoded } from '../layer/index.ts';
import type { ShownCodes } from './content-use.ts';
import { charactersOf, namesOf } from './encoding.ts';
import { type FontProgram, fontProgram } from './font-program.ts';

const name = (text: string): PDFName => PDFName.of(text);

/** Why a font keeps a file from being PDF/A; undefined when nothing does. */
export type FontFault = 'not-embedded' | 'faulty';

const number = (object: PDFObject | undefined): number | undefined =>
  object instanceof PDFNumber ? object.asNumber() : undefined;

const embedded = (font: PDFDict): { program: PDFStream; key: string } | undefined => {
  const descriptor = font.lookup(name('FontDescriptor'));
  if (!(descriptor instanceof PDFDict)) return undefined;
  for (const key of ['FontFile2', 'FontFile3', 'FontFile']) {
    const program = descriptor.lookup(name(key));
    if (program instanceof PDFStream) return { program, key };
  }
  return undefined;
};

/** 6.2.11.5: the width that the file gives and the font's own are one, to a thousandth of the type size. */
const same = (said: number | undefined, own: number | undefined): boolean =>
  said !== undefined && own !== undefined && Math.abs(said - own) <= 1;

const cidWidths = (font: PDFDict): ((cid: number) => number) => {
  const usual = number(font.lookup(name('DW'))) ?? 1000;
  const list = font.lookup(name('W'));
  const single = new Map<number, number>();
  const runs: [number, number, number][] = [];
  if (list instanceof PDFArray)
    for (let i = 0; i < list.size(); ) {
      const first = number(list.lookup(i)) ?? 0;
      const next = list.lookup(i + 1);
      if (next instanceof PDFArray) {
        for (let n = 0; n < next.size(); n++) single.set(first + n, number(next.lookup(n)) ?? 0);
        i += 2;
      } else {
        runs.push([first, number(next) ?? 0, number(list.lookup(i + 2)) ?? 0]);
        i += 3;
      }
    }
  return (cid) => single.get(cid) ?? runs.find(([from, to]) => cid >= from && cid <= to)?.[2] ?? usual;
};

const composite = (font: PDFDict, shown: ShownCodes): FontFault | undefined => {
  const descendants = font.lookup(name('DescendantFonts'));
  const below = descendants instanceof PDFArray ? descendants.lookup(0) : undefined;
  if (!(below instanceof PDFDict)) return 'faulty';
  const file = embedded(below);
  if (file === undefined) return 'not-embedded';
  // Other maps from code to CID are allowed and rare: what cannot be followed is not claimed.
  if (
    font.lookup(name('Encoding')) !== name('Identity-H') &&
    font.lookup(name('Encoding')) !== name('Identity-V')
  )
    return 'faulty';
  const bytes = decoded(file.program);
  if (bytes === undefined) return 'faulty';
  const program = fontProgram(bytes);
  const trueType = below.lookup(name('Subtype')) === name('CIDFontType2');
  const kind = file.program.dict.lookup(name('Subtype'));
  if (trueType ? file.key !== 'FontFile2' : kind !== name('CIDFontType0C') && kind !== name('OpenType'))
    return 'faulty';
  const map = below.lookup(name('CIDToGIDMap'));
  const mapped = map instanceof PDFStream ? decoded(map) : undefined;
  if (map instanceof PDFStream ? mapped === undefined : trueType && map !== name('Identity')) return 'faulty';
  const glyphOf = (cid: number): number | undefined => {
    if (!trueType) return program.glyphOfCid ? program.glyphOfCid(cid) : cid;
    return mapped === undefined ? cid : (mapped[cid * 2] ?? 0) * 256 + (mapped[cid * 2 + 1] ?? 0);
  };
  const said = cidWidths(below);
  if (shown.broken) return 'faulty';
  for (const cid of shown) {
    const glyph = glyphOf(cid);
    if (glyph === undefined || glyph === 0) return 'faulty'; // 6.2.11.8: .notdef is never shown
    if (!same(said(cid), program.width(glyph))) return 'faulty';
  }
  return undefined;
};

/** 6.2.11.6: a symbolic font is read by its own map, any other through an encoding and a map from Unicode or Macintosh. */
const glyphOfCode = (font: PDFDict, program: FontProgram): ((code: number) => number) | undefined => {
  const descriptor = font.lookup(name('FontDescriptor'));
  const flags = descriptor instanceof PDFDict ? (number(descriptor.lookup(name('Flags'))) ?? 0) : 0;
  const encoding = font.lookup(name('Encoding'));
  const find = (platform: number, kind: number) =>
    program.cmaps.find((it) => it.platform === platform && it.encoding === kind);
  if ((flags & 4) !== 0) {
    if (encoding !== undefined) return undefined;
    const symbols = find(3, 0);
    if (symbols !== undefined)
      return (code) => symbols.glyph(code) || symbols.glyph(0xf000 + code) || symbols.glyph(0xf100 + code);
    const only = program.cmaps.length === 1 ? program.cmaps[0] : undefined;
    return only === undefined ? undefined : only.glyph;
  }
  const characterOf = charactersOf(encoding);
  const unicode = find(3, 1);
  if ((flags & 32) === 0 || characterOf === undefined || unicode === undefined) return undefined;
  return (code) => {
    const character = characterOf(code);
    return character === undefined ? 0 : unicode.glyph(character);
  };
};

/** Type 1 programs name their glyphs; -1 where there is none of that name. */
const glyphByName = (font: PDFDict, program: FontProgram): ((code: number) => number) | undefined => {
  const { glyphNamed, builtIn } = program;
  if (glyphNamed === undefined || builtIn === undefined) return undefined;
  const nameAt = namesOf(font.lookup(name('Encoding')), builtIn);
  const missing = glyphNamed('.notdef');
  return (code) => {
    const glyph = glyphNamed(nameAt(code) ?? '.notdef');
    return glyph === undefined || glyph === missing ? -1 : glyph;
  };
};

const simple = (font: PDFDict, shown: ShownCodes): FontFault | undefined => {
  const file = embedded(font);
  if (file === undefined) return 'not-embedded';
  const widths = font.lookup(name('Widths'));
  const [first, last] = [number(font.lookup(name('FirstChar'))), number(font.lookup(name('LastChar')))];
  if (!(widths instanceof PDFArray) || first === undefined || last === undefined) return 'faulty';
  if (widths.size() !== last - first + 1) return 'faulty';
  const bytes = decoded(file.program);
  if (bytes === undefined) return 'faulty';
  const program = fontProgram(bytes);
  const trueType = font.lookup(name('Subtype')) === name('TrueType');
  if (trueType !== (file.key === 'FontFile2')) return 'faulty';
  const glyphOf = trueType ? glyphOfCode(font, program) : glyphByName(font, program);
  if (glyphOf === undefined) return 'faulty';
  for (const code of shown) {
    const glyph = glyphOf(code);
    if (glyph < 0 || (trueType && glyph === 0)) return 'faulty'; // 6.2.11.8
    const said = code >= first && code <= last ? number(widths.lookup(code - first)) : undefined;
    if (!same(said, program.width(glyph))) return 'faulty';
  }
  return undefined;
};

/** A Type 3 font's glyphs are drawings that begin with their width. */
const drawn = (font: PDFDict, shown: ShownCodes): FontFault | undefined => {
  const [widths, procedures] = [font.lookup(name('Widths')), font.lookup(name('CharProcs'))];
  const first = number(font.lookup(name('FirstChar')));
  if (!(widths instanceof PDFArray && procedures instanceof PDFDict) || first === undefined) return 'faulty';
  const nameAt = namesOf(font.lookup(name('Encoding')), () => undefined);
  for (const code of shown) {
    const bytes = decoded(procedures.lookup(name(nameAt(code) ?? '')));
    const own = /^\s*([\d.+-]+)\s(?:[\d.+\s-]*?)d[01]\s/.exec(
      Buffer.from(bytes ?? []).toString('latin1'),
    )?.[1];
    const said =
      code < first || code - first >= widths.size() ? undefined : number(widths.lookup(code - first));
    if (own === undefined || said === undefined || Math.abs(said - Number(own)) > 0.001) return 'faulty';
  }
  return undefined;
};

/** What ISO 19005-2, 6.2.11 finds wrong with a font, for the codes that the document shows in it. */
export const fontFault = (font: PDFDict, shown: ShownCodes): FontFault | undefined => {
  try {
    const kind = font.lookup(name('Subtype'));
    if (kind === name('Type0')) return composite(font, shown);
    return kind === name('Type3') ? drawn(font, shown) : simple(font, shown);
  } catch {
    return 'faulty'; // the data is not what it says it is
  }
};
