import { X509Certificate } from 'node:crypto';
import type { Kms } from './kms-signer.ts';

const algorithms = {
  RSA: { keyType: 'RSA', signatureAlgorithm: 'RSASSA-PKCS1-v1_5', scheme: 'RSASSA_PKCS1_V1_5' },
  EC: { keyType: 'EC', signatureAlgorithm: 'ECDSA', scheme: 'ECDSA' },
} as const;

type Digest = 'SHA-256' | 'SHA-384' | 'SHA-512';

/**
 * The office's key for 电子签名, in KMS (RSA_2048 to RSA_4096 or ECC_NIST_P256, usage SIGN_VERIFY), with the certificate that
 * an authority gave for it (PEM, its chain behind it). It has the shape of a signing key of packages/render. Throws when the
 * certificate is another key's: every signature would be broken.
 */
export const kmsDocumentKey = async (kms: Kms, key: string, pem: string) => {
  const [client, { GetPublicKeyCommand, SignCommand }] = await Promise.all([
    kms(),
    import('@aws-sdk/client-kms'),
  ]);
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  const [own, ...chain] = blocks.map((one) => new X509Certificate(one));
  if (own === undefined) throw new Error(`signing: no certificate for ${key}`);
  const { KeySpec = '', PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: key }));
  const spki = own.publicKey.export({ format: 'der', type: 'spki' });
  if (PublicKey === undefined || !Buffer.from(PublicKey).equals(spki))
    throw new Error(`signing: the certificate of ${own.subject.replace(/\n/g, ', ')} is not one for ${key}`);
  const { scheme, ...kind } = KeySpec.startsWith('RSA_') ? algorithms.RSA : algorithms.EC;
  return {
    ...kind,
    certificate: new Uint8Array(own.raw),
    certificateChain: chain.map(({ raw }) => new Uint8Array(raw)),
    sign: async (data: Uint8Array, digest: Digest): Promise<Uint8Array> => {
      const hashed = await crypto.subtle.digest(digest, new Uint8Array(data));
      const { Signature } = await client.send(
        new SignCommand({
          KeyId: key,
          Message: new Uint8Array(hashed),
          MessageType: 'DIGEST',
          SigningAlgorithm: `${scheme}_${digest.replace('-', '_') as 'SHA_256'}`,
        }),
      );
      if (Signature === undefined) throw new Error('signing: KMS gave no signature');
      return Signature;
    },
  };
};
