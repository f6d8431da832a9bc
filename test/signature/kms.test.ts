import { createPrivateKey, createPublicKey, privateEncrypt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { kmsDocumentKey } from '@gongkai/aws';
import { readSignatures } from '@gongkai/inspect/signature';
import { signPdf } from '@gongkai/render/signature';
import { afterAll, describe, expect, it } from 'vitest';
import { typeset } from '../../packages/render/src/release/specimen.ts';
import { makeOfficeKey } from './office-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-kms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
makeOfficeKey(folder);
const own = createPrivateKey(readFileSync(join(folder, 'o.key')));
const pem =
  readFileSync(join(folder, 'o.pem'), 'latin1') + readFileSync(join(folder, 'authority.pem'), 'latin1');

/** KMS over the SDK's real serialisation, answered by a key of our own: it is handed a digest and signs that. */
const kms = new KMSClient({
  region: 'cn-north-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  requestHandler: {
    handle: async (request: { headers: Record<string, string>; body: Uint8Array }) => {
      const body = JSON.parse(new TextDecoder().decode(request.body)) as Record<string, string>;
      const signs = request.headers['x-amz-target']?.endsWith('.Sign');
      if (signs)
        expect([body.MessageType, body.SigningAlgorithm]).toEqual(['DIGEST', 'RSASSA_PKCS1_V1_5_SHA_256']);
      // DigestInfo of SHA-256 (RFC 8017, 9.2), which KMS puts before a digest.
      const info = Buffer.from('3031300d060960864801650304020105000420', 'hex');
      const digest = Buffer.concat([info, Buffer.from(body.Message ?? '', 'base64')]);
      const answer = signs
        ? { Signature: privateEncrypt(own, digest).toString('base64') }
        : {
            KeySpec: 'RSA_2048',
            PublicKey: createPublicKey(own).export({ format: 'der', type: 'spki' }).toString('base64'),
          };
      const text = new TextEncoder().encode(JSON.stringify(answer));
      return { response: { statusCode: 200, headers: {}, body: new Blob([text]).stream() } };
    },
  },
});

describe('a key in KMS', () => {
  it('signs a release as the office’s P12 does', async () => {
    const key = await kmsDocumentKey(async () => kms, 'key-1', pem);
    const { pdf } = await signPdf(typeset('正文'), { key, signedAt: '2026-11-27T08:00:00.000Z' });
    expect(readSignatures(pdf)).toMatchObject([{ state: 'intact', signer: '三村镇人民政府' }]);
  });

  it('is not taken with another key’s certificate', async () => {
    const other = readFileSync(join(folder, 'authority.pem'), 'latin1');
    await expect(kmsDocumentKey(async () => kms, 'key-1', other)).rejects.toThrow(/is not one for key-1/);
  });
});
