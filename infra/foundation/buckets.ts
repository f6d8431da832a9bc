import { type CfnParameter, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  HttpMethods,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Keys } from './keys.ts';

export type Buckets = {
  readonly vault: Bucket;
  readonly quarantine: Bucket;
  readonly renditions: Bucket;
  readonly audit: Bucket;
  readonly logs: Bucket;
};

const always = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
  versioned: true,
} satisfies BucketProps;

const encrypted = (encryptionKey: IKey) =>
  ({ encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }) satisfies BucketProps;

const abandoned = { id: 'abandoned-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) };

/** CDK's own way is a Lambda that calls the API; CloudFormation has long had the property. */
const tellEventBridge = (bucket: Bucket): void =>
  (bucket.node.defaultChild as CfnBucket).addPropertyOverride(
    'NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled',
    true,
  );

export const makeBuckets = (scope: Construct, keys: Keys, auditRetentionDays: CfnParameter): Buckets => {
  // Access logs cannot be delivered into a bucket with a key of our own (S3, Enabling server access logging).
  const logs = new Bucket(scope, 'Logs', {
    ...always,
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [
      abandoned,
      { id: 'old-logs', expiration: Duration.days(400), noncurrentVersionExpiration: Duration.days(1) },
    ],
  });
  const data = (prefix: string): BucketProps => ({
    ...always,
    ...encrypted(keys.data),
    // CDK's own classes do not meet its interfaces under exactOptionalPropertyTypes.
    serverAccessLogsBucket: logs as IBucket,
    serverAccessLogsPrefix: `${prefix}/`,
  });
  // No default retention: an original is locked when it is accepted as a record, and a state secret that is found in
  // it before must be destroyed at once (保密法 §31). The release and what it rests on are locked object by object.
  const vault = new Bucket(scope, 'Vault', {
    ...data('vault'),
    objectLockEnabled: true,
    lifecycleRules: [abandoned],
  });
  // The policy's 30 days are the product's to keep: it knows what still waits for the scanner. This is the net below.
  const quarantine = new Bucket(scope, 'Quarantine', {
    ...data('quarantine'),
    // A browser posts an upload here by a ticket (packages/aws/src/uploads): that, and not the page's address, is the right.
    cors: [
      { allowedMethods: [HttpMethods.POST], allowedOrigins: ['*'], allowedHeaders: ['*'], maxAge: 3600 },
    ],
    lifecycleRules: [
      abandoned,
      // Parts of uploads that a killed function left (packages/aws/src/uploads).
      {
        id: 'left-uploads',
        prefix: 'uploads/',
        expiration: Duration.days(7),
        noncurrentVersionExpiration: Duration.days(1),
      },
      { id: 'forgotten', expiration: Duration.days(120), noncurrentVersionExpiration: Duration.days(1) },
    ],
  });
  const renditions = new Bucket(scope, 'Renditions', {
    ...data('renditions'),
    lifecycleRules: [
      abandoned,
      { id: 'replaced', noncurrentVersionExpiration: Duration.days(30) },
      // Each change of the search index puts it anew, and the old one still holds the text of what was withdrawn.
      { id: 'replaced-search', prefix: 'search/', noncurrentVersionExpiration: Duration.days(1) },
    ],
  });
  const audit = new Bucket(scope, 'Audit', {
    ...data('audit'),
    ...encrypted(keys.audit),
    objectLockEnabled: true,
    lifecycleRules: [abandoned],
  });
  // COMPLIANCE: nobody shortens it, not even the root of the account. A parameter, for a trial stage must be able to end.
  (audit.node.defaultChild as CfnBucket).objectLockConfiguration = {
    objectLockEnabled: 'Enabled',
    rule: { defaultRetention: { mode: 'COMPLIANCE', days: auditRetentionDays.valueAsNumber } },
  };
  tellEventBridge(quarantine);
  tellEventBridge(vault);
  return { vault, quarantine, renditions, audit, logs };
};
