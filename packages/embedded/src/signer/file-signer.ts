import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Signer } from '@gongkai/core';
import { syncFolder } from '../blobs/durable.ts';

/** An Ed25519 key in a PKCS#8 PEM file that only its owner may read. */
export class FileSigner implements Signer {
  readonly keyId: string;
  readonly publicKey: string;
  readonly #key: KeyObject;

  private constructor(key: KeyObject) {
    this.#key = key;
    const raw = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url');
    this.publicKey = raw.toString('hex');
    this.keyId = createHash('sha256').update(raw).digest('hex').slice(0, 16);
  }

  /** Makes a new key. Throws when the file exists: an old signature's key must never be overwritten. */
  static async create(path: string): Promise<FileSigner> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ed25519');
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(dirname(path));
    return new FileSigner(privateKey);
  }

  /** Throws when the file is missing, is no Ed25519 key, or may be read by others. */
  static async open(path: string): Promise<FileSigner> {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new Error(`signer: others may read ${path}; run: chmod 600 ${path}`);
    }
    const key = createPrivateKey(await readFile(path));
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`signer: ${path} is not an Ed25519 key`);
    return new FileSigner(key);
  }

  async sign(message: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(sign(null, message, this.#key));
  }
}
