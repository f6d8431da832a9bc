export { fromBase64, fromHex, sha256, sha256Hex, toBase64, toHex, utf8 } from './bytes.ts';
export { canonicalJson } from './canonical.ts';
export { crockford } from './crockford.ts';
