import { createHash, type X509Certificate } from 'node:crypto';
import type { PdfSignature } from '@gongkai/core';
import { readSignedData, type SignedData } from './signed-data.ts';

/** One signature as it lies in a file: what it speaks of, and the signed data itself. */
export type SignedRange = {
  /** From, to; from, to. Between them stands the signature and nothing else. */
  readonly first: readonly [number, number];
  readonly second: readonly [number, number];
  readonly contents: Uint8Array;
};

const mostSignatures = 50;

/**
 * Every signature of a PDF (ISO 32000-1, 12.8.1). Found by the bytes: a signature's place in the file is part of what it
 * says, so it never lies in a packed stream.
 */
export const signedRanges = (bytes: Uint8Array): SignedRange[] => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const found: SignedRange[] = [];
  for (const [, ...numbers] of text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)) {
    const [from = 0, length = 0, next = 0, rest = 0] = numbers.map(Number);
    const [first, second] = [[from, from + length] as const, [next, next + rest] as const];
    if (first[1] >= next || second[1] > bytes.length || next - first[1] > 1 << 22) continue;
    const gap = /^<([0-9a-fA-F\s]*)>$/.exec(text.slice(first[1], next).trim());
    found.push({
      first,
      second,
      contents: gap ? Buffer.from(gap[1]?.replace(/\s/g, '') ?? '', 'hex') : Buffer.alloc(0),
    });
    if (found.length === mostSignatures) break;
  }
  return found;
};

/** CN and O of a name, in one line. */
export const certificateName = (name: string): string => {
  const field = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(name)?.[1]?.trim();
  const [person, office] = [field('CN'), field('O')];
  return (
    [person, office === person ? undefined : office].filter((one) => one !== undefined).join('，') ||
    name.replace(/\n/g, ', ')
  );
};

/** Whether one of the office's own authorities stands behind a certificate, over the certificates that came along. */
const standsBehind = (
  { certificate, certificates }: SignedData,
  at: Date,
  roots: readonly X509Certificate[],
): boolean => {
  let current = certificate;
  for (let depth = 0; depth < 8; depth++) {
    if (new Date(current.validFrom) > at || new Date(current.validTo) < at) return false;
    if (roots.some((root) => root.fingerprint256 === current.fingerprint256)) return true;
    const issuer = [...roots, ...certificates].find(
      (one) =>
        one.fingerprint256 !== current.fingerprint256 &&
        current.checkIssued(one) &&
        current.verify(one.publicKey),
    );
    if (issuer === undefined) return false;
    current = issuer;
  }
  return false;
};

/** `D:20261127080000+08'00'` near the signature; the signer's own word. */
const saidTime = (bytes: Uint8Array, { first }: SignedRange, end: number): string | undefined => {
  const around = Buffer.from(bytes.subarray(Math.max(0, first[1] - 2_000), Math.min(end, first[1]))).toString(
    'latin1',
  );
  const behind = Buffer.from(bytes.subarray(end, end + 2_000)).toString('latin1');
  const pattern = /\/M\s*\(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'?(\d\d)?'?)?/;
  const own = around.slice(around.lastIndexOf(' obj') + 4);
  const found = pattern.exec(own) ?? pattern.exec(behind.slice(0, Math.max(0, behind.indexOf('endobj'))));
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, sign, hours = '00', minutes = '00'] = found;
  const at = new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second}${sign ? `${sign}${hours}:${minutes}` : 'Z'}`,
  );
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

const judge = (bytes: Uint8Array, range: SignedRange, roots: readonly X509Certificate[]): PdfSignature => {
  let data: SignedData | undefined;
  try {
    data = readSignedData(range.contents);
  } catch {
    // Damaged: said as such.
  }
  if (data === undefined) return { state: 'unreadable', trusted: false };
  const parts = [range.first, range.second].map(([from, to]) => bytes.subarray(from, to));
  let holds = false;
  try {
    holds = data.holdsFor(parts);
  } catch {
    return { state: 'unreadable', trusted: false };
  }
  const end = range.second[1];
  const whole = range.first[0] === 0 && Buffer.from(bytes.subarray(end)).toString('latin1').trim() === '';
  const said =
    data.timestamp?.toISOString() ?? data.signedAt?.toISOString() ?? saidTime(bytes, range, range.second[0]);
  const state = !holds ? 'altered' : whole ? 'intact' : 'added-to';
  return {
    state,
    signer: certificateName(data.certificate.subject),
    issuer: certificateName(data.certificate.issuer),
    certificate: createHash('sha256').update(data.certificate.raw).digest('hex'),
    ...(said === undefined ? {} : { signedAt: said }),
    ...(data.timestamp ? { timestamped: true } : {}),
    trusted: holds && standsBehind(data, new Date(said ?? Number.NaN), roots),
  };
};

/**
 * Checks every signature in a PDF, with nothing but the file: the digest over its ByteRange, the signature over the digest,
 * and whose certificate it is. `roots`: authorities whose certificates the office trusts.
 */
export const readSignatures = (bytes: Uint8Array, roots: readonly X509Certificate[] = []): PdfSignature[] =>
  signedRanges(bytes).map((range) => judge(bytes, range, roots));
