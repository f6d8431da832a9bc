import { createHash, createVerify, X509Certificate } from 'node:crypto';
import { Constructed, fromBER, Integer, ObjectIdentifier, OctetString, Sequence, Set as SetOf } from 'asn1js';

type Block = ReturnType<typeof fromBER>['result'];

/** What a CMS SignedData (RFC 5652) with one signer says. */
export type SignedData = {
  readonly certificate: X509Certificate;
  /** Every certificate that came along, the signer's among them. */
  readonly certificates: readonly X509Certificate[];
  readonly digest: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  /** That the signature was made with the certificate's key over these bytes. */
  readonly holdsFor: (bytes: Iterable<Uint8Array>) => boolean;
  /** Signing time in the signed attributes; PAdES leaves it to the file. */
  readonly signedAt: Date | undefined;
  readonly timestamp: Date | undefined;
};

const digests: Readonly<Record<string, SignedData['digest']>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
const messageDigest = '1.2.840.113549.1.9.4';
const signingTime = '1.2.840.113549.1.9.5';
const timestampToken = '1.2.840.113549.1.9.16.2.14';
const signedDataType = '1.2.840.113549.1.7.2';
const timestampInfo = '1.2.840.113549.1.9.16.1.4';
const pss = '1.2.840.113549.1.1.10';

const children = (block: Block | undefined): Block[] =>
  block instanceof Constructed || block instanceof Sequence || block instanceof SetOf
    ? (block.valueBlock.value as Block[])
    : [];
const der = (block: Block): Buffer => Buffer.from(block.toBER(false));
const raw = (block: Block): Buffer => Buffer.from(block.valueBeforeDecodeView);
const oid = (block: Block | undefined): string =>
  block instanceof ObjectIdentifier ? block.valueBlock.toString() : '';
const tagged = (blocks: readonly Block[], tag: number): Block | undefined =>
  blocks.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === tag);
const octets = (block: Block | undefined): Buffer =>
  block instanceof OctetString ? Buffer.from(block.getValue()) : Buffer.alloc(0);

const attribute = (attributes: Block | undefined, wanted: string): Block | undefined => {
  const found = children(attributes).find((one) => oid(children(one)[0]) === wanted);
  return children(children(found)[1])[0];
};

const timeOf = (block: Block | undefined): Date | undefined => {
  const date = block && 'toDate' in block && typeof block.toDate === 'function' ? block.toDate() : undefined;
  return date instanceof Date && !Number.isNaN(date.getTime()) ? date : undefined;
};

/** The time in a timestamp token over these bytes (RFC 3161); undefined when it is of other bytes or does not hold. */
const timestamped = (token: Block | undefined, over: Uint8Array): Date | undefined => {
  if (token === undefined) return undefined;
  const content = children(children(children(token)[1])[0])[2];
  if (oid(children(content)[0]) !== timestampInfo) return undefined;
  const info = octets(children(tagged(children(content), 0))[0]);
  const said = readSignedData(der(token));
  if (said === undefined || !said.holdsFor([info])) return undefined;
  const { result } = fromBER(info);
  const [, , imprint, , at] = children(result);
  const [algorithm, hash] = children(imprint);
  const digest = digests[oid(children(algorithm)[0])];
  if (digest === undefined || !createHash(digest).update(over).digest().equals(octets(hash)))
    return undefined;
  return timeOf(at);
};

/** Reads a SignedData; undefined when it is of a kind that is not known here (SM2, several signers, without certificate). */
export const readSignedData = (bytes: Uint8Array): SignedData | undefined => {
  const { result, offset } = fromBER(bytes);
  if (offset === -1) return undefined;
  const [type, wrapped] = children(result);
  if (oid(type) !== signedDataType) return undefined;
  const parts = children(children(wrapped)[0]);
  const certificates = children(tagged(parts, 0)).flatMap((one) => {
    try {
      return [new X509Certificate(raw(one))];
    } catch {
      return []; // of another kind, or with a key that is not known here
    }
  });
  const signers = children(parts.at(-1));
  const signer = children(signers[0]);
  const [, identity, algorithm] = signer;
  const digest = digests[oid(children(algorithm)[0])];
  if (signers.length !== 1 || digest === undefined) return undefined;
  const serial = children(identity)[1];
  const wanted = serial instanceof Integer ? Buffer.from(serial.valueBlock.valueHexView).toString('hex') : '';
  const plain = (hex: string): string => hex.toLowerCase().replace(/^0+/, '');
  const certificate = certificates.find(({ serialNumber }) => plain(serialNumber) === plain(wanted));
  if (certificate === undefined) return undefined;
  const attributes = tagged(signer, 0);
  const rest = signer.slice(signer.indexOf(attributes ?? algorithm ?? (result as Block)) + 1);
  const signature = octets(rest[1]);
  const mode = oid(children(rest[0])[0]) === pss;
  if (mode) return undefined;

  const holdsFor = (given: Iterable<Uint8Array>): boolean => {
    const hash = createHash(digest);
    const verify = createVerify(digest);
    if (attributes === undefined) {
      for (const one of given) verify.update(one);
      return verify.verify(certificate.publicKey, signature);
    }
    for (const one of given) hash.update(one);
    if (!hash.digest().equals(octets(attribute(attributes, messageDigest)))) return false;
    const signed = raw(attributes);
    signed[0] = 0x31; // signed as the SET that it is, not under its tag (RFC 5652, 5.4)
    return verify.update(signed).verify(certificate.publicKey, signature);
  };
  return {
    certificate,
    certificates,
    digest,
    holdsFor,
    signedAt: timeOf(attribute(attributes, signingTime)),
    timestamp: timestamped(attribute(tagged(rest, 1), timestampToken), signature),
  };
};
