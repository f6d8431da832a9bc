/**
 * The few tables of a TrueType or OpenType font that drawing single glyphs into a PDF needs (OpenType 1.9). Reads only;
 * RangeError from a cut or contradictory file means that it is no usable font.
 */
export type Sfnt = {
  readonly tables: ReadonlyMap<string, Buffer>;
  readonly unitsPerEm: number;
  readonly glyphs: number;
};

export const readSfnt = (bytes: Buffer): Sfnt | undefined => {
  const start = bytes.toString('latin1', 0, 4) === 'ttcf' ? bytes.readUInt32BE(12) : 0;
  const tag = bytes.toString('latin1', start, start + 4);
  if (tag !== '\0\x01\0\0' && tag !== 'OTTO' && tag !== 'true') return undefined;
  const tables = new Map<string, Buffer>();
  for (let i = 0; i < bytes.readUInt16BE(start + 4); i += 1) {
    const entry = start + 12 + i * 16;
    const at = bytes.readUInt32BE(entry + 8);
    const length = bytes.readUInt32BE(entry + 12);
    tables.set(bytes.toString('latin1', entry, entry + 4), bytes.subarray(at, at + length));
  }
  const [head, maxp] = [tables.get('head'), tables.get('maxp')];
  if (head === undefined || maxp === undefined) return undefined;
  return { tables, unitsPerEm: head.readUInt16BE(18) || 1000, glyphs: maxp.readUInt16BE(4) };
};

const segments = (table: Buffer): ((code: number) => number) => {
  const count = table.readUInt16BE(6) / 2;
  const [ends, starts, deltas, offsets] = [14, 16 + count * 2, 16 + count * 4, 16 + count * 6];
  return (code) => {
    for (let i = 0; i < count; i += 1) {
      if (code > table.readUInt16BE(ends + i * 2)) continue;
      const start = table.readUInt16BE(starts + i * 2);
      if (code < start) return 0;
      const delta = table.readUInt16BE(deltas + i * 2);
      const offset = table.readUInt16BE(offsets + i * 2);
      if (offset === 0) return (code + delta) & 0xffff;
      const at = offsets + i * 2 + offset + (code - start) * 2;
      if (at + 2 > table.length) return 0;
      const glyph = table.readUInt16BE(at);
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
};

const groups = (table: Buffer): ((code: number) => number) => {
  const count = table.readUInt32BE(12);
  return (code) => {
    let [low, high] = [0, count - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = 16 + middle * 12;
      if (code < table.readUInt32BE(at)) high = middle - 1;
      else if (code > table.readUInt32BE(at + 4)) low = middle + 1;
      else return table.readUInt32BE(at + 8) + code - table.readUInt32BE(at);
    }
    return 0;
  };
};

const reader = (table: Buffer): ((code: number) => number) | undefined => {
  switch (table.readUInt16BE(0)) {
    case 0:
      return (code) => (code < 256 ? (table[6 + code] ?? 0) : 0);
    case 4:
      return segments(table);
    case 6: {
      const [first, count] = [table.readUInt16BE(6), table.readUInt16BE(8)];
      return (code) =>
        code >= first && code < first + count ? table.readUInt16BE(10 + (code - first) * 2) : 0;
    }
    case 12:
      return groups(table);
    default:
      return undefined;
  }
};

/** Best first: all of Unicode, its first plane, a symbol font's own page, old Macintosh. */
const encodings = ['3/10', '0/6', '0/4', '3/1', '0/3', '0/2', '0/1', '0/0', '3/0', '1/0'];
const symbolPage = 0xf000;

/** From a code point to a glyph, 0 for none. */
export const charactersOf = ({ tables }: Sfnt): ((code: number) => number) => {
  const cmap = tables.get('cmap');
  if (cmap === undefined) return () => 0;
  const found = new Map<string, (code: number) => number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const entry = 4 + i * 8;
    const key = `${cmap.readUInt16BE(entry)}/${cmap.readUInt16BE(entry + 2)}`;
    const read = reader(cmap.subarray(cmap.readUInt32BE(entry + 4)));
    if (read !== undefined) found.set(key, read);
  }
  const best = encodings.flatMap((key) => found.get(key) ?? [])[0];
  if (best === undefined) return () => 0;
  return (code) => best(code) || (code < 256 && found.has('3/0') ? best(symbolPage + code) : 0);
};

/** Advance widths in thousandths of the em. */
export const advancesOf = ({ tables, unitsPerEm }: Sfnt): ((glyph: number) => number) => {
  const [hhea, hmtx] = [tables.get('hhea'), tables.get('hmtx')];
  const count = hhea?.readUInt16BE(34) ?? 0;
  if (hmtx === undefined || count === 0) return () => 1000;
  return (glyph) => {
    const at = Math.min(glyph, count - 1) * 4;
    return at + 2 > hmtx.length ? 1000 : (hmtx.readUInt16BE(at) * 1000) / unitsPerEm;
  };
};

const offsetsOf = ({ tables, glyphs }: Sfnt): number[] => {
  const loca = tables.get('loca') ?? Buffer.alloc(0);
  const long = tables.get('head')?.readInt16BE(50) === 1;
  return Array.from({ length: glyphs + 1 }, (_, i) =>
    long ? loca.readUInt32BE(i * 4) : loca.readUInt16BE(i * 2) * 2,
  );
};

/** The first glyph besides 0 without an outline. */
export const blankIn = (font: Sfnt): number => {
  const offsets = offsetsOf(font);
  return Math.max(
    0,
    offsets.findIndex((at, glyph) => glyph > 0 && glyph < font.glyphs && offsets[glyph + 1] === at),
  );
};

const MORE = 0x20;
const WORDS = 1;
const scales: readonly (readonly [flag: number, bytes: number])[] = [
  [8, 2],
  [0x40, 4],
  [0x80, 8],
];

/** The glyphs that a composite glyph is put together of. */
const componentsOf = (outline: Buffer): number[] => {
  if (outline.length < 12 || outline.readInt16BE(0) >= 0) return [];
  const found: number[] = [];
  for (let at = 10; at + 4 <= outline.length; ) {
    const flags = outline.readUInt16BE(at);
    found.push(outline.readUInt16BE(at + 2));
    at += 4 + (flags & WORDS ? 4 : 2) + (scales.find(([flag]) => flags & flag)?.[1] ?? 0);
    if (!(flags & MORE)) break;
  }
  return found;
};

const tableOrder = ['cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'prep'];

const packed = (tables: ReadonlyMap<string, Buffer>): Buffer => {
  const names = tableOrder.filter((name) => tables.has(name));
  const power = 2 ** Math.floor(Math.log2(names.length));
  const header = Buffer.alloc(12 + names.length * 16);
  header.writeUInt32BE(0x00010000, 0);
  header.writeUInt16BE(names.length, 4);
  header.writeUInt16BE(power * 16, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE((names.length - power) * 16, 10);
  const bodies: Buffer[] = [];
  let at = header.length;
  for (const [i, name] of names.entries()) {
    const body = tables.get(name) ?? Buffer.alloc(0);
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    let sum = 0;
    for (let word = 0; word < padded.length; word += 4) sum = (sum + padded.readUInt32BE(word)) >>> 0;
    header.write(name, 12 + i * 16, 'latin1');
    header.writeUInt32BE(sum, 16 + i * 16);
    header.writeUInt32BE(at, 20 + i * 16);
    header.writeUInt32BE(body.length, 24 + i * 16);
    at += padded.length;
    bodies.push(padded);
  }
  return Buffer.concat([header, ...bodies]);
};

/**
 * A TrueType font with the outlines of `used` only, every glyph under its own number: nothing is numbered anew, so what
 * is drawn is what the font says. (@pdf-lib/fontkit draws some Chinese glyphs wrong; its subsets are not used.)
 */
export const trimmed = (font: Sfnt, used: Iterable<number>): Buffer => {
  const glyf = font.tables.get('glyf') ?? Buffer.alloc(0);
  const offsets = offsetsOf(font);
  const outline = (glyph: number): Buffer => glyf.subarray(offsets[glyph] ?? 0, offsets[glyph + 1] ?? 0);
  const keep = new Set<number>([0, ...used]);
  for (const glyph of keep) for (const part of componentsOf(outline(glyph))) keep.add(part);
  const kept = [...keep].filter((it) => it < font.glyphs).sort((one, other) => one - other);
  const loca = Buffer.alloc((font.glyphs + 1) * 4);
  const bodies: Buffer[] = [];
  let [at, next] = [0, 0];
  for (const glyph of kept) {
    for (; next <= glyph; next += 1) loca.writeUInt32BE(at, next * 4);
    const body = outline(glyph);
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    bodies.push(padded);
    at += padded.length;
  }
  for (; next <= font.glyphs; next += 1) loca.writeUInt32BE(at, next * 4);
  const head = Buffer.from(font.tables.get('head') ?? Buffer.alloc(54));
  head.writeInt16BE(1, 50);
  return packed(new Map([...font.tables, ['glyf', Buffer.concat(bodies)], ['loca', loca], ['head', head]]));
};
