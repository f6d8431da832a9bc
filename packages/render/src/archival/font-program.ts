import { standardEncoding, standardNames } from './glyph-names.ts';
import { type1Program } from './type1-program.ts';

/** What PDF/A asks of a font's own data (ISO 19005-2, 6.2.11): which glyphs it has, and how wide they are. */
export type FontProgram = {
  readonly glyphs: number;
  /** Of a glyph, in thousandths of the type size; undefined when there is no such glyph. */
  readonly width: (glyph: number) => number | undefined;
  /** Glyph of a CID in a CFF font with CIDs, and undefined in others. */
  readonly glyphOfCid?: (cid: number) => number | undefined;
  readonly cmaps: readonly CharacterMap[];
  /** Of a font whose glyphs have names. */
  readonly glyphNamed?: (name: string) => number | undefined;
  /** The name of the glyph that the font itself has for a code. */
  readonly builtIn?: (code: number) => string | undefined;
};
export type CharacterMap = {
  readonly platform: number;
  readonly encoding: number;
  readonly glyph: (code: number) => number;
};

type Tables = ReadonlyMap<string, DataView>;

const tablesOf = (data: DataView): Tables => {
  const tables = new Map<string, DataView>();
  const count = data.getUint16(4);
  for (let i = 0; i < count; i++) {
    const at = 12 + i * 16;
    const name = [0, 1, 2, 3].map((n) => String.fromCharCode(data.getUint8(at + n))).join('');
    const [offset, length] = [data.getUint32(at + 8), data.getUint32(at + 12)];
    if (offset + length <= data.byteLength)
      tables.set(name, new DataView(data.buffer, data.byteOffset + offset, length));
  }
  return tables;
};

const table = (tables: Tables, name: string): DataView => {
  const found = tables.get(name);
  if (found === undefined) throw new RangeError(`no ${name}`);
  return found;
};

const segments = (map: DataView, code: number): number => {
  const count = map.getUint16(6);
  for (let at = 0; at < count; at += 2) {
    if (map.getUint16(14 + at) < code) continue;
    const start = map.getUint16(16 + count + at);
    if (start > code) return 0;
    const delta = map.getUint16(16 + count * 2 + at);
    const place = 16 + count * 3 + at;
    const range = map.getUint16(place);
    if (range === 0) return (code + delta) & 0xffff;
    const glyph = map.getUint16(place + range + (code - start) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
};

const groups = (map: DataView, code: number): number => {
  const count = map.getUint32(12);
  for (let i = 0; i < count; i++) {
    const at = 16 + i * 12;
    if (code >= map.getUint32(at) && code <= map.getUint32(at + 4))
      return map.getUint32(at + 8) + code - map.getUint32(at);
  }
  return 0;
};

const lookUp = (map: DataView): ((code: number) => number) => {
  switch (map.getUint16(0)) {
    case 0:
      return (code) => (code < 256 ? map.getUint8(6 + code) : 0);
    case 4:
      return (code) => (code <= 0xffff ? segments(map, code) : 0);
    case 6: {
      const [first, count] = [map.getUint16(6), map.getUint16(8)];
      return (code) => (code >= first && code < first + count ? map.getUint16(10 + (code - first) * 2) : 0);
    }
    case 12:
      return (code) => groups(map, code);
    default:
      return () => 0;
  }
};

const cmapsOf = (tables: Tables): CharacterMap[] => {
  const cmap = tables.get('cmap');
  if (cmap === undefined) return [];
  return Array.from({ length: cmap.getUint16(2) }, (_, i) => {
    const at = 4 + i * 8;
    const map = new DataView(cmap.buffer, cmap.byteOffset + cmap.getUint32(at + 4));
    return { platform: cmap.getUint16(at), encoding: cmap.getUint16(at + 2), glyph: lookUp(map) };
  });
};

const sfnt = (data: DataView): FontProgram => {
  const tables = tablesOf(data);
  const unit = 1000 / table(tables, 'head').getUint16(18);
  const glyphs = table(tables, 'maxp').getUint16(4);
  const long = table(tables, 'hhea').getUint16(34);
  const metrics = table(tables, 'hmtx');
  if (!tables.has('glyf') || !tables.has('loca')) throw new RangeError('no outlines');
  return {
    glyphs,
    cmaps: cmapsOf(tables),
    width: (glyph) => (glyph >= glyphs ? undefined : metrics.getUint16(4 * Math.min(glyph, long - 1)) * unit),
  };
};

type Index = { readonly at: (i: number) => Uint8Array; readonly count: number; readonly end: number };

const indexAt = (bytes: Uint8Array, start: number): Index => {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = data.getUint16(start);
  if (count === 0) return { count, end: start + 2, at: () => new Uint8Array() };
  const size = data.getUint8(start + 2);
  const offset = (i: number): number => {
    let value = 0;
    for (let n = 0; n < size; n++) value = value * 256 + data.getUint8(start + 3 + i * size + n);
    return value;
  };
  const before = start + 2 + (count + 1) * size;
  return {
    count,
    end: before + offset(count),
    at: (i) => bytes.subarray(before + offset(i), before + offset(i + 1)),
  };
};

const real = (bytes: Uint8Array, start: number): { value: number; end: number } => {
  let text = '';
  for (let at = start; at < bytes.length; at++)
    for (const nibble of [(bytes[at] ?? 0) >> 4, (bytes[at] ?? 0) & 15]) {
      if (nibble === 15) return { value: Number(text), end: at + 1 };
      text += ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', 'E', 'E-', '', '-'][nibble] ?? '';
    }
  return { value: Number.NaN, end: bytes.length };
};

/** The operands of every operator of a CFF dictionary; two-byte operators are 1200 and above. */
const dictionary = (bytes: Uint8Array): ReadonlyMap<number, readonly number[]> => {
  const found = new Map<number, readonly number[]>();
  let operands: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const [one = 0, two = 0, three = 0, four = 0] = bytes.subarray(at + 1, at + 5);
    if (byte <= 21) {
      found.set(byte === 12 ? 1200 + one : byte, operands);
      operands = [];
      at += byte === 12 ? 2 : 1;
    } else if (byte === 28) {
      operands.push(((one << 24) >> 16) | two);
      at += 3;
    } else if (byte === 29) {
      operands.push((one << 24) | (two << 16) | (three << 8) | four);
      at += 5;
    } else if (byte === 30) {
      const { value, end } = real(bytes, at + 1);
      operands.push(value);
      at = end;
    } else if (byte <= 246) {
      operands.push(byte - 139);
      at++;
    } else {
      operands.push(byte <= 250 ? (byte - 247) * 256 + one + 108 : -(byte - 251) * 256 - one - 108);
      at += 2;
    }
  }
  return found;
};

/** The subroutines that a glyph's program may call: of its font dictionary, and of the whole font. */
type Subroutines = { readonly local: Index; readonly global: Index };

const subroutine = (index: Index, number: number | undefined): Uint8Array => {
  const bias = index.count < 1240 ? 107 : index.count < 33_900 ? 1131 : 32_768;
  const at = (number ?? Number.NaN) + bias;
  if (!(at >= 0 && at < index.count)) throw new RangeError('no such subroutine');
  return index.at(at);
};

/** By the operator that a glyph's program first comes to: how many operands it takes when no width stands before them. */
const taken: ReadonlyMap<number, (operands: number) => number> = new Map([
  ...[1, 3, 18, 19, 20, 23].map((stem) => [stem, (operands: number) => operands - (operands % 2)] as const),
  [4, () => 1],
  [22, () => 1],
  [21, () => 2],
  [14, (operands) => (operands >= 4 ? 4 : 0)],
]);

type Told = { readonly width: number | undefined };

const tell = (
  program: Uint8Array,
  stack: number[],
  subroutines: Subroutines,
  depth: number,
): Told | undefined => {
  for (let at = 0; at < program.length; ) {
    const byte = program[at] ?? 0;
    const [one = 0, two = 0, three = 0, four = 0] = program.subarray(at + 1, at + 5);
    at += byte === 28 ? 3 : byte === 255 ? 5 : byte >= 247 ? 2 : 1;
    if (byte === 28) stack.push(((one << 24) >> 16) | two);
    else if (byte === 255) stack.push(((one << 24) | (two << 16) | (three << 8) | four) / 65536);
    else if (byte >= 251) stack.push(-(byte - 251) * 256 - one - 108);
    else if (byte >= 247) stack.push((byte - 247) * 256 + one + 108);
    else if (byte >= 32) stack.push(byte - 139);
    else if (byte === 10 || byte === 29) {
      if (depth === 10) throw new RangeError('subroutines too deep');
      const called = subroutine(byte === 10 ? subroutines.local : subroutines.global, stack.pop());
      const told = tell(called, stack, subroutines, depth + 1);
      if (told !== undefined) return told;
    } else if (byte === 11) return undefined;
    else {
      const takes = taken.get(byte);
      // Arithmetic before the first point: what it leaves cannot be told without doing it.
      if (takes === undefined) throw new RangeError('width not told');
      return { width: stack.length > takes(stack.length) ? stack[0] : undefined };
    }
  }
  return undefined;
};

/** The width that a glyph's program begins with; undefined for the font's usual one (Technical Note 5177, 3.1). */
const ownWidth = (program: Uint8Array, subroutines: Subroutines): number | undefined => {
  const told = tell(program, [], subroutines, 0);
  if (told === undefined) throw new RangeError('a glyph without an end');
  return told.width;
};

/** Glyphs by their CIDs, or by the numbers of their names. */
const charsetOf = (bytes: Uint8Array, start: number, glyphs: number): Map<number, number> => {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const glyphOf = new Map([[0, 0]]);
  if (start === 0) return new Map(standardNames.slice(0, glyphs).map((_, glyph) => [glyph, glyph]));
  if (start <= 2) throw new RangeError('a predefined charset');
  const format = data.getUint8(start);
  let at = start + 1;
  for (let glyph = 1; glyph < glyphs; ) {
    const first = data.getUint16(at);
    const more = format === 0 ? 0 : format === 1 ? data.getUint8(at + 2) : data.getUint16(at + 2);
    at += format === 0 ? 2 : format === 1 ? 3 : 4;
    for (let n = 0; n <= more && glyph < glyphs; n++) glyphOf.set(first + n, glyph++);
  }
  return glyphOf;
};

/** The font's own encoding: code to glyph, and to a name where a name was added for a second code. */
const encodingOf = (bytes: Uint8Array, start: number): ReadonlyMap<number, number> => {
  const codes = new Map<number, number>();
  const count = bytes[start + 1] ?? 0;
  let glyph = 1;
  if (((bytes[start] ?? 0) & 127) === 0)
    for (let i = 0; i < count; i++) codes.set(bytes[start + 2 + i] ?? 0, glyph++);
  else
    for (let i = 0; i < count; i++) {
      const [first = 0, left = 0] = bytes.subarray(start + 2 + i * 2);
      for (let n = 0; n <= left; n++) codes.set(first + n, glyph++);
    }
  return codes;
};

const selectOf = (bytes: Uint8Array, start: number): ((glyph: number) => number) => {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (data.getUint8(start) === 0) return (glyph) => data.getUint8(start + 1 + glyph);
  const ranges = data.getUint16(start + 1);
  return (glyph) => {
    for (let i = ranges - 1; i >= 0; i--)
      if (data.getUint16(start + 3 + i * 3) <= glyph) return data.getUint8(start + 5 + i * 3);
    throw new RangeError('no font dictionary');
  };
};

type Private = { readonly base: number; readonly usual: number; readonly subroutines: Subroutines };

const cff = (bytes: Uint8Array): FontProgram => {
  const names = indexAt(bytes, bytes[2] ?? 4);
  const tops = indexAt(bytes, names.end);
  const top = dictionary(tops.at(0));
  const charstrings = indexAt(bytes, top.get(17)?.[0] ?? Number.NaN);
  const own = top.get(1207);
  const global = indexAt(bytes, indexAt(bytes, tops.end).end);
  const privateOf = (dict: ReadonlyMap<number, readonly number[]>): Private => {
    const [size = 0, offset = 0] = dict.get(18) ?? [];
    const found = dictionary(bytes.subarray(offset, offset + size));
    const [own] = found.get(19) ?? [];
    const local =
      own === undefined ? { count: 0, end: 0, at: () => new Uint8Array() } : indexAt(bytes, offset + own);
    return { usual: found.get(20)?.[0] ?? 0, base: found.get(21)?.[0] ?? 0, subroutines: { local, global } };
  };
  const withCids = top.has(1230);
  const dicts: Private[] = [];
  const units: number[] = [];
  if (withCids) {
    const fonts = indexAt(bytes, top.get(1236)?.[0] ?? Number.NaN);
    for (let i = 0; i < fonts.count; i++) {
      const dict = dictionary(fonts.at(i));
      dicts.push(privateOf(dict));
      units.push((own?.[0] ?? 1) * (dict.get(1207)?.[0] ?? (own ? 1 : 0.001)) * 1000);
    }
  } else {
    dicts.push(privateOf(top));
    units.push((own?.[0] ?? 0.001) * 1000);
  }
  const select = withCids ? selectOf(bytes, top.get(1237)?.[0] ?? Number.NaN) : () => 0;
  const charset = charsetOf(bytes, top.get(15)?.[0] ?? 0, charstrings.count);
  const strings = indexAt(bytes, tops.end);
  const nameOf = (sid: number): string =>
    sid < 391 ? (standardNames[sid] ?? '') : Buffer.from(strings.at(sid - 391)).toString('latin1');
  const named = new Map(withCids ? [] : [...charset].map(([sid, glyph]) => [nameOf(sid), glyph]));
  const nameAt = new Map([...named].map(([glyph, at]) => [at, glyph]));
  const place = top.get(16)?.[0] ?? 0;
  const codes = place > 1 ? encodingOf(bytes, place) : undefined;
  return {
    glyphs: charstrings.count,
    cmaps: [],
    ...(withCids
      ? { glyphOfCid: (cid: number) => charset.get(cid) }
      : {
          glyphNamed: (glyph: string) => named.get(glyph),
          builtIn: codes ? (code: number) => nameAt.get(codes.get(code) ?? -1) : standardEncoding,
        }),
    width: (glyph) => {
      if (glyph >= charstrings.count) return undefined;
      const dict = dicts[select(glyph)];
      if (dict === undefined) throw new RangeError('no font dictionary');
      const more = ownWidth(charstrings.at(glyph), dict.subroutines);
      return (more === undefined ? dict.usual : dict.base + more) * (units[select(glyph)] ?? 1);
    },
  };
};

/** Reads a TrueType, OpenType, bare CFF or Type 1 font. Throws RangeError when the data is not what it says. */
export const fontProgram = (bytes: Uint8Array): FontProgram => {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = data.getUint32(0);
  if (version === 0x00010000 || version === 0x74727565) return sfnt(data);
  if (version >>> 16 === 0x2521 || version >>> 24 === 0x80) return type1Program(bytes);
  if (version !== 0x4f54544f) return cff(bytes);
  const outlines = table(tablesOf(data), 'CFF ');
  return cff(new Uint8Array(outlines.buffer, outlines.byteOffset, outlines.byteLength));
};
