import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { KmsSigner } from './index.ts';

/**
 * KMS over the SDK's real serialisation, without AWS: requests are answered by a key of our own as KMS documents it.
 * Answers what it was sent.
 */
const kmsHolding = (key: KeyObject, keySpec: string) => {
  const sent: { target: string; body: Record<string, unknown> }[] = [];
  const client = new KMSClient({
    region: 'cn-north-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: {
      handle: async (request: { headers: Record<string, string>; body: Uint8Array }) => {
        const target = request.headers['x-amz-target'] ?? '';
        const body = JSON.parse(new TextDecoder().decode(request.body)) as Record<string, unknown>;
        sent.push({ target, body });
        const answer = target.endsWith('.Sign')
          ? { Signature: sign(null, Buffer.from(String(body.Message), 'base64'), key).toString('base64') }
          : {
              KeySpec: keySpec,
              PublicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64'),
            };
        const text = new TextEncoder().encode(JSON.stringify(answer));
        return { response: { statusCode: 200, headers: {}, body: new Blob([text]).stream() } };
      },
    },
  });
  return { client, sent };
};

describe('a signer on KMS', () => {
  const { privateKey } = generateKeyPairSync('ed25519');

  it('signs as Ed25519 does, so that anyone with the public key verifies offline', async () => {
    const { client, sent } = kmsHolding(privateKey, 'ECC_NIST_EDWARDS25519');
    const signer = await KmsSigner.open(async () => client, 'key-1');
    const message = Buffer.from('审计检查点');
    const signature = await signer.sign(message);
    const x = Buffer.from(signer.publicKey, 'hex').toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(verify(null, message, publicKey, signature)).toBe(true);
    expect(signer.publicKey).toMatch(/^[0-9a-f]{64}$/);
    expect(signer.keyId).toMatch(/^[0-9a-f]{16}$/);
    expect(sent.map(({ target }) => target)).toEqual(['TrentService.GetPublicKey', 'TrentService.Sign']);
    expect(sent[1]?.body).toEqual({
      KeyId: 'key-1',
      Message: message.toString('base64'),
      MessageType: 'RAW',
      SigningAlgorithm: 'ED25519_SHA_512',
    });
  });

  it('refuses a key of another kind', async () => {
    const { client } = kmsHolding(privateKey, 'ECC_NIST_P256');
    await expect(KmsSigner.open(async () => client, 'key-1')).rejects.toThrow('not an Ed25519 key');
  });

  it('asks nothing before it signs when its public key was told, and takes no key of another kind', async () => {
    const { client, sent } = kmsHolding(privateKey, 'ECC_NIST_EDWARDS25519');
    const told = (key: KeyObject) =>
      createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
    let opened = 0;
    const kms = async () => {
      opened += 1;
      return client;
    };
    const signer = KmsSigner.known(kms, 'key-1', told(privateKey));
    const asked = await KmsSigner.open(async () => client, 'key-1');
    expect([signer.publicKey, signer.keyId]).toEqual([asked.publicKey, asked.keyId]);
    expect(opened).toBe(0);
    sent.length = 0;
    expect(await signer.sign(Buffer.from('一'))).toEqual(await asked.sign(Buffer.from('一')));
    expect(sent.map(({ target }) => target)).toEqual(['TrentService.Sign', 'TrentService.Sign']);
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    expect(() => KmsSigner.known(kms, 'key-1', told(other))).toThrow('not an Ed25519 key');
  });

  it('does not send what KMS would not sign as it is', async () => {
    const { client, sent } = kmsHolding(privateKey, 'ECC_NIST_EDWARDS25519');
    const signer = await KmsSigner.open(async () => client, 'key-1');
    await expect(signer.sign(new Uint8Array(4_097))).rejects.toThrow(RangeError);
    expect(sent).toHaveLength(1);
  });
});
