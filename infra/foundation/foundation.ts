import {
  App,
  Aws,
  BootstraplessSynthesizer,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  CfnResource,
  Fn,
  type IStackSynthesizer,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { letAuditorRead } from './auditor.ts';
import { makeBackup } from './backup.ts';
import { makeBuckets } from './buckets.ts';
import { makeKeys } from './keys.ts';
import type { Output } from './outputs.ts';
import { makeQueues } from './queues.ts';
import { makeTable } from './table.ts';
import { makeWatch } from './watch.ts';

const keepsState = /^AWS::(S3|DynamoDB|KMS|SQS|Backup|SNS)::/;

/**
 * What must never be lost, and what watches over it. Plain CloudFormation without assets: no bootstrap, no account,
 * no region and no partition is named, so the one template serves aws and aws-cn.
 */
export class Foundation extends Stack {
  constructor(scope: Construct) {
    super(scope, 'Foundation', {
      // CDK's own classes do not meet its interfaces under exactOptionalPropertyTypes.
      synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
      analyticsReporting: false,
      description: 'gongkai: what must never be lost',
    });
    const mail = new CfnParameter(this, 'AlarmMail', {
      default: '',
      description: 'Who is told of alarms and of the budget. Empty: nobody.',
    });
    const auditRetentionDays = new CfnParameter(this, 'AuditRetentionDays', {
      type: 'Number',
      default: 3650,
      minValue: 1,
      maxValue: 36_500,
      description: 'Days that the audit bucket locks what is written. Cannot be shortened by anyone.',
    });
    const auditor = new CfnParameter(this, 'AuditorAccount', {
      default: '',
      allowedPattern: '(\\d{12})?',
      description: 'A second account that may read the audit bucket, and nothing else. Empty: none.',
    });
    const budget = new CfnParameter(this, 'MonthlyBudget', {
      type: 'Number',
      default: 100,
      minValue: 1,
      description: 'In the currency of the bill: USD, in aws-cn CNY.',
    });
    const someoneToTell = new CfnCondition(this, 'SomeoneToTell', {
      expression: Fn.conditionNot(Fn.conditionEquals(mail.valueAsString, '')),
    });
    const inChina = new CfnCondition(this, 'InChina', {
      expression: Fn.conditionEquals(Aws.PARTITION, 'aws-cn'),
    });

    const keys = makeKeys(this);
    const buckets = makeBuckets(this, keys, auditRetentionDays);
    letAuditorRead(this, auditor, keys, buckets);
    const table = makeTable(this, keys.data);
    const queues = makeQueues(this, keys.data, buckets.quarantine);
    makeBackup(this, keys.data, { table, vault: buckets.vault });
    const topic = makeWatch(
      this,
      keys.data,
      { table, queues },
      { mail, budget },
      { someoneToTell, budgetWanted: someoneToTell, inChina },
    );

    const told: Record<Output, string> = {
      AlarmTopicArn: topic.topicArn,
      AuditBucketName: buckets.audit.bucketName,
      AuditKeyArn: keys.audit.keyArn,
      DataKeyArn: keys.data.keyArn,
      QuarantineBucketName: buckets.quarantine.bucketName,
      RenditionsBucketName: buckets.renditions.bucketName,
      SigningKeyArn: keys.signing.keyArn,
      StationsDeadLettersArn: queues.deadLetters.stations.queueArn,
      StationsQueueArn: queues.stations.queueArn,
      StationsQueueUrl: queues.stations.queueUrl,
      StreamFailuresArn: queues.deadLetters.stream.queueArn,
      StreamFailuresUrl: queues.deadLetters.stream.queueUrl,
      TableArn: table.tableArn,
      TableName: table.tableName,
      TableStreamArn: table.tableStreamArn ?? '',
      TimersDeadLettersArn: queues.deadLetters.timers.queueArn,
      UploadsDeadLettersArn: queues.deadLetters.uploads.queueArn,
      UploadsQueueArn: queues.uploads.queueArn,
      VaultBucketName: buckets.vault.bucketName,
    };
    for (const [name, value] of Object.entries(told))
      new CfnOutput(this, `Out${name}`, { value }).overrideLogicalId(name);
    // Whatever holds state stays when the stack goes, and so does what guards it: a bucket without its policy would
    // answer without TLS.
    for (const child of this.node.findAll())
      if (CfnResource.isCfnResource(child) && keepsState.test(child.cfnResourceType))
        child.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}

/** Not yet synthesised: a test adds cdk-nag first. */
export const foundationApp = (): { app: App; stack: Foundation } => {
  const app = new App({
    context: {
      '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
    },
  });
  return { app, stack: new Foundation(app) };
};
