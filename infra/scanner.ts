import { told } from './kept.ts';
import { scanner } from './settings.ts';
import { arnOf } from './workers.ts';

const bucket = [arnOf('QuarantineBucketName')];
const inside = [arnOf('QuarantineBucketName/*')];
const managed = 'malware-protection-plan.guardduty.amazonaws.com';
const rules = [
  $interpolate`arn:${aws.getPartitionOutput().partition}:events:*:*:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*`,
];

/** GuardDuty, "Create or update IAM role policy": all that it asks for, on the one bucket and the one key. */
const rights = [
  {
    actions: ['events:PutRule', 'events:DeleteRule', 'events:PutTargets', 'events:RemoveTargets'],
    resources: rules,
    conditions: [{ test: 'StringLike', variable: 'events:ManagedBy', values: [managed] }],
  },
  { actions: ['events:DescribeRule', 'events:ListTargetsByRule'], resources: rules },
  {
    actions: [
      's3:PutObjectTagging',
      's3:GetObjectTagging',
      's3:PutObjectVersionTagging',
      's3:GetObjectVersionTagging',
      's3:GetObject',
      's3:GetObjectVersion',
    ],
    resources: inside,
  },
  {
    actions: ['s3:PutBucketNotification', 's3:GetBucketNotification', 's3:ListBucket'],
    resources: bucket,
  },
  {
    actions: ['s3:PutObject'],
    resources: [arnOf('QuarantineBucketName/malware-protection-resource-validation-object')],
  },
  {
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    resources: [arnOf('DataKeyArn')],
    conditions: [{ test: 'StringLike', variable: 'kms:ViaService', values: ['s3.*.amazonaws.com'] }],
  },
];

/** Scans what arrives in quarantine and tags it; the stations read the tag (packages/aws/src/scanner). */
if (scanner === 'guardduty') {
  const role = new aws.iam.Role('ScannerRole', {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: managed }),
  });
  const allowed = new aws.iam.RolePolicy('ScannerRights', {
    role: role.name,
    policy: aws.iam.getPolicyDocumentOutput({ statements: rights }).json,
  });
  new aws.guardduty.MalwareProtectionPlan(
    'Scanner',
    {
      role: role.arn,
      // Whole blobs; not the parts of uploads under way beside them.
      protectedResource: {
        s3Bucket: { bucketName: told('QuarantineBucketName'), objectPrefixes: ['quarantine/blobs/'] },
      },
      actions: [{ taggings: [{ status: 'ENABLED' }] }],
    },
    { dependsOn: [allowed] },
  );
}
