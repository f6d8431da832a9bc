import { RecordsQueue } from '@gongkai/core';
import { describe } from 'vitest';
import { notRun } from '../not-run.ts';
import { dynamoLocal, noDynamoLocal } from './dynamo-local.ts';
import { queueContract } from './queue-contract.ts';
import { recordsContract } from './records-contract.ts';

describe.skipIf(notRun(noDynamoLocal !== undefined, 'DynamoDB Local', noDynamoLocal ?? ''))(
  'DynamoDB Local',
  { timeout: 120_000 },
  () => {
    const dynamo = dynamoLocal();

    recordsContract('DynamoDB', dynamo.records);

    queueContract('over DynamoDB', async (clock) => {
      const records = await dynamo.records();
      return { records, queue: () => new RecordsQueue(records, clock) };
    });
  },
);
