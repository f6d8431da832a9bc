import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Blobs, DocumentSigner } from '@gongkai/core';
import { certificateName } from '@gongkai/inspect/signature';
import {
  p12Key,
  type SigningKey,
  type Sm2Key,
  signPdf,
  sm2Key,
  sm2Sign,
  usualUserId,
} from '@gongkai/render/signature';
import type { SigningSettings } from './settings.ts';

type Keys = { readonly key?: SigningKey | undefined; readonly sm2?: Sm2Key | undefined };
type Timestamp = { readonly url: string; readonly required: boolean };

/** Throws when others may read it: whoever has the key signs in the office's name. */
const readSecret = async (path: string): Promise<Buffer> => {
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(`signing: 其他用户可以读取 ${path}：chmod 600 / others may read it; run: chmod 600`);
  return readFile(path);
};

const openKey = async ({ p12, passwordFile }: SigningSettings): Promise<SigningKey | undefined> => {
  if (p12 === undefined) return undefined;
  const password =
    passwordFile === undefined
      ? (process.env.GONGKAI_SIGNING_PASSWORD ?? '')
      : (await readSecret(passwordFile)).toString('utf8').trim();
  const file = await readSecret(p12);
  try {
    return await p12Key(file, password);
  } catch (cause) {
    throw new Error(`signing: ${p12} 打不开，密码不对或文件里没有密钥 / wrong password, or no key in it`, {
      cause,
    });
  }
};

const readAll = async (blobs: Blobs, sha256: string): Promise<Uint8Array> => {
  const bytes = await blobs.open({ area: 'renditions', sha256 });
  if (bytes === undefined) throw new Error(`signing: ${sha256} is gone`);
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
};

/** Signs with the keys at hand: inside of the PDF, and beside it. Runs outside of the cage, for it opens only our own releases. */
export const documentSigner = (blobs: Blobs, { key, sm2 }: Keys, timestamp?: Timestamp): DocumentSigner => ({
  sign: async (unfinished, signedAt) => {
    const bytes = await readAll(blobs, unfinished.sha256);
    const signed = key && (await signPdf(bytes, { key, signedAt, timestamp }));
    const pdf = signed?.pdf ?? bytes;
    const kept = await blobs.putOnce('vault', Readable.from([pdf]));
    if (!kept.ok) throw new Error(kept.error.code);
    return {
      release: { area: 'vault', sha256: kept.value.sha256 },
      size: kept.value.size,
      ...(signed && key
        ? {
            signature: {
              level: signed.level,
              signer: certificateName(new X509Certificate(key.certificate).subject),
              signedAt,
            },
          }
        : {}),
      ...(sm2
        ? {
            detached: {
              algorithm: 'SM2-SM3' as const,
              publicKey: sm2.publicKey,
              userId: usualUserId,
              signature: sm2Sign(pdf, sm2),
              signedAt,
            },
          }
        : {}),
    };
  },
});

/** Throws a readable sentence when a key cannot be used: an office that wants signatures must not publish without them. */
export const openKeys = async (settings: SigningSettings): Promise<Keys> => {
  const key = await openKey(settings);
  const sm2 =
    settings.sm2Key === undefined ? undefined : sm2Key((await readSecret(settings.sm2Key)).toString());
  if (key === undefined && sm2 === undefined)
    throw new Error('signing: 没有写明 p12 或 sm2Key / neither p12 nor sm2Key is given');
  return { key, sm2 };
};

export const openDocumentSigner = async (
  settings: SigningSettings,
  blobs: Blobs,
): Promise<DocumentSigner> => {
  const { timestamp: url, timestampRequired: required } = settings;
  return documentSigner(blobs, await openKeys(settings), url === undefined ? undefined : { url, required });
};

/** Opens the keys when something is first signed: who only looks something up need not be able to. */
export const lazyDocumentSigner = (open: () => Promise<DocumentSigner>): DocumentSigner => {
  let opened: Promise<DocumentSigner> | undefined;
  return {
    sign: async (...given) => {
      opened ??= open();
      try {
        return await (await opened).sign(...given);
      } catch (cause) {
        opened = undefined; // the next try reads the keys again: somebody may have put them right
        throw cause;
      }
    },
  };
};
