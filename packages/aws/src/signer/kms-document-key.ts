import { createPublicKey, X509Certificate } from 'node:crypto';
import type { Kms } from './kms-signer.ts';

const algorithms = {
  RSA: { keyType: 'RSA', signatureAlgorithm: 'RSASSA-PKCS1-v1_5', scheme: 'RSASSA_PKCS1_V1_5' },
  EC: { keyType: 'EC', signatureAlgorithm: 'ECDSA', scheme: 'ECDSA' },
} as const;

type Digest = 'SHA-256' | 'SHA-384' | 'SHA-512';

/** What KMS hashes itself. The signed attributes of a PAdES signature and a request for a certificate are far shorter. */
const longestMessage = 4_096;

/**
 * A key for signatures that authorities certify, in KMS (RSA_2048 to RSA_4096 or ECC_NIST_P256, usage SIGN_VERIFY), without
 * its certificate. Throws for a key of another kind.
 */
export const kmsCertifiableKey = async (kms: Kms, key: string) => {
  const [client, { GetPublicKeyCommand, SignCommand }] = await Promise.all([
    kms(),
    import('@aws-sdk/client-kms'),
  ]);
  const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: key }));
  if (PublicKey === undefined) throw new Error(`signing: KMS gave no public key of ${key}`);
  const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({
    key: Buffer.from(PublicKey),
    format: 'der',
    type: 'spki',
  });
  const named = asymmetricKeyDetails?.namedCurve ?? asymmetricKeyType ?? '';
  if (named !== 'rsa' && named !== 'prime256v1')
    throw new Error(`signing: ${key} is ${named}, neither RSA nor ECC_NIST_P256`);
  const { scheme, ...kind } = named === 'rsa' ? algorithms.RSA : algorithms.EC;
  return {
    ...kind,
    /** SubjectPublicKeyInfo (DER). */
    publicKey: Buffer.from(PublicKey),
    sign: async (data: Uint8Array, digest: Digest): Promise<Uint8Array> => {
      if (data.length > longestMessage) throw new RangeError(`signing: ${data.length} bytes are too many`);
      const { Signature } = await client.send(
        new SignCommand({
          KeyId: key,
          Message: data,
          MessageType: 'RAW',
          SigningAlgorithm: `${scheme}_${digest.replace('-', '_') as 'SHA_256'}`,
        }),
      );
      if (Signature === undefined) throw new Error('signing: KMS gave no signature');
      return Signature;
    },
  };
};

/**
 * The office's key for 电子签名, in KMS, with the certificate that an authority gave for it (PEM, its chain behind it). It
 * has the shape of a signing key of packages/render. Throws when the certificate is another key's: every signature would
 * be broken.
 */
export const kmsDocumentKey = async (kms: Kms, key: string, pem: string) => {
  const { publicKey, ...own } = await kmsCertifiableKey(kms, key);
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  const [certificate, ...chain] = blocks.map((one) => new X509Certificate(one));
  if (certificate === undefined) throw new Error(`signing: no certificate for ${key}`);
  if (!publicKey.equals(certificate.publicKey.export({ format: 'der', type: 'spki' })))
    throw new Error(
      `signing: the certificate of ${certificate.subject.replace(/\n/g, ', ')} is not one for ${key}`,
    );
  return {
    ...own,
    certificate: new Uint8Array(certificate.raw),
    certificateChain: chain.map(({ raw }) => new Uint8Array(raw)),
  };
};
