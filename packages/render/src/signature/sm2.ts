import { createPrivateKey } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';

/** GM/T 0009: the identifier where nothing else was agreed. */
export const usualUserId = '1234567812345678';

export type Sm2Key = { readonly privateKey: string; readonly publicKey: string };

/**
 * An SM2 key from a PEM file (`openssl ecparam -name SM2 -genkey -noout`, or PKCS#8). Node's own SM2 is not used: what it signs no
 * other program accepts (nodejs/node#53761). Throws when there is no such key in it.
 */
export const sm2Key = (pem: string): Sm2Key => {
  const der = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' }).toString('hex');
  // The curve's name (1.2.156.10197.1.301), then version 1 and the number, 32 bytes (RFC 5915).
  const privateKey = /06082a811ccf5501822d.*?0201010420([0-9a-f]{64})/.exec(der)?.[1];
  if (privateKey === undefined) throw new Error('no SM2 key');
  return { privateKey, publicKey: sm2.getPublicKeyFromPrivateKey(privateKey) };
};

/** SM2 over SM3 of the bytes, with the public key and the identifier before them (GB/T 32918.2); DER, hex. */
export const sm2Sign = (bytes: Uint8Array, { privateKey, publicKey }: Sm2Key): string =>
  sm2.doSignature(bytes, privateKey, { der: true, hash: true, publicKey, userId: usualUserId });

export const sm2Holds = (
  bytes: Uint8Array,
  { signature, publicKey, userId }: { signature: string; publicKey: string; userId: string },
): boolean => {
  try {
    return sm2.doVerifySignature(bytes, signature, publicKey, { der: true, hash: true, userId });
  } catch {
    return false; // no signature, or no point of the curve
  }
};
