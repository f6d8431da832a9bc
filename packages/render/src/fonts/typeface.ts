import { closeSync, openSync, readSync } from 'node:fs';

/** What a font file says about itself: every family name it answers to (Chinese and English), and its weight. */
export type Typeface = { readonly families: readonly string[]; readonly weight: 400 | 700 };

const NAME_FAMILY = 1;
const NAME_TYPOGRAPHIC_FAMILY = 16;
const BOLD_FROM = 600;

const read = (file: number, at: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  const got = readSync(file, bytes, 0, length, at);
  if (got !== length) throw new RangeError('font file ends early');
  return bytes;
};

/** Names in the table are UTF-16BE for Windows and Unicode; Macintosh names repeat them in older encodings. */
const familyNames = (table: Buffer): string[] => {
  const strings = table.readUInt16BE(4);
  const found = new Set<string>();
  for (let i = 0; i < table.readUInt16BE(2); i++) {
    const record = 6 + i * 12;
    const platform = table.readUInt16BE(record);
    const id = table.readUInt16BE(record + 6);
    if ((platform !== 3 && platform !== 0) || (id !== NAME_FAMILY && id !== NAME_TYPOGRAPHIC_FAMILY))
      continue;
    const start = strings + table.readUInt16BE(record + 10);
    const bytes = Buffer.from(table.subarray(start, start + table.readUInt16BE(record + 8)));
    found.add((bytes.length % 2 === 0 ? bytes.swap16() : bytes).toString('utf16le'));
  }
  return [...found];
};

/**
 * Reads the `name` and `OS/2` tables of a .ttf, .otf or the first face of a .ttc (OpenType 1.9, "Font file").
 * Undefined when the file is not a font.
 */
export const readTypeface = (path: string): Typeface | undefined => {
  const file = openSync(path, 'r');
  try {
    const head = read(file, 0, 16);
    const start = head.toString('latin1', 0, 4) === 'ttcf' ? head.readUInt32BE(12) : 0;
    const tables = new Map<string, Buffer>();
    const count = read(file, start, 12).readUInt16BE(4);
    for (let i = 0; i < count; i++) {
      const entry = read(file, start + 12 + i * 16, 16);
      const tag = entry.toString('latin1', 0, 4);
      const length = entry.readUInt32BE(12);
      if ((tag === 'name' || tag === 'OS/2') && length < 1 << 20) {
        tables.set(tag, read(file, entry.readUInt32BE(8), length));
      }
    }
    const name = tables.get('name');
    const families = name === undefined ? [] : familyNames(name);
    if (families.length === 0) return undefined;
    return { families, weight: (tables.get('OS/2')?.readUInt16BE(4) ?? 400) >= BOLD_FROM ? 700 : 400 };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  } finally {
    closeSync(file);
  }
};
