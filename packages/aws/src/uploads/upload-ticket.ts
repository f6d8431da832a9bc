import type { S3Client } from '@aws-sdk/client-s3';
import type { UploadTicket } from '@gongkai/core';

/**
 * Lets a browser send one file of up to 5 GB straight to S3: exactly this key, exactly this many bytes, with exactly
 * this SHA-256 (hex), within `seconds` (300 at most make sense: whoever holds the ticket may use it). A POST and never
 * a presigned PUT, which cannot limit the length. The form is `fields` in order, then `file`.
 */
export const uploadTicket = async (
  client: S3Client,
  target: { readonly bucket: string; readonly key: string },
  file: { readonly size: number; readonly sha256: string },
  seconds = 300,
): Promise<UploadTicket> => {
  const { createPresignedPost } = await import('@aws-sdk/s3-presigned-post');
  return createPresignedPost(client, {
    Bucket: target.bucket,
    Key: target.key,
    Expires: seconds,
    Fields: {
      'x-amz-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': Buffer.from(file.sha256, 'hex').toString('base64'),
    },
    Conditions: [['content-length-range', file.size, file.size]],
  });
};
