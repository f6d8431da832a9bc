import { PDFDict, type PDFDocument, PDFName, type PDFObject, PDFStream } from 'pdf-lib';
import { decoded, pageContent, tokens } from '../layer/index.ts';
import { fontsOf, type Reading } from './shown-text.ts';

const name = (text: string): PDFName => PDFName.of(text);

/** Which codes each font is still asked for, by its character map; contents that do not tell their fonts ask all of that name. */
const used = (document: PDFDocument): Map<PDFObject, Set<string>> => {
  const { context } = document;
  const codes = new Map<PDFObject, Set<string>>();
  const named = new Map<string, Set<PDFDict>>();
  const fontsIn = (resources: PDFObject | undefined): Map<string, PDFDict> => {
    const entries = resources instanceof PDFDict ? resources.lookup(name('Font')) : undefined;
    const fonts = new Map<string, PDFDict>();
    if (!(entries instanceof PDFDict)) return fonts;
    for (const key of entries.keys()) {
      const font = entries.lookup(key);
      if (!(font instanceof PDFDict)) continue;
      fonts.set(key.decodeText(), font);
      named.set(key.decodeText(), (named.get(key.decodeText()) ?? new Set()).add(font));
    }
    return fonts;
  };
  const ask = (font: PDFDict, bytes: Uint8Array): void => {
    const map = font.lookup(name('ToUnicode'));
    if (map === undefined) return;
    const own = codes.get(map) ?? new Set<string>();
    codes.set(map, own);
    const width = font.lookup(name('Subtype')) === name('Type0') ? 4 : 2;
    const hex = Buffer.from(bytes).toString('hex');
    for (let at = 0; at < hex.length; at += width) own.add(hex.slice(at, at + width));
  };
  const contents: { bytes: Uint8Array; fonts: Map<string, PDFDict> }[] = [];
  for (const page of document.getPages())
    contents.push({ bytes: pageContent(page), fonts: fontsIn(page.node.Resources()) });
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFStream)) continue;
    const kind = object.dict.lookup(name('Subtype'));
    const content =
      kind === name('Form') || object.dict.has(name('PatternType')) || object.dict.has(name('Resources'));
    const bytes = content ? decoded(object) : undefined;
    if (bytes !== undefined) contents.push({ bytes, fonts: fontsIn(object.dict.lookup(name('Resources'))) });
  }
  for (const { bytes, fonts } of contents) {
    let asked: Iterable<PDFDict> = [];
    let last = '';
    for (const token of tokens(bytes)) {
      if (token.kind === 'name') last = token.name;
      else if (token.kind === 'string') for (const font of asked) ask(font, token.bytes);
      else if (token.name === 'Tf') {
        const own = fonts.get(last);
        asked = own === undefined ? (named.get(last) ?? []) : [own];
      }
    }
  }
  return codes;
};

const hexOf = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');

const characterMap = ({ length, characters }: Reading, codes: ReadonlySet<string>): string => {
  const lines = [...characters]
    .filter(([code, text]) => codes.has(code) && text !== '')
    .map(([code, text]) => `<${code}> <${hexOf(text)}>`);
  const blocks: string[] = [];
  for (let i = 0; i < lines.length; i += 100) {
    const some = lines.slice(i, i + 100);
    blocks.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CMapName /Gongkai def /CMapType 2 def
1 begincodespacerange <${'00'.repeat(length)}> <${'ff'.repeat(length)}> endcodespacerange
${blocks.join('\n')}
endcmap end end`;
};

/**
 * A font's character map lists its letters in the order of their first use, so a name that was covered can still be read
 * from it: letters that are not shown any more are taken out of it. Call it when nothing more will be drawn.
 */
export const forgetLetters = (document: PDFDocument): void => {
  const { context } = document;
  const codes = used(document);
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || object.lookup(name('Type')) !== name('Font')) continue;
    const map = object.lookup(name('ToUnicode'));
    if (!(map instanceof PDFStream)) continue;
    const reading = fontsOf(context.obj({ Font: context.obj({ One: object }) })).get('One');
    if (reading === undefined) continue;
    const fresh = characterMap(reading, codes.get(map) ?? new Set());
    object.set(name('ToUnicode'), context.register(context.flateStream(fresh)));
  }
};
