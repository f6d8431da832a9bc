/**
 * What AWS asks, in US dollars, us-east-1, on demand, without free tiers. From the vendor's public price pages as the
 * authors knew them on `asOf`; this machine cannot read those pages, so look them up again before you budget: each price
 * is one line.
 */
export const prices = {
  asOf: '2025-11',
  region: 'us-east-1',
  /** Per million request units, on demand. */
  dynamodbReadPerMillion: 0.125,
  dynamodbWritePerMillion: 0.625,
  dynamodbStoragePerGbMonth: 0.25,
  /** Per thousand: PUT, COPY, POST, LIST. */
  s3WritePerThousand: 0.005,
  /** Per thousand: GET and all others. DELETE is free. */
  s3ReadPerThousand: 0.0004,
  s3StoragePerGbMonth: 0.023,
  /** Arm64, per GB-second, and per million calls. */
  lambdaPerGbSecond: 0.0000133334,
  lambdaPerMillion: 0.2,
  /** Standard queues, per million requests. */
  sqsPerMillion: 0.4,
  /** Asymmetric, elliptic curves, per ten thousand; a key per month. */
  kmsSignPerTenThousand: 0.15,
  kmsKeyMonth: 1,
  schedulerPerMillion: 1,
  /** To the internet by CloudFront, first 10 TB; HTTPS requests per ten thousand. */
  cloudfrontPerGb: 0.085,
  cloudfrontPerTenThousand: 0.01,
  wafAclMonth: 5,
  wafRuleMonth: 1,
  wafPerMillion: 0.6,
  alarmMonth: 0.1,
  dashboardMonth: 3,
  metricMonth: 0.3,
  logsPerGb: 0.5,
} as const;
