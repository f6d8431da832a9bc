/** A piece of a content stream that matters to us: an operator, a name, or the bytes of a string. */
export type Token =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'operator'; readonly name: string }
  | { readonly kind: 'string'; readonly bytes: Uint8Array };

const white = new Set([0, 9, 10, 12, 13, 32]);
const delimiter = new Set([...'()<>[]{}/%'].map((it) => it.charCodeAt(0)));
const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };
const code = (character: string): number => character.charCodeAt(0);
const [OPEN, CLOSE, LESS, MORE, PERCENT, SLASH, BACKSLASH] = [...'()<>%/\\'].map(code);

const literal = (bytes: Uint8Array, start: number): { bytes: Uint8Array; end: number } => {
  const out: number[] = [];
  let depth = 1;
  let at = start + 1;
  for (; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === BACKSLASH) {
      at++;
      const next = String.fromCharCode(bytes[at] ?? 0);
      if (/[0-7]/.test(next)) {
        const digits = /^[0-7]{1,3}/.exec(String.fromCharCode(...bytes.subarray(at, at + 3)))?.[0] ?? '0';
        out.push(Number.parseInt(digits, 8) & 255);
        at += digits.length - 1;
      } else if (next === '\r' || next === '\n') {
        if (next === '\r' && bytes[at + 1] === 10) at++;
      } else out.push(escapes[next] ?? next.charCodeAt(0));
      continue;
    }
    if (byte === OPEN) depth++;
    if (byte === CLOSE && --depth === 0) break;
    out.push(byte);
  }
  return { bytes: Uint8Array.from(out), end: at + 1 };
};

const hexadecimal = (bytes: Uint8Array, start: number): { bytes: Uint8Array; end: number } => {
  const found = bytes.indexOf(MORE ?? 0, start);
  const end = found < 0 ? bytes.length : found;
  const digits = Buffer.from(bytes.subarray(start + 1, end))
    .toString('latin1')
    .replace(/[^0-9a-f]/gi, '');
  return { bytes: Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex'), end: end + 1 };
};

/** Where the data of an inline image ends: after `EI` between white space. */
const afterInlineImage = (bytes: Uint8Array, start: number): number => {
  for (let at = start + 1; at < bytes.length - 1; at++)
    if (
      bytes[at] === code('E') &&
      bytes[at + 1] === code('I') &&
      white.has(bytes[at - 1] ?? 0) &&
      (at + 2 >= bytes.length || white.has(bytes[at + 2] ?? 0))
    )
      return at + 2;
  return bytes.length;
};

/** Reads a decoded content stream; never throws, whatever the bytes. */
export function* tokens(bytes: Uint8Array): Generator<Token> {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (white.has(byte)) at++;
    else if (byte === PERCENT) while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
    else if (byte === OPEN) {
      const string = literal(bytes, at);
      at = string.end;
      yield { kind: 'string', bytes: string.bytes };
    } else if (byte === LESS && bytes[at + 1] === LESS) at += 2;
    else if (byte === LESS) {
      const string = hexadecimal(bytes, at);
      at = string.end;
      yield { kind: 'string', bytes: string.bytes };
    } else if (delimiter.has(byte) && byte !== SLASH) at++;
    else {
      const start = at++;
      while (at < bytes.length && !white.has(bytes[at] ?? 0) && !delimiter.has(bytes[at] ?? 0)) at++;
      const first = bytes[start] ?? 0;
      if (first >= 43 && first <= 57 && first !== SLASH) continue; // a number
      const name = Buffer.from(bytes.subarray(start, at)).toString('latin1');
      if (first === SLASH) {
        yield { kind: 'name', name: name.slice(1) };
        continue;
      }
      if (name === 'ID') at = afterInlineImage(bytes, at);
      yield { kind: 'operator', name };
    }
  }
}

/** How many `q` a content stream needs before it, and how many `Q` after it, to leave the state as it was. */
export const balance = (bytes: Uint8Array): { before: number; after: number } => {
  let depth = 0;
  let lowest = 0;
  for (const token of tokens(bytes)) {
    if (token.kind !== 'operator') continue;
    if (token.name === 'q') depth++;
    if (token.name === 'Q') lowest = Math.min(lowest, --depth);
  }
  return { before: 1 - lowest, after: depth - lowest + 1 };
};
