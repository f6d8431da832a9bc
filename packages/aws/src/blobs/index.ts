export type { BlobBucket, BlobBuckets } from './bucket.ts';
export { S3Blobs, type S3BlobsOptions } from './s3-blobs.ts';
