import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ed25519 } from '@noble/curves/ed25519.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileSigner } from './index.ts';

describe('file signer', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongkai-signer-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('signs so that another library verifies it with the public key, and only that message', async () => {
    const signer = await FileSigner.create(join(folder, 'keys', 'a.pem'));
    const message = Buffer.from('检查点 42');
    const signature = await signer.sign(message);
    const publicKey = Uint8Array.from(Buffer.from(signer.publicKey, 'hex'));
    expect(signer.publicKey).toMatch(/^[0-9a-f]{64}$/);
    expect(ed25519.verify(signature, Uint8Array.from(message), publicKey)).toBe(true);
    expect(ed25519.verify(signature, Uint8Array.from(Buffer.from('检查点 43')), publicKey)).toBe(false);
  });

  it('opens the same key again, and never makes a new one over it', async () => {
    const path = join(folder, 'b.pem');
    const made = await FileSigner.create(path);
    const opened = await FileSigner.open(path);
    expect([opened.publicKey, opened.keyId]).toEqual([made.publicKey, made.keyId]);
    await expect(FileSigner.create(path)).rejects.toThrow('EEXIST');
    expect((await FileSigner.open(path)).publicKey).toBe(made.publicKey);
  });

  it.skipIf(process.platform === 'win32')(
    'keeps the key to its owner, and refuses one that others may read',
    async () => {
      const path = join(folder, 'c.pem');
      await FileSigner.create(path);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      await chmod(path, 0o644);
      await expect(FileSigner.open(path)).rejects.toThrow('chmod 600');
    },
  );

  it('refuses a key of another kind, and a missing one', async () => {
    const path = join(folder, 'd.pem');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    await expect(FileSigner.open(path)).rejects.toThrow('not an Ed25519 key');
    await expect(FileSigner.open(join(folder, 'none.pem'))).rejects.toThrow('ENOENT');
  });
});
