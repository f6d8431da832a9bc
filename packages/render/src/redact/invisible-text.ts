import { type PDFDocument, type PDFRef, PDFString } from 'pdf-lib';
import { type Character, type Frame, uprightAt } from '../pdfium/index.ts';

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

const toUnicode = (characters: readonly string[]): string => `/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CMapName /Gongkai def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
${blocks(characters.map((it, i) => `<${hex(i + 1)}> <${utf16(it)}>`))}
endcmap end end`;

/**
 * A font without shapes for text that is only searched and copied. ISO 19005-2, 6.2.11.4.1: fonts used in rendering
 * mode 3 alone need not be embedded.
 */
const font = (document: PDFDocument, characters: readonly string[]): PDFRef => {
  const { context } = document;
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: 'GongkaiInvisible',
      Flags: 4,
      FontBBox: [0, -120, 1000, 880],
      ItalicAngle: 0,
      Ascent: 880,
      Descent: -120,
      CapHeight: 880,
      StemV: 80,
    }),
  );
  const descendant = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: 'GongkaiInvisible',
    FontDescriptor: descriptor,
    DW: 1000,
    CIDToGIDMap: 'Identity',
    CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
  });
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: 'GongkaiInvisible',
      Encoding: 'Identity-H',
      DescendantFonts: [context.register(descendant)],
      ToUnicode: context.register(context.flateStream(toUnicode(characters))),
    }),
  );
};

const DESCENT = 0.12;

/** Puts characters back on a page of pixels, unseen, where they stood: rendering mode 3, one matrix a character. */
export const invisibleText = (
  document: PDFDocument,
  frame: Frame,
  characters: readonly Character[],
): { font: PDFRef; operators: (font: string) => string } => {
  const alphabet = [...new Set(characters.map(({ text }) => text))];
  const codes = new Map(alphabet.map((text, i) => [text, hex(i + 1)]));
  const shown = characters.flatMap(({ text, line }) => {
    const [width, height] = [line.right - line.left, line.bottom - line.top];
    if (width <= 0 || height <= 0) return [];
    const [a, b, c, d, e, f] = uprightAt(frame, line.left, line.bottom - DESCENT * height);
    const matrix = [a * width, b * width, c * height, d * height, e, f].map((it) => it.toFixed(2));
    return [`${matrix.join(' ')} Tm <${codes.get(text)}> Tj`];
  });
  return {
    font: font(document, alphabet),
    operators: (key) => `BT 3 Tr ${key} 1 Tf\n${shown.join('\n')}\nET`,
  };
};
