export { type BlobBucket, type BlobBuckets, blobPrefix } from './bucket.ts';
export { S3Blobs, type S3BlobsOptions } from './s3-blobs.ts';
