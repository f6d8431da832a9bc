import { createHash, createPublicKey } from 'node:crypto';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { Signer } from '@gongkai/core';

/** KMS signs at most this many bytes as they are; a longer message would have to be hashed first, which is no Ed25519. */
const longestMessage = 4_096;

/** KMS, opened when it is first asked: whoever only reads the catalogue never does, and a cold start is shorter for it. */
export type Kms = () => Promise<KMSClient>;

/** The 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo (DER). Throws for a key of another kind. */
const rawOf = (key: string, spki: Uint8Array): Uint8Array => {
  const { crv, x } = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).export({
    format: 'jwk',
  });
  if (crv !== 'Ed25519') throw new Error(`signer: ${key} is not an Ed25519 key`);
  return Buffer.from(x ?? '', 'base64url');
};

/**
 * An Ed25519 key that lives in KMS (key spec ECC_NIST_EDWARDS25519, usage SIGN_VERIFY) and never leaves it. Signatures
 * are plain Ed25519 (RFC 8032), so that who holds the public key verifies offline, as with the key file.
 */
export class KmsSigner implements Signer {
  readonly keyId: string;
  readonly publicKey: string;
  readonly #kms: Kms;
  readonly #key: string;

  private constructor(kms: Kms, key: string, raw: Uint8Array) {
    this.#kms = kms;
    this.#key = key;
    this.publicKey = Buffer.from(raw).toString('hex');
    // The same name for a key as on one machine: of the key itself, not of where it is kept.
    this.keyId = createHash('sha256').update(raw).digest('hex').slice(0, 16);
  }

  /** `key` is a key's id or ARN; an alias could point elsewhere tomorrow. Throws when it is not an Ed25519 key. */
  static async open(kms: Kms, key: string): Promise<KmsSigner> {
    const { GetPublicKeyCommand } = await import('@aws-sdk/client-kms');
    const { KeySpec, PublicKey } = await (await kms()).send(new GetPublicKeyCommand({ KeyId: key }));
    if (KeySpec !== 'ECC_NIST_EDWARDS25519' || PublicKey === undefined) {
      throw new Error(`signer: ${key} is ${KeySpec ?? 'no key'}, not an Ed25519 key`);
    }
    return new KmsSigner(kms, key, rawOf(key, PublicKey));
  }

  /**
   * With its public key as the deployment was told it (SubjectPublicKeyInfo in base64): asks nothing. One that is not the
   * key's own signs nothing that counts: the log takes the key that it knows and no other (core, `checkKey`).
   */
  static known(kms: Kms, key: string, publicKey: string): KmsSigner {
    return new KmsSigner(kms, key, rawOf(key, Buffer.from(publicKey, 'base64')));
  }

  async sign(message: Uint8Array): Promise<Uint8Array> {
    if (message.length > longestMessage) throw new RangeError(`signer: ${message.length} bytes are too many`);
    const { SignCommand } = await import('@aws-sdk/client-kms');
    const { Signature } = await (await this.#kms()).send(
      new SignCommand({
        KeyId: this.#key,
        Message: message,
        MessageType: 'RAW',
        SigningAlgorithm: 'ED25519_SHA_512',
      }),
    );
    if (Signature === undefined) throw new Error('signer: KMS gave no signature');
    return Signature;
  }
}
