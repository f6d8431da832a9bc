import { type PDFDocument, type PDFRef, PDFString } from 'pdf-lib';
import { packed } from './canvas.ts';
import type { Face } from './face.ts';
import { number } from './matrix.ts';

const utf16 = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');
const hex = (code: number): string => code.toString(16).padStart(4, '0');

const toUnicode = (texts: ReadonlyMap<number, string>): string => {
  const lines = [...texts]
    .filter(([, text]) => text !== '')
    .sort(([one], [other]) => one - other)
    .map(([code, text]) => `<${hex(code)}> <${utf16(text)}>`);
  const blocks: string[] = [];
  // No block may have more than 100 lines (Adobe technical note 5014).
  for (let at = 0; at < lines.length; at += 100) {
    const some = lines.slice(at, at + 100);
    blocks.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
};

/** One font of the PDF: a glyph has one meaning in it. */
type Instance = {
  readonly ref: PDFRef;
  readonly glyphs: Map<number, number>;
  readonly texts: Map<number, string>;
};

/**
 * One font program in the PDF, drawn by glyph. A glyph that stands for two texts (an OFD may say so) gets a second font
 * over the same program, so that each place reads as it was written.
 */
export class Typeface {
  readonly face: Face;
  readonly #document: PDFDocument;
  readonly #name: string;
  readonly #instances: Instance[] = [];

  constructor(document: PDFDocument, face: Face, name: string) {
    this.#document = document;
    this.face = face;
    this.#name = name;
  }

  /** The font to choose and the code to show for a glyph that means `text`. */
  use(glyph: number, text: string): { font: PDFRef; code: string } {
    const cid = this.face.cidOf(glyph);
    let instance = this.#instances.find(({ texts }) => (texts.get(cid) ?? text) === text);
    if (instance === undefined) {
      instance = { ref: this.#document.context.nextRef(), glyphs: new Map(), texts: new Map() };
      this.#instances.push(instance);
    }
    instance.texts.set(cid, text);
    instance.glyphs.set(cid, glyph);
    return { font: instance.ref, code: hex(cid) };
  }

  /** Writes what was used. Once, when all pages are drawn. */
  finish(): void {
    const { context } = this.#document;
    const used = this.#instances.flatMap(({ glyphs }) => [...glyphs.values()]);
    if (used.length === 0) return;
    const trueType = this.face.kind === 'truetype';
    const program = this.face.program(used);
    const file = context.register(
      packed(context, program, trueType ? { Length1: program.length } : { Subtype: 'CIDFontType0C' }),
    );
    const descriptor = context.register(
      context.obj({
        Type: 'FontDescriptor',
        FontName: this.#name,
        Flags: 4,
        FontBBox: [-200, -250, 1200, 1000],
        ItalicAngle: 0,
        Ascent: 880,
        Descent: -120,
        CapHeight: 700,
        StemV: 80,
        [trueType ? 'FontFile2' : 'FontFile3']: file,
      }),
    );
    for (const { ref, glyphs, texts } of this.#instances) {
      const widths = [...glyphs]
        .sort(([one], [other]) => one - other)
        .flatMap(([cid, glyph]) => [cid, [Number(number(this.face.advance(glyph)))]]);
      const descendant = context.register(
        context.obj({
          Type: 'Font',
          Subtype: trueType ? 'CIDFontType2' : 'CIDFontType0',
          BaseFont: this.#name,
          CIDSystemInfo: {
            Registry: PDFString.of('Adobe'),
            Ordering: PDFString.of('Identity'),
            Supplement: 0,
          },
          FontDescriptor: descriptor,
          DW: 1000,
          W: widths,
          ...(trueType ? { CIDToGIDMap: 'Identity' } : {}),
        }),
      );
      context.assign(
        ref,
        context.obj({
          Type: 'Font',
          Subtype: 'Type0',
          BaseFont: this.#name,
          Encoding: 'Identity-H',
          DescendantFonts: [descendant],
          ToUnicode: context.register(packed(context, toUnicode(texts))),
        }),
      );
    }
  }
}
