import { Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

/** Findings of cdk-nag that stay, each at the smallest construct and with its reason. */
export const acknowledgeManagedBackup = (role: Role, policies: readonly string[]): void =>
  Validations.of(role).acknowledge(
    ...policies.map((name) => ({
      id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`,
      reason:
        'AWS Backup needs rights that change with the service; AWS keeps these policies for exactly this role, which only backup.amazonaws.com may assume.',
    })),
  );

export const acknowledgeLastQueue = (queue: Queue): void =>
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions::AwsSolutions-SQS3',
    reason:
      'It is itself where failures end: what feeds it (the stream of the table, the timers) is set up in infra/, outside this template. Nothing consumes it but a person, whom its alarm calls.',
  });
