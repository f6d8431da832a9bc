/** A piece of a content stream that matters to us: an operator, a name, or the bytes of a string. */
export type Token =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'operator'; readonly name: string }
  | { readonly kind: 'string'; readonly bytes: Uint8Array };

const WHITE = 1;
const DELIMITER = 2;
/** What a byte is, by its value: looked up for every byte of every page. */
const kinds = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) kinds[byte] = WHITE;
for (const character of '()<>[]{}/%') kinds[character.charCodeAt(0)] = DELIMITER;
const isWhite = (byte: number | undefined): boolean => kinds[byte ?? 0] === WHITE;

const [OPEN, CLOSE, LESS, MORE, PERCENT, SLASH, BACKSLASH] = [40, 41, 60, 62, 37, 47, 92];
const [RETURN, LINE_FEED, ZERO, SEVEN] = [13, 10, 48, 55];
const code = (character: string): number => character.charCodeAt(0);
const [SMALL_Q, LARGE_Q, LARGE_I, LARGE_D] = [code('q'), code('Q'), code('I'), code('D')];
/** What `\n` and its like stand for; everything else that is escaped stands for itself (ISO 32000-1, 7.3.4.2). */
const meant = Uint8Array.from({ length: 256 }, (_, byte) => byte);
for (const [letter, byte] of [
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['b', 8],
  ['f', 12],
] as const)
  meant[code(letter)] = byte;

const escaped = (bytes: Uint8Array, start: number): { bytes: Uint8Array; end: number } => {
  const isOctal = (byte = 0): boolean => byte >= ZERO && byte <= SEVEN;
  let out = new Uint8Array(64);
  let [count, depth, at] = [0, 1, start + 1];
  for (; at < bytes.length; at++) {
    let byte = bytes[at] ?? 0;
    if (byte === BACKSLASH) {
      const next = bytes[++at] ?? 0;
      if (isOctal(next)) {
        byte = next - ZERO;
        for (let more = 0; more < 2 && isOctal(bytes[at + 1]); more++)
          byte = byte * 8 + (bytes[++at] ?? 0) - ZERO;
      } else if (next === RETURN || next === LINE_FEED) {
        if (next === RETURN && bytes[at + 1] === LINE_FEED) at++;
        continue;
      } else byte = meant[next] ?? 0;
    } else if (byte === OPEN) depth++;
    else if (byte === CLOSE && --depth === 0) break;
    if (count === out.length) {
      const longer = new Uint8Array(count * 2);
      longer.set(out);
      out = longer;
    }
    out[count++] = byte;
  }
  return { bytes: out.subarray(0, count), end: at + 1 };
};

/** Nearly every string is its bytes as they lie there; only what is escaped or nested is written anew. */
const literal = (bytes: Uint8Array, start: number): { bytes: Uint8Array; end: number } => {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === CLOSE) return { bytes: bytes.subarray(start + 1, at), end: at + 1 };
    if (byte === BACKSLASH || byte === OPEN) break;
  }
  return escaped(bytes, start);
};

const digits = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value++) {
  digits[code(value.toString(16))] = value;
  digits[code(value.toString(16).toUpperCase())] = value;
}

const hexadecimal = (bytes: Uint8Array, start: number): { bytes: Uint8Array; end: number } => {
  const found = bytes.indexOf(MORE, start);
  const end = found < 0 ? bytes.length : found;
  const out = new Uint8Array((end - start) >> 1);
  let count = 0;
  for (let at = start; at < end; at++) {
    const value = digits[bytes[at] ?? 0] ?? 255;
    if (value > 15) continue;
    out[count >> 1] = count % 2 === 0 ? value << 4 : (out[count >> 1] ?? 0) | value;
    count++;
  }
  return { bytes: out.subarray(0, (count + 1) >> 1), end: end + 1 };
};

/** Where the data of an inline image ends: after `EI` between white space. */
const afterInlineImage = (bytes: Uint8Array, start: number): number => {
  for (let at = start + 1; at < bytes.length - 1; at++)
    if (
      bytes[at] === code('E') &&
      bytes[at + 1] === code('I') &&
      isWhite(bytes[at - 1]) &&
      (at + 2 >= bytes.length || isWhite(bytes[at + 2]))
    )
      return at + 2;
  return bytes.length;
};

const shortWords = new Map<number, string>();
/** The few operators there are stand on every page a thousand times: each is one string. */
const word = (text: Buffer, start: number, end: number): string => {
  if (end - start > 3) return text.toString('latin1', start, end);
  let key = end - start;
  for (let at = start; at < end; at++) key = key * 256 + (text[at] ?? 0);
  const known = shortWords.get(key) ?? text.toString('latin1', start, end);
  shortWords.set(key, known);
  return known;
};

/** Reads a decoded content stream; never throws, whatever the bytes. */
export function* tokens(bytes: Uint8Array): Generator<Token> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    const kind = kinds[byte];
    if (kind === WHITE) at++;
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
    } else if (kind === DELIMITER && byte !== SLASH) at++;
    else {
      const start = at++;
      while (at < bytes.length && kinds[bytes[at] ?? 0] === 0) at++;
      if (byte >= 43 && byte <= 57 && byte !== SLASH) continue; // a number
      if (byte === SLASH) {
        yield { kind: 'name', name: word(text, start + 1, at) };
        continue;
      }
      const name = word(text, start, at);
      if (name === 'ID') at = afterInlineImage(bytes, at);
      yield { kind: 'operator', name };
    }
  }
}

/** Behind the string that begins at `start`, without reading what it says. */
const afterString = (bytes: Uint8Array, start: number): number => {
  if (bytes[start] === LESS) {
    const end = bytes.indexOf(MORE, start);
    return end < 0 ? bytes.length : end + 1;
  }
  let depth = 1;
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH) at++;
    else if (byte === OPEN) depth++;
    else if (byte === CLOSE && --depth === 0) return at + 1;
  }
  return bytes.length;
};

/** How many `q` a content stream needs before it, and how many `Q` after it, to leave the state as it was. */
export const balance = (bytes: Uint8Array): { before: number; after: number } => {
  let depth = 0;
  let lowest = 0;
  // As `tokens`, without making any: this is asked of every page of a release.
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const kind = kinds[byte];
    if (kind === WHITE) at++;
    else if (byte === PERCENT) while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
    else if (byte === LESS && bytes[at + 1] === LESS) at += 2;
    else if (byte === OPEN || byte === LESS) at = afterString(bytes, at);
    else if (kind === DELIMITER && byte !== SLASH) at++;
    else {
      const start = at++;
      while (at < bytes.length && kinds[bytes[at] ?? 0] === 0) at++;
      if (byte === SLASH) continue;
      const length = at - start;
      if (length === 1 && byte === SMALL_Q) depth++;
      else if (length === 1 && byte === LARGE_Q) lowest = Math.min(lowest, --depth);
      else if (length === 2 && byte === LARGE_I && bytes[start + 1] === LARGE_D)
        at = afterInlineImage(bytes, at);
    }
  }
  return { before: 1 - lowest, after: depth - lowest + 1 };
};
