import type { S3Client } from '@aws-sdk/client-s3';
import type { BlobArea, BlobRef } from '@gongkai/core';

/**
 * Where an area lies. `lock`: the bucket has Object Lock, and retention is set in this mode. COMPLIANCE can be lifted
 * by nobody, the account's owner included; GOVERNANCE by who holds s3:BypassGovernanceRetention (no function does).
 */
export type BlobBucket = { readonly bucket: string; readonly lock?: 'GOVERNANCE' | 'COMPLIANCE' };
export type BlobBuckets = Readonly<Record<BlobArea, BlobBucket>>;

export type Place = { readonly client: S3Client; readonly bucket: string; readonly key: string };

const hashPattern = /^[0-9a-f]{64}$/;

/** Areas may share a bucket, so each has its own prefix. */
export const blobPrefix = (area: BlobArea): string => `${area}/blobs/`;
/** Empty objects that say when a blob was last put again; their hour is S3's. */
export const touchedPrefix = (area: BlobArea): string => `${area}/touched/`;

/** Undefined for what is no hash, so that no text from outside becomes a key. */
export const blobKey = ({ area, sha256 }: BlobRef): string | undefined =>
  hashPattern.test(sha256) ? `${blobPrefix(area)}${sha256}` : undefined;
