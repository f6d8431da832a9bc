import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Signer } from '@gongkai/core';

/** KMS signs at most this many bytes as they are; a longer message would have to be hashed first, which is no Ed25519. */
const longestMessage = 4_096;

/**
 * An Ed25519 key that lives in KMS (key spec ECC_NIST_EDWARDS25519, usage SIGN_VERIFY) and never leaves it. Signatures
 * are plain Ed25519 (RFC 8032), so that who holds the public key verifies offline, as with the key file.
 */
export class KmsSigner implements Signer {
  readonly keyId: string;
  readonly publicKey: string;
  readonly #client: KMSClient;
  readonly #key: string;

  private constructor(client: KMSClient, key: string, raw: Uint8Array) {
    this.#client = client;
    this.#key = key;
    this.publicKey = Buffer.from(raw).toString('hex');
    // The same name for a key as on one machine: of the key itself, not of where it is kept.
    this.keyId = createHash('sha256').update(raw).digest('hex').slice(0, 16);
  }

  /** `key` is a key's id or ARN; an alias could point elsewhere tomorrow. Throws when it is not an Ed25519 key. */
  static async open(client: KMSClient, key: string): Promise<KmsSigner> {
    const { KeySpec, PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: key }));
    if (KeySpec !== 'ECC_NIST_EDWARDS25519' || PublicKey === undefined) {
      throw new Error(`signer: ${key} is ${KeySpec ?? 'no key'}, not an Ed25519 key`);
    }
    const { x } = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' }).export({
      format: 'jwk',
    });
    return new KmsSigner(client, key, Buffer.from(x ?? '', 'base64url'));
  }

  async sign(message: Uint8Array): Promise<Uint8Array> {
    if (message.length > longestMessage) throw new RangeError(`signer: ${message.length} bytes are too many`);
    const { Signature } = await this.#client.send(
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
