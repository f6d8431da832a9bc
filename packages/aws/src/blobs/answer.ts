import { S3ServiceException } from '@aws-sdk/client-s3';

/** What S3's errors mean here. Anything else is a broken machine and goes on as thrown. */
const meanings = {
  missing: ['NoSuchKey', 'NotFound', 'NoSuchVersion'],
  /** If-None-Match: the key is taken. */
  taken: ['PreconditionFailed'],
  /** Another conditional write of the same key is under way: ask again. */
  contested: ['ConditionalRequestConflict', 'OperationAborted'],
  /** Object Lock stands in the way (S3 gives no name of its own to it). */
  locked: ['AccessDenied', 'ObjectLocked', 'InvalidRequest'],
} as const;

export const isAnswer = (cause: unknown, meaning: keyof typeof meanings): boolean =>
  cause instanceof S3ServiceException && (meanings[meaning] as readonly string[]).includes(cause.name);
