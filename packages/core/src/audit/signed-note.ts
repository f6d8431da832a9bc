import { ed25519 } from '@noble/curves/ed25519.js';
import { fromBase64, fromHex, sha256, toBase64, toHex, utf8 } from '../hash/index.ts';
import type { Signer } from '../ports/index.ts';

/** C2SP signed-note, Ed25519 only: text, an empty line, and a signature line for each key. Keys are 32 bytes in hex. */

/** A key name may hold neither spaces nor a plus. */
export const isKeyName = (name: string): boolean => /^[^\s+]+$/u.test(name);

/** First 4 bytes of SHA-256(name, newline, 0x01 for Ed25519, key): tells keys apart, proves nothing. */
const keyId = (name: string, publicKey: string): Uint8Array => {
  const key = fromHex(publicKey) ?? new Uint8Array();
  return sha256(new Uint8Array([...utf8(name), 0x0a, 0x01, ...key])).slice(0, 4);
};

/** `text` ends with a newline; one signature line for each signer. */
export const signNote = async (
  signers: Signer | readonly Signer[],
  name: string,
  text: string,
): Promise<string> => {
  const lines: string[] = [];
  for (const signer of [signers].flat()) {
    const signature = await signer.sign(utf8(text));
    lines.push(`— ${name} ${toBase64(new Uint8Array([...keyId(name, signer.publicKey), ...signature]))}\n`);
  }
  return `${text}\n${lines.join('')}`;
};

/**
 * - `malformed`: not a signed note.
 * - `unknown-key`: nobody signed it whose key this is.
 * - `bad-signature`: signed in the name of this key, but not by it.
 */
export type NoteFault = 'malformed' | 'unknown-key' | 'bad-signature';

/** The text of a note that this key has signed. Other keys' signatures (witnesses) are left alone. */
export const openNote = (
  note: string,
  name: string,
  publicKey: string,
): { readonly text: string } | NoteFault => {
  const cut = note.lastIndexOf('\n\n');
  if (cut < 0 || note.length > 65_536) return 'malformed';
  const text = note.slice(0, cut + 1);
  const lines = note.slice(cut + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) return 'malformed';
  const id = toHex(keyId(name, publicKey));
  let signed = false;
  for (const line of lines) {
    const match = /^— (?<name>[^\s+]+) (?<bytes>\S+)$/u.exec(line)?.groups;
    const bytes = fromBase64(match?.bytes ?? '');
    if (match === undefined || bytes === undefined || bytes.length < 5) return 'malformed';
    if (match.name !== name || toHex(bytes.slice(0, 4)) !== id) continue;
    if (!isSignature(bytes.slice(4), text, publicKey)) return 'bad-signature';
    signed = true;
  }
  return signed ? { text } : 'unknown-key';
};

const isSignature = (signature: Uint8Array, text: string, publicKey: string): boolean => {
  const key = fromHex(publicKey);
  if (key?.length !== 32 || signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, utf8(text), key, { zip215: false });
  } catch {
    return false; // a key that is no point of the curve
  }
};
