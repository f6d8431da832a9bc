/** A CFF font program as far as a PDF has to know it: how its glyphs are numbered (Adobe technical note 5176). */
export type Cff = {
  readonly glyphs: number;
  /** A glyph besides 0 that draws nothing; 0 where there is none. */
  readonly blank: number;
  /** The number by which a PDF asks for a glyph: its CID in a CID-keyed font, else its place. */
  readonly cidOf: (glyph: number) => number;
  /** The program with the outlines of these glyphs only; all else stays where it is. */
  readonly trimmed: (used: Iterable<number>) => Buffer;
};

type Index = { readonly items: readonly Buffer[]; readonly end: number };

const readIndex = (bytes: Buffer, at: number): Index => {
  const count = bytes.readUInt16BE(at);
  if (count === 0) return { items: [], end: at + 2 };
  const size = bytes.readUInt8(at + 2);
  const offset = (i: number): number => bytes.readUIntBE(at + 3 + i * size, size);
  // Offsets count from the byte before the data.
  const start = at + 2 + (count + 1) * size;
  const items = Array.from({ length: count }, (_, i) =>
    bytes.subarray(start + offset(i), start + offset(i + 1)),
  );
  return { items, end: start + offset(count) };
};

/** Operators of a DICT with their last operand; two-byte operators from 1200 on. */
const readDict = (dict: Buffer): Map<number, number> => {
  const found = new Map<number, number>();
  let last = 0;
  for (let at = 0; at < dict.length; ) {
    const byte = dict.readUInt8(at);
    if (byte <= 21) {
      const operator = byte === 12 ? 1200 + dict.readUInt8(at + 1) : byte;
      found.set(operator, last);
      at += byte === 12 ? 2 : 1;
    } else if (byte === 28) {
      last = dict.readInt16BE(at + 1);
      at += 3;
    } else if (byte === 29) {
      last = dict.readInt32BE(at + 1);
      at += 5;
    } else if (byte === 30) {
      at += 1;
      while ((dict.readUInt8(at) & 0x0f) !== 0x0f && dict.readUInt8(at) >> 4 !== 0x0f) at += 1;
      at += 1;
    } else if (byte <= 246) {
      last = byte - 139;
      at += 1;
    } else {
      const next = dict.readUInt8(at + 1);
      last = byte <= 250 ? (byte - 247) * 256 + next + 108 : -(byte - 251) * 256 - next - 108;
      at += 2;
    }
  }
  return found;
};

const ROS = 1230;
const CHARSET = 15;
const CHAR_STRINGS = 17;

const charset = (bytes: Buffer, at: number, glyphs: number): number[] => {
  const cids = [0];
  const format = bytes.readUInt8(at);
  for (let from = at + 1; cids.length < glyphs; ) {
    const first = bytes.readUInt16BE(from);
    const left = format === 0 ? 0 : format === 1 ? bytes.readUInt8(from + 2) : bytes.readUInt16BE(from + 2);
    for (let i = 0; i <= left && cids.length < glyphs; i += 1) cids.push(first + i);
    from += format === 0 ? 2 : format === 1 ? 3 : 4;
  }
  return cids;
};

const END_OF_GLYPH = 14;
/**
 * Outlines that are not used are overwritten, not taken out: no offset of the font changes, and what is left of them deflates to
 * nothing. */
const trim = (bytes: Buffer, outlines: Index, used: Iterable<number>): Buffer => {
  const keep = new Set<number>([0, ...used]);
  const copy = Buffer.from(bytes);
  for (const [glyph, outline] of outlines.items.entries()) {
    const start = outline.byteOffset - bytes.byteOffset;
    if (!keep.has(glyph)) copy.fill(END_OF_GLYPH, start, start + outline.length);
  }
  return copy;
};

/** At most its width, and the end (Adobe technical note 5177). */
const isBlank = (outline: Buffer): boolean => {
  const first = outline[0] ?? 0;
  const width = first === 28 ? 3 : first === 255 ? 5 : first >= 247 ? 2 : first >= 32 ? 1 : 0;
  return outline.length === width + 1 && outline[width] === END_OF_GLYPH;
};

/** Undefined when it is no CFF; RangeError when it is cut off. */
export const readCff = (bytes: Buffer): Cff | undefined => {
  if (bytes.length < 8 || bytes[0] !== 1) return undefined;
  const names = readIndex(bytes, bytes.readUInt8(2));
  const top = readDict(readIndex(bytes, names.end).items[0] ?? Buffer.alloc(0));
  const outlines = top.get(CHAR_STRINGS);
  if (outlines === undefined) return undefined;
  const listed = readIndex(bytes, outlines);
  const glyphs = listed.items.length;
  const trimmed = (used: Iterable<number>): Buffer => trim(bytes, listed, used);
  const blank = Math.max(
    0,
    listed.items.findIndex((outline, glyph) => glyph > 0 && isBlank(outline)),
  );
  const at = top.get(CHARSET) ?? 0;
  if (!top.has(ROS) || at <= 2) return { glyphs, blank, cidOf: (glyph) => glyph, trimmed };
  const cids = charset(bytes, at, glyphs);
  return { glyphs, blank, cidOf: (glyph) => cids[glyph] ?? glyph, trimmed };
};
