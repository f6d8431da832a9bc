import { kmsCertifiableKey } from './kms-document-key.ts';
import type { Kms } from './kms-signer.ts';

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.from(content.length.toString(16).padStart(4, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);

/** Object identifiers, DER: id-at-countryName and others (RFC 5280), sha256WithRSAEncryption, ecdsa-with-SHA256. */
const identifiers = {
  country: '0603550406',
  organisation: '060355040a',
  commonName: '0603550403',
  RSA: '06092a864886f70d01010b',
  EC: '06082a8648ce3d040302',
} as const;
const identifier = (name: keyof typeof identifiers): Buffer => Buffer.from(identifiers[name], 'hex');

const utf8 = 0x0c;
const printable = 0x13;
const attribute = (name: keyof typeof identifiers, tag: number, value: string): Buffer =>
  der(0x31, sequence(identifier(name), der(tag, Buffer.from(value))));

/**
 * 证书申请: a request for a certificate (PKCS#10, RFC 2986) over a key in KMS, in PEM, for the authority that the office
 * asks. The office is the subject's organisation and name; what else stands in the certificate the authority decides.
 */
export const certificateRequest = async (kms: Kms, key: string, office: string): Promise<string> => {
  const { keyType, publicKey, sign } = await kmsCertifiableKey(kms, key);
  const subject = sequence(
    attribute('country', printable, 'CN'),
    attribute('organisation', utf8, office),
    attribute('commonName', utf8, office),
  );
  const version = Buffer.from([0x02, 0x01, 0x00]);
  const asked = sequence(version, subject, publicKey, der(0xa0));
  const none = keyType === 'RSA' ? [Buffer.from([0x05, 0x00])] : [];
  const signature = await sign(asked, 'SHA-256');
  const request = sequence(
    asked,
    sequence(identifier(keyType), ...none),
    der(0x03, Buffer.from([0]), signature),
  );
  const lines = request.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----', ''].join(
    '\n',
  );
};
