import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export type Keys = { readonly data: Key; readonly audit: Key; readonly signing: Key };

/** Three keys, because three different people may be allowed to use them: data, audit, and the office's signature. */
export const makeKeys = (scope: Construct): Keys => {
  const lasting = { enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN };
  const data = new Key(scope, 'DataKey', { ...lasting, description: 'gongkai: documents, records, queues' });
  // Without this an alarm silently never reaches the encrypted topic. (EventBridge and the queue: CDK sees to it.)
  data.addToResourcePolicy(
    new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  return {
    data,
    audit: new Key(scope, 'AuditKey', { ...lasting, description: 'gongkai: audit' }),
    // Ed25519 as everywhere in the product. KMS does not rotate asymmetric keys: a new key is a new line in the log.
    signing: new Key(scope, 'SigningKey', {
      keySpec: KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
      description: 'gongkai: signs audit checkpoints and releases',
    }),
  };
};
