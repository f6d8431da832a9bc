import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** As in packages/core/src/ports/records.ts and packages/aws/src/records/table.ts; a test holds the three together. */
export const indexes = ['work', 'due', 'public', 'recent'] as const;

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The one table: every row that the office has. No TTL: nothing in it is deleted by a machine that cannot say why. */
export const makeTable = (scope: Construct, encryptionKey: IKey): Table => {
  const table = new Table(scope, 'Records', {
    partitionKey: text('pk'),
    sortKey: text('sk'),
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
    deletionProtection: true,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const index of indexes)
    table.addGlobalSecondaryIndex({
      indexName: index,
      partitionKey: text(`${index}P`),
      sortKey: text(`${index}S`),
      projectionType: ProjectionType.ALL,
    });
  return table;
};
