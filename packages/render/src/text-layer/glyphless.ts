import { type PDFContext, type PDFDocument, type PDFRef, PDFString } from 'pdf-lib';

/** Widths of the shapeless glyphs go up in such steps, in thousandths of an em, to four em. */
export const STEP = 50;
const GLYPHS = 80;
/** Below the line that letters stand on, in thousandths of an em, as fonts of Chinese have it: viewers reckon with it. */
export const DESCENT = 120;
const ASCENT = 1000 - DESCENT;

const u16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries())
    bytes.writeInt16BE(value > 0x7fff ? value - 0x10000 : value, at * 2);
  return bytes;
};
const u32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, at * 4);
  return bytes;
};

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
const sum = (bytes: Buffer): number => {
  let total = 0;
  for (let at = 0; at < bytes.length; at += 4) total = (total + bytes.readUInt32BE(at)) >>> 0;
  return total;
};

/** The tables of a TrueType font, sorted by name, with directory and checksums (OpenType 1.9, "Font file"). */
const sfnt = (tables: Readonly<Record<string, Buffer>>): Buffer => {
  const entries = Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1));
  const power = Math.floor(Math.log2(entries.length));
  const range = 16 * 2 ** power;
  let at = 12 + 16 * entries.length;
  const directory = [u32(0x00010000), u16(entries.length, range, power, 16 * entries.length - range)];
  for (const [tag, bytes] of entries) {
    directory.push(Buffer.from(tag, 'latin1'), u32(sum(padded(bytes)), at, bytes.length));
    at += padded(bytes).length;
  }
  const file = Buffer.concat([...directory, ...entries.map(([, bytes]) => padded(bytes))]);
  const head = directory.length > 0 ? file.indexOf('head', 12, 'latin1') : -1;
  file.writeUInt32BE((0xb1b0afba - sum(file)) >>> 0, file.readUInt32BE(head + 8) + 8);
  return file;
};

/** A line across the em and back: it has no area and draws nothing, but pdfium sees by it how large the letter is. */
const glyph = (width: number): Buffer =>
  Buffer.concat([
    u16(1, 0, -DESCENT, width, ASCENT), // one contour, and its bounds
    u16(1, 0), // two points, no instructions
    Buffer.from([1, 1]),
    u16(0, width, -DESCENT, 1000),
  ]);

/** A TrueType font of shapeless glyphs, one a width: glyph n is n steps wide, glyph 0 is one em. 2 kB, half of it packed. */
export const glyphlessFont = (): Buffer => {
  const widths = Array.from({ length: GLYPHS + 1 }, (_, n) => (n === 0 ? 1000 : n * STEP));
  const glyphs = widths.map(glyph);
  const size = glyphs[0]?.length ?? 0;
  return sfnt({
    head: Buffer.concat([
      u32(0x00010000, 0x00010000, 0, 0x5f0f3cf5),
      u16(0, 1000),
      u32(0, 0, 0, 0), // no dates: the same bytes every time
      u16(0, -DESCENT, GLYPHS * STEP, ASCENT, 0, 8, 2, 0, 0),
    ]),
    hhea: Buffer.concat([
      u32(0x00010000),
      u16(ASCENT, -DESCENT, 0, GLYPHS * STEP, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS + 1),
    ]),
    maxp: Buffer.concat([u32(0x00010000), u16(GLYPHS + 1, 2, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)]),
    hmtx: Buffer.concat(widths.map((width) => u16(width, 0))),
    loca: u16(...[...widths, 0].map((_, n) => (n * size) / 2)),
    glyf: Buffer.concat(glyphs),
    post: Buffer.concat([u32(0x00030000, 0), u16(0, 0), u32(0, 0, 0, 0, 0)]),
  });
};

const hex = (value: number): string => value.toString(16).padStart(4, '0');
const utf16 = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => hex(text.charCodeAt(i))).join('');

/** Entries in blocks of at most a hundred, as the CMap format asks. */
const blocks = (entries: readonly string[]): string => {
  const out: string[] = [];
  for (let i = 0; i < entries.length; i += 100) {
    const some = entries.slice(i, i + 100);
    out.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`);
  }
  return out.join('\n');
};

const toUnicode = (texts: readonly string[]): string => `/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Gongkai def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
${blocks(texts.map((it, i) => `<${hex(i + 1)}> <${utf16(it)}>`))}
endcmap end end`;

const files = new WeakMap<PDFContext, PDFRef>();

/** One file for all fonts of a document. */
const fontFile = (context: PDFContext): PDFRef => {
  const bytes = glyphlessFont();
  const ref = files.get(context) ?? context.register(context.flateStream(bytes, { Length1: bytes.length }));
  files.set(context, ref);
  return ref;
};

/** A letter as wide as its place: steps of `STEP` thousandths of the height of its line. */
export type Unseen = { readonly text: string; readonly steps: number };

export const stepsOf = (em: number): number => Math.min(GLYPHS, Math.max(1, Math.round((em * 1000) / STEP)));

const keyOf = ({ text, steps }: Unseen): string => `${text}\u0000${steps}`;

/**
 * A font without shapes for text that is only searched, copied and read aloud; embedded, with the widths that the text
 * says (ISO 19005-2, 6.2.11.5). `codeOf` gives the code of each of these letters in hex.
 */
export const unseenFont = (
  document: PDFDocument,
  letters: readonly Unseen[],
): { font: PDFRef; codeOf: (letter: Unseen) => string } => {
  const { context } = document;
  // In the order of their code points: the order in which a text uses them would tell of it.
  const all = [...new Map(letters.map((one) => [keyOf(one), one])).values()].sort((a, b) =>
    a.text === b.text ? a.steps - b.steps : a.text < b.text ? -1 : 1,
  );
  const codes = new Map(all.map((one, i) => [keyOf(one), hex(i + 1)]));
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: 'GongkaiUnseen',
      Flags: 4,
      FontBBox: [0, -DESCENT, GLYPHS * STEP, ASCENT],
      ItalicAngle: 0,
      Ascent: ASCENT,
      Descent: -DESCENT,
      CapHeight: ASCENT,
      StemV: 80,
      FontFile2: fontFile(context),
    }),
  );
  const descendant = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: 'GongkaiUnseen',
    FontDescriptor: descriptor,
    DW: 1000,
    W: [1, all.map(({ steps }) => steps * STEP)],
    CIDToGIDMap: context.register(context.flateStream(u16(0, ...all.map(({ steps }) => steps)))),
    CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
  });
  const font = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: 'GongkaiUnseen',
      Encoding: 'Identity-H',
      DescendantFonts: [context.register(descendant)],
      ToUnicode: context.register(context.flateStream(toUnicode(all.map(({ text }) => text)))),
    }),
  );
  return { font, codeOf: (letter) => codes.get(keyOf(letter)) ?? '0000' };
};
