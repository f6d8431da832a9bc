/** The picture of an electronic seal (GB/T 38540 §6: SES_ESPictrueInfo), before or inside a signature. */
export type SealPicture = {
  /** `png`, `jpg`, `bmp`, `ofd`, … in small letters. */
  readonly type: string;
  readonly data: Uint8Array;
};

type Item = { readonly tag: number; readonly body: Buffer; readonly end: number };

const SEQUENCE = 0x30;
const SET = 0x31;
const OCTETS = 0x04;
const INTEGER = 0x02;
const IA5 = 0x16;
const deepest = 24;

/** One element of DER; undefined when it is none. */
const item = (bytes: Buffer, at: number): Item | undefined => {
  if (at + 2 > bytes.length) return undefined;
  const tag = bytes[at] ?? 0;
  const first = bytes[at + 1] ?? 0;
  const size = first < 0x80 ? 0 : first & 0x7f;
  if (size > 4 || at + 2 + size > bytes.length || (first === 0x80 && size === 0)) return undefined;
  const length = size === 0 ? first : bytes.readUIntBE(at + 2, size);
  const start = at + 2 + size;
  if (start + length > bytes.length) return undefined;
  return { tag, body: bytes.subarray(start, start + length), end: start + length };
};

const itemsIn = (body: Buffer): Item[] => {
  const found: Item[] = [];
  for (let at = 0; at < body.length; ) {
    const next = item(body, at);
    if (next === undefined) return [];
    found.push(next);
    at = next.end;
  }
  return found;
};

const pictureIn = (body: Buffer, depth: number): SealPicture | undefined => {
  if (depth > deepest) return undefined;
  const items = itemsIn(body);
  const [type, data, width, height] = items;
  if (type?.tag === IA5 && data?.tag === OCTETS && width?.tag === INTEGER && height?.tag === INTEGER)
    return { type: type.body.toString('latin1').trim().toLowerCase(), data: data.body };
  for (const { tag, body: inner } of items) {
    const holds = tag === SEQUENCE || tag === SET || (tag & 0xe0) === 0xa0;
    const found = holds ? pictureIn(inner, depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * The seal's picture out of Seal.esl or SignedValue.dat, whichever version of the structure it is: the first sequence of a type,
 * data, a width and a height. It says how the seal looks; whether the signature holds is asked elsewhere.
 */
export const sealPicture = (bytes: Uint8Array): SealPicture | undefined =>
  pictureIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
