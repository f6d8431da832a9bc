import type { FontProgram } from './font-program.ts';
import { standardEncoding } from './glyph-names.ts';

/** Adobe Type 1 Font Format, 7.1. */
const decrypted = (bytes: Uint8Array, key: number, skipped: number): Uint8Array => {
  const out = new Uint8Array(bytes.length);
  let r = key;
  for (let i = 0; i < bytes.length; i++) {
    const cipher = bytes[i] ?? 0;
    out[i] = cipher ^ (r >> 8);
    r = ((cipher + r) * 52845 + 22719) & 0xffff;
  }
  return out.subarray(skipped);
};

/** The width that a glyph's program sets with its first command, `hsbw` or `sbw` (6.4). */
const widthOf = (program: Uint8Array): number | undefined => {
  const stack: number[] = [];
  for (let at = 0; at < program.length; ) {
    const byte = program[at] ?? 0;
    const [one = 0, two = 0, three = 0, four = 0] = program.subarray(at + 1, at + 5);
    at += byte === 255 ? 5 : byte >= 247 || byte === 12 ? 2 : 1;
    if (byte === 255) stack.push((one << 24) | (two << 16) | (three << 8) | four);
    else if (byte >= 251) stack.push(-(byte - 251) * 256 - one - 108);
    else if (byte >= 247) stack.push((byte - 247) * 256 + one + 108);
    else if (byte >= 32) stack.push(byte - 139);
    else if (byte === 12 && one === 12) stack.push(1 / ((stack.pop() ?? 1) / (stack.pop() ?? 0)));
    else if (byte === 13) return stack[1];
    else if (byte === 12 && one === 7) return stack[2];
    else return undefined;
  }
  return undefined;
};

const encodingOf = (clear: string): ((code: number) => string | undefined) => {
  if (/\/Encoding\s+StandardEncoding\s+def/.test(clear)) return standardEncoding;
  const named = new Map(
    [...clear.matchAll(/dup\s+(\d+)\s*\/(\S+)\s+put/g)].map(([, code, glyph = '']) => [Number(code), glyph]),
  );
  return (code) => named.get(code);
};

/** Reads a Type 1 font as PDF embeds it (without the heads of PFB). Throws RangeError when it is not one. */
export const type1Program = (bytes: Uint8Array): FontProgram => {
  const text = Buffer.from(bytes).toString('latin1');
  const start = text.indexOf('eexec');
  if (start < 0) throw new RangeError('no eexec');
  const clear = text.slice(0, start);
  const packed = start + 5 + (/^\s+/.exec(text.slice(start + 5, start + 9))?.[0].length ?? 0);
  const hexadecimal = /^[0-9a-fA-F\s]{8}/.test(text.slice(packed, packed + 8));
  const sealed = hexadecimal
    ? Buffer.from(text.slice(packed).replace(/\s/g, ''), 'hex')
    : bytes.subarray(packed);
  const open = decrypted(sealed, 55_665, 4);
  const said = Buffer.from(open).toString('latin1');
  const ahead = Number(/\/lenIV\s+(-?\d+)/.exec(said)?.[1] ?? 4);
  const unit = Number(/\/FontMatrix\s*\[\s*([\d.eE+-]+)/.exec(clear)?.[1] ?? 0.001) * 1000;
  const widths: (number | undefined)[] = [];
  const numbers = new Map<string, number>();
  const entry = /\/(\S+)\s+(\d+)\s+(?:RD|-\|)\s/g;
  entry.lastIndex = said.indexOf('/CharStrings');
  if (entry.lastIndex < 0) throw new RangeError('no CharStrings');
  for (let found = entry.exec(said); found !== null; found = entry.exec(said)) {
    const [, glyph = '', length] = found;
    const from = entry.lastIndex;
    entry.lastIndex = from + Number(length);
    const program = open.subarray(from, entry.lastIndex);
    const width = widthOf(ahead < 0 ? program : decrypted(program, 4330, ahead));
    numbers.set(glyph, widths.length);
    widths.push(width === undefined ? undefined : width * unit);
  }
  return {
    glyphs: widths.length,
    cmaps: [],
    width: (glyph) => widths[glyph],
    glyphNamed: (glyph) => numbers.get(glyph),
    builtIn: encodingOf(clear),
  };
};
