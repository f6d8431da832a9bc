import { ArnFormat, Aws, CfnCondition, type CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Buckets } from './buckets.ts';
import type { Keys } from './keys.ts';

/**
 * Room for a second account: the auditor's own account may list and read the audit bucket and decrypt with its key, so
 * that it can keep copies which nobody in this account can reach. It may write nothing. Where no auditor is named the
 * statements name this account itself, which could do so anyway: a policy cannot have a statement on condition.
 */
export const letAuditorRead = (stack: Stack, auditor: CfnParameter, keys: Keys, buckets: Buckets): void => {
  const named = new CfnCondition(stack, 'AuditorNamed', {
    expression: Fn.conditionNot(Fn.conditionEquals(auditor.valueAsString, '')),
  });
  const account = Fn.conditionIf(named.logicalId, auditor.valueAsString, Aws.ACCOUNT_ID).toString();
  const root = stack.formatArn({
    service: 'iam',
    region: '',
    account,
    resource: 'root',
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });
  const may = (sid: string, actions: string[], resources: string[]) =>
    new PolicyStatement({ sid, actions, resources, principals: [new ArnPrincipal(root)] });
  buckets.audit.addToResourcePolicy(
    may('AuditorLists', ['s3:ListBucket', 's3:ListBucketVersions'], [buckets.audit.bucketArn]),
  );
  buckets.audit.addToResourcePolicy(
    may(
      'AuditorReads',
      ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectRetention'],
      [buckets.audit.arnForObjects('*')],
    ),
  );
  keys.audit.addToResourcePolicy(may('AuditorDecrypts', ['kms:Decrypt'], ['*']));
};
