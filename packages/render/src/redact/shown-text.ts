import { PDFDict, PDFName, type PDFObject } from 'pdf-lib';
import { decoded, tokens } from '../layer/index.ts';

const name = (text: string): PDFName => PDFName.of(text);

/** How a font's codes read: length of a code in bytes, and code (hex) to characters. */
export type Reading = { readonly length: number; readonly characters: ReadonlyMap<string, string> };

const utf16 = (hex: string): string =>
  hex.length % 4 === 0 ? Buffer.from(hex, 'hex').swap16().toString('utf16le') : '';

/** The ToUnicode map of a font (bfchar and bfrange). */
const read = (cmap: string): Map<string, string> => {
  const characters = new Map<string, string>();
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = '', to = ''] of block.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi))
      characters.set(code.toLowerCase(), utf16(to));
  for (const [, block = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', last = '', rest = ''] of block.matchAll(
      /<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*(<[0-9a-f]+>|\[[^\]]*\])/gi,
    )) {
      const start = Number.parseInt(from, 16);
      const end = Math.min(Number.parseInt(last, 16), start + 0xffff);
      const targets = [...rest.matchAll(/<([0-9a-f]+)>/gi)].map(([, hex = '']) => utf16(hex));
      for (let code = start; code <= end; code++) {
        const base = targets[0] ?? '';
        const next = base.slice(0, -1) + String.fromCharCode(base.charCodeAt(base.length - 1) + code - start);
        const to = rest.startsWith('[') ? targets[code - start] : next;
        characters.set(code.toString(16).padStart(from.length, '0'), to ?? '');
      }
    }
  return characters;
};

export const readingOf = (font: PDFDict): Reading => {
  const cmap = decoded(font.lookup(name('ToUnicode')));
  const length = font.lookup(name('Subtype')) === name('Type0') ? 2 : 1;
  const characters =
    cmap === undefined ? new Map<string, string>() : read(Buffer.from(cmap).toString('latin1'));
  return { length, characters };
};

/** The fonts of a resource dictionary by their names in the content. */
export const fontsOf = (resources: PDFObject | undefined): Map<string, Reading> => {
  const fonts = new Map<string, Reading>();
  const entries = resources instanceof PDFDict ? resources.lookup(name('Font')) : undefined;
  if (!(entries instanceof PDFDict)) return fonts;
  for (const key of entries.keys()) {
    const font = entries.lookup(key);
    if (!(font instanceof PDFDict)) continue;
    fonts.set(key.decodeText(), readingOf(font));
  }
  return fonts;
};

const reading = (font: Reading | undefined, bytes: Uint8Array): string => {
  if (font === undefined || font.characters.size === 0) return Buffer.from(bytes).toString('latin1');
  const hex = Buffer.from(bytes).toString('hex');
  const parts = hex.match(new RegExp(`.{${font.length * 2}}`, 'g')) ?? [];
  return parts.map((it) => font.characters.get(it) ?? '').join('');
};

/** The text that a content stream shows, in the order of its operators, without white space: also what no page draws. */
export const shownText = (content: Uint8Array, fonts: ReadonlyMap<string, Reading>): string => {
  let font: Reading | undefined;
  let named = '';
  let text = '';
  for (const token of tokens(content)) {
    if (token.kind === 'name') named = token.name;
    else if (token.kind === 'string') text += reading(font, token.bytes);
    else if (token.name === 'Tf') font = fonts.get(named);
  }
  return text.replace(/\s/g, '');
};
