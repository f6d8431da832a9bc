import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

export const utf8 = (text: string): Uint8Array => utf8ToBytes(text);

/** 32 bytes. A string is hashed as UTF-8. */
export const sha256 = (content: Uint8Array | string): Uint8Array =>
  digest(typeof content === 'string' ? utf8(content) : content);

/** 64 lower-case hex digits. */
export const sha256Hex = (content: Uint8Array | string): string => toHex(sha256(content));

export const toHex = (bytes: Uint8Array): string => bytesToHex(bytes);

/** Undefined when the text is not an even number of lower-case hex digits. */
export const fromHex = (hex: string): Uint8Array | undefined =>
  hex.length % 2 === 0 && /^[0-9a-f]*$/.test(hex) ? hexToBytes(hex) : undefined;

/** Standard base64 with padding (RFC 4648 §4). */
export const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** Undefined unless the text is exactly what `toBase64` would give: one text for one value. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : undefined;
};
