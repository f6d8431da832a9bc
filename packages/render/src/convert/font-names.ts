/** Font names: which a document asks for, and how LibreOffice is told what stands in for them. */
import { strFromU8, unzipSync } from 'fflate';
import { type FontFile, fontFiles, fontFor, fontForName, officeFontNames, roleOf } from '../fonts/index.ts';

const escaped = (text: string): string => text.replace(/[&<>"]/g, (it) => `&#${it.codePointAt(0)};`);

const match = (asked: string, font: FontFile): string =>
  `<match target="pattern"><test name="family" qual="any"><string>${escaped(asked)}</string></test>` +
  `<edit name="family" mode="assign" binding="strong"><string>${escaped(font.family)}</string></edit>` +
  // Only 小标宋 is bold by itself; 黑体 has its own bold, which the document may ask for.
  (font.role === 'xiaobiaosong' && font.weight === 700
    ? '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>'
    : '') +
  '</match>';

/** Chinese text in a font that nobody knows, or in a Latin one, is set with 宋 as Word would, not with 黑. */
const unknown = (fonts: readonly FontFile[]): string =>
  '<match target="pattern"><test name="lang" compare="contains"><string>zh</string></test>' +
  `<edit name="family" mode="append" binding="strong"><string>${escaped(fontFor('song', fonts).family)}</string></edit></match>`;

/**
 * A fontconfig file by which every name that offices use leads to one of our fonts. It works for all formats alike, binary
 * ones too, which rewriting names in XML would not.
 */
export const fontconfig = (fonts: readonly FontFile[] = fontFiles()): string => {
  const matches = officeFontNames.flatMap((name) => {
    const font = fontForName(name, fonts);
    return font === undefined || font.families.includes(name) ? [] : [match(name, font)];
  });
  return `<?xml version="1.0"?><fontconfig>${matches.join('\n')}${unknown(fonts)}</fontconfig>`;
};

/** Attributes that name a font: WordprocessingML, DrawingML, SpreadsheetML, OpenDocument. */
const inXml =
  /(?:\b(?:w:ascii|w:hAnsi|w:eastAsia|typeface|(?:svg|fo):font-family|style:font-(?:name|family)(?:-asian)?)|<(?:\w+:)?(?:name|rFont) val)="([^"<]+)"/g;
/** Themes and font tables list fonts that nothing uses. */
const xmlParts =
  /^(word\/(document|styles|header\d*|footer\d*|footnotes|endnotes)|xl\/styles|ppt\/slides\/slide\d+|content|styles)\.xml$/;

const namesInZip = (bytes: Uint8Array): string[] => {
  const files = unzipSync(bytes, { filter: ({ name }) => xmlParts.test(name) });
  return Object.values(files).flatMap((part) =>
    [...strFromU8(part).matchAll(inXml)].map(([, name = '']) => name),
  );
};

/** .doc, .xls, .ppt keep names in UTF-16LE; .rtf in GBK as `\'b7\'c2`. */
const namesInBinary = (bytes: Uint8Array): string[] => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return officeFontNames.filter((name) => buffer.includes(Buffer.from(name, 'utf16le')));
};
const namesInRtf = (bytes: Uint8Array): string[] => {
  const text = Buffer.from(bytes).toString('latin1');
  const table = [...text.matchAll(/\{\\f\d+[^{}]*?\s((?:\\'[0-9a-f]{2}|[^;{}\\])+);/gi)].map(
    ([, name = '']) =>
      name.replace(/\\'([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
  const gbk = new TextDecoder('gb18030');
  return table.map((name) => gbk.decode(Buffer.from(name, 'latin1')).trim());
};

/**
 * The font names that the document asks for and that are set with another font, sorted. Chinese fonts only: a Latin
 * one is replaced by one of the same widths (Liberation, Carlito) inside LibreOffice.
 */
export const substitutedFonts = (
  bytes: Uint8Array,
  container: 'zip' | 'ole' | 'rtf',
  fonts: readonly FontFile[] = fontFiles(),
): string[] => {
  const found = { zip: namesInZip, ole: namesInBinary, rtf: namesInRtf }[container](bytes);
  const owned = new Set(fonts.flatMap(({ families }) => families));
  return [...new Set(found)].filter((name) => roleOf(name) !== undefined && !owned.has(name)).sort();
};
