import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledgeManagedBackup } from './acknowledged.ts';

const managed = [
  'service-role/AWSBackupServiceRolePolicyForBackup',
  'service-role/AWSBackupServiceRolePolicyForRestores',
  'AWSBackupServiceRolePolicyForS3Backup',
  'AWSBackupServiceRolePolicyForS3Restore',
];

/**
 * Every night for five weeks, every month for seven years. The table is what versions and Object Lock do not hold;
 * the vault stands beside it so that records and bytes of one night can be put back together.
 */
export const makeBackup = (
  scope: Construct,
  encryptionKey: IKey,
  keep: { readonly table: Table; readonly vault: Bucket },
): BackupPlan => {
  const vault = new BackupVault(scope, 'BackupVault', {
    encryptionKey,
    removalPolicy: RemovalPolicy.RETAIN,
    // Governance: a person with the right may still end it. Compliance mode is the audit's alone.
    lockConfiguration: { minRetention: Duration.days(7) },
  });
  const plan = new BackupPlan(scope, 'BackupPlan', { backupVault: vault });
  plan.addRule(
    new BackupPlanRule({
      ruleName: 'nightly',
      // 02:00 in Beijing.
      scheduleExpression: Schedule.cron({ hour: '18', minute: '0' }),
      deleteAfter: Duration.days(35),
    }),
  );
  plan.addRule(
    new BackupPlanRule({
      ruleName: 'monthly',
      scheduleExpression: Schedule.cron({ hour: '19', minute: '0', day: '1' }),
      deleteAfter: Duration.days(7 * 365),
    }),
  );
  const role = new Role(scope, 'BackupRole', {
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: managed.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
  acknowledgeManagedBackup(role, managed);
  plan.addSelection('Keep', {
    role,
    disableDefaultBackupPolicy: true,
    resources: [BackupResource.fromDynamoDbTable(keep.table), BackupResource.fromArn(keep.vault.bucketArn)],
  });
  return plan;
};
