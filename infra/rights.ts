import type { Output } from './foundation/outputs.ts';

/** What may be done to which output of the foundation; `/*` after it means what is inside. */
export type Right = {
  readonly actions: readonly string[];
  readonly on: readonly (Output | `${Output}/*` | `${Output}/index/*` | `${Output}/${string}/*`)[];
};

const table: Right = {
  actions: [
    'dynamodb:GetItem',
    'dynamodb:Query',
    'dynamodb:PutItem',
    'dynamodb:DeleteItem',
    'dynamodb:ConditionCheckItem',
  ],
  on: ['TableArn', 'TableArn/index/*'],
};
const look: Right = { actions: ['dynamodb:GetItem', 'dynamodb:Query'], on: ['TableArn', 'TableArn/index/*'] };
const dataKey: Right = { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], on: ['DataKeyArn'] };
const sign: Right = { actions: ['kms:Sign', 'kms:GetPublicKey'], on: ['SigningKeyArn'] };
const areas = ['VaultBucketName', 'QuarantineBucketName', 'RenditionsBucketName'] as const;
const inside = areas.map((area) => `${area}/*` as const);

/** Nobody may bypass a lock (s3:BypassGovernanceRetention), and nobody may change a bucket or the table itself. */
const readBytes: Right = { actions: ['s3:GetObject', 's3:GetObjectVersion'], on: inside };
const listBytes: Right = { actions: ['s3:ListBucket', 's3:ListBucketVersions'], on: areas };
const putBytes: Right = { actions: ['s3:PutObject', 's3:AbortMultipartUpload'], on: inside };
const keepBytes: Right = {
  actions: ['s3:PutObjectRetention', 's3:GetObjectRetention'],
  on: ['VaultBucketName/*'],
};
const destroyBytes: Right = { actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'], on: inside };

/** Lambda itself puts a timer's call there that failed, in the function's name. */
const missed: Right = { actions: ['sqs:SendMessage'], on: ['TimersDeadLettersArn'] };

/**
 * The least that each function needs. docs/deploy.md shows this table, and a test compares both with what the
 * program asks for.
 */
export const rights = {
  /** People and the public. It destroys only what a refused upload left. */
  api: [
    table,
    dataKey,
    sign,
    readBytes,
    listBytes,
    {
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      on: ['QuarantineBucketName/*', 'RenditionsBucketName/*'],
    },
    {
      actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      on: ['QuarantineBucketName/*', 'RenditionsBucketName/*'],
    },
  ],
  stations: [table, dataKey, sign, readBytes, listBytes, putBytes, keepBytes, destroyBytes],
  /** Opens hostile files: bytes in, bytes out, and no way to the records. It can destroy nothing. */
  machines: [dataKey, readBytes, listBytes, putBytes],
  clock: [
    table,
    dataKey,
    sign,
    readBytes,
    listBytes,
    keepBytes,
    { actions: ['sqs:SendMessage'], on: ['StationsQueueArn'] },
    { actions: ['s3:PutObject'], on: ['AuditBucketName/checkpoint/*'] },
    missed,
    { actions: ['kms:GenerateDataKey', 'kms:Decrypt'], on: ['AuditKeyArn'] },
  ],
  upkeep: [table, dataKey, readBytes, listBytes, destroyBytes, missed],
  stream: [dataKey, { actions: ['sqs:SendMessage'], on: ['StationsQueueArn', 'StreamFailuresArn'] }],
  uploads: [look, dataKey],
} satisfies Record<string, readonly Right[]>;

export type Worker = keyof typeof rights;

/** On OpenSearch, where an office has chosen it: the collection's own policy, index by index. */
export const searchRights = {
  api: ['aoss:DescribeIndex', 'aoss:ReadDocument'],
  stations: ['aoss:CreateIndex', 'aoss:DescribeIndex', 'aoss:ReadDocument', 'aoss:WriteDocument'],
  clock: ['aoss:DescribeIndex'],
} satisfies Partial<Record<Worker, readonly string[]>>;
