import { type Kms, kmsDocumentKey } from '@gongkai/aws';
import type { Blobs, DocumentSigner } from '@gongkai/core';
import type { Settings } from './settings.ts';

type Read = (parameter: string) => Promise<string | undefined>;

/** The office's key in KMS with its certificate. Throws when it cannot be used; undefined where none is set. */
export const openDocumentKey = async (settings: Settings, kms: Kms, read: Read) => {
  const { GONGKAI_DOCUMENT_KEY: key, GONGKAI_DOCUMENT_CERTIFICATE_PARAMETER: parameter } = settings;
  if (key === undefined) return undefined;
  if (parameter === undefined)
    throw new Error('signing: GONGKAI_DOCUMENT_KEY without GONGKAI_DOCUMENT_CERTIFICATE_PARAMETER');
  return kmsDocumentKey(kms, key, (await read(parameter)) ?? '');
};

/**
 * 电子签名 by a key in KMS; undefined where none is set. The key is opened when something is first signed: where it or its
 * certificate cannot be used, what is to be published waits, and everything else goes on.
 */
export const documentSigning = async (
  settings: Settings,
  kms: Kms,
  read: Read,
  blobs: Blobs,
): Promise<DocumentSigner | undefined> => {
  const { GONGKAI_TIMESTAMP: url, GONGKAI_TIMESTAMP_REQUIRED: required } = settings;
  if (settings.GONGKAI_DOCUMENT_KEY === undefined) return undefined;
  const timestamp = url === undefined ? undefined : { url, required: required !== 'false' };
  const { documentSigner, lazyDocumentSigner } = await import('@gongkai/local/signing');
  return lazyDocumentSigner(async () =>
    documentSigner(blobs, { key: await openDocumentKey(settings, kms, read) }, timestamp),
  );
};
