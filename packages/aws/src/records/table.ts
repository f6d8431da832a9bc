import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { type IndexName, indexNames } from '@gongkai/core';

/** The attributes that carry a row's place in an index: absent from a row that does not stand there (sparse index). */
export const placeAttributes = (index: IndexName) => ({ partition: `${index}P`, sort: `${index}S` }) as const;

/**
 * The table as this adapter needs it: the foundation's CDK must make the same, tests and the local harness use it
 * directly. Indexes carry whole rows, so that a list is one request a shard and not one more per row.
 */
export const tableDefinition = (name: string) =>
  ({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      ...indexNames.flatMap((index) => [
        { AttributeName: placeAttributes(index).partition, AttributeType: 'S' as const },
        { AttributeName: placeAttributes(index).sort, AttributeType: 'S' as const },
      ]),
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: indexNames.map((index) => ({
      IndexName: index,
      KeySchema: [
        { AttributeName: placeAttributes(index).partition, KeyType: 'HASH' as const },
        { AttributeName: placeAttributes(index).sort, KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'ALL' as const },
    })),
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  }) satisfies CreateTableCommandInput;
