import {
  HttpTimestampAuthority,
  P12Signer,
  PDF,
  PdfArray,
  PdfDict,
  PdfNumber,
  type Signer,
  type TimestampAuthority,
} from '@libpdf/core';

/** A key with its certificate (DER) and the chain above it; the key itself may lie in another machine. */
export type SigningKey = Signer;

/** The key in a PKCS#12 file. Throws when the password is wrong or the file holds no key. */
export const p12Key = async (file: Uint8Array, password: string): Promise<SigningKey> =>
  P12Signer.create(file, password);

export type Signing = {
  readonly key: SigningKey;
  /** The signer's own word; a timestamp proves it. ISO 8601. */
  readonly signedAt: string;
  /** RFC 3161. `required`: without its answer there is no signature. */
  readonly timestamp?: { readonly url: string; readonly required: boolean } | undefined;
};

export type Signed = { readonly pdf: Uint8Array; readonly level: 'B-B' | 'B-T' };

/** Room for the signed data without certificates, and for a timestamp with those of its server. */
const room = { signature: 3_000, timestamp: 12_000 };

/** Whoever answers slowly answers no: the queue asks again. */
const patient = { timeout: 20_000 };

const sign = async (
  pdf: Uint8Array,
  { key, signedAt }: Signing,
  authority?: TimestampAuthority,
): Promise<Uint8Array> => {
  const document = await PDF.load(pdf);
  // A form of our own, so that none with fonts and a default appearance is made: PDF/A wants neither (6.2.11, 6.4).
  const form = PdfDict.of({ Fields: PdfArray.of(), SigFlags: PdfNumber.of(3) });
  document.getCatalog().set('AcroForm', document.register(form));
  const certificates = [key.certificate, ...(key.certificateChain ?? [])];
  const { bytes } = await document.sign({
    signer: key,
    signingTime: new Date(signedAt),
    fieldName: 'office',
    reason: '政府信息公开发布',
    level: authority ? 'B-T' : 'B-B',
    ...(authority ? { timestampAuthority: authority } : {}),
    estimatedSize:
      room.signature +
      (authority ? room.timestamp : 0) +
      certificates.reduce((sum, { length }) => sum + length, 0),
  });
  return bytes;
};

/**
 * Signs a finished PDF (PAdES, ETSI EN 319 142-1, B-B or B-T): every byte stays, one increment is added, nothing is drawn.
 * Throws when the key, or a timestamp server that is required, does not do its part.
 */
export const signPdf = async (pdf: Uint8Array, signing: Signing): Promise<Signed> => {
  const { timestamp } = signing;
  if (timestamp === undefined) return { pdf: await sign(pdf, signing), level: 'B-B' };
  try {
    const authority = new HttpTimestampAuthority(timestamp.url, patient);
    return { pdf: await sign(pdf, signing, authority), level: 'B-T' };
  } catch (thrown) {
    if (timestamp.required) throw thrown;
    return { pdf: await sign(pdf, signing), level: 'B-B' };
  }
};
