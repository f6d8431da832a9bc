/**
 * What the foundation tells the rest: its outputs, and the settings that it takes. The SST side reads this file and the
 * template alone; it must never load CDK (reference stack.md §1: 64 MB of bundle, then a crash).
 */
export const outputs = [
  'AlarmTopicArn',
  'AuditBucketName',
  'AuditKeyArn',
  'DataKeyArn',
  'QuarantineBucketName',
  'RenditionsBucketName',
  'SigningKeyArn',
  'StationsDeadLettersArn',
  'StationsQueueArn',
  'StationsQueueUrl',
  'StreamFailuresArn',
  'StreamFailuresUrl',
  'TableArn',
  'TableName',
  'TableStreamArn',
  'TimersDeadLettersArn',
  'UploadsDeadLettersArn',
  'UploadsQueueArn',
  'VaultBucketName',
] as const;
export type Output = (typeof outputs)[number];

/** Settings of the stack; each has a default that works. */
export const parameters = ['AlarmMail', 'AuditRetentionDays', 'AuditorAccount', 'MonthlyBudget'] as const;
export type Parameter = (typeof parameters)[number];

/**
 * Seconds that a function may run. The queues are made here and the functions in infra/, so both read them from here:
 * a queue hides a message for six times as long (AWS: Lambda with SQS, "at least six times the timeout").
 */
export const timeoutSeconds = { stations: 900, uploads: 60 } as const;
export const visibilitySeconds = (name: keyof typeof timeoutSeconds): number => timeoutSeconds[name] * 6;
