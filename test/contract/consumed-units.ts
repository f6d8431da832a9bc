import type { ConsumedCapacity, DynamoDBClient } from '@aws-sdk/client-dynamodb';

export type Consumed = { requests: number; read: number; write: number; readonly operations: Set<string> };

const unitsOf = (answer: object): ConsumedCapacity[] => {
  const { ConsumedCapacity: units } = answer as { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] };
  return units === undefined ? [] : [units].flat();
};

const writing = /^(Put|Delete|Update|TransactWrite|BatchWrite)/;

/** Counts what a client asks for: requests, and the units that DynamoDB says each of them cost, indexes included. */
export const countUnits = (client: DynamoDBClient) => {
  let consumed: Consumed = { requests: 0, read: 0, write: 0, operations: new Set() };
  client.middlewareStack.add(
    (next, context) => async (request) => {
      const operation = String(context.commandName).replace(/Command$/, '');
      Object.assign(request.input, { ReturnConsumedCapacity: 'INDEXES' });
      const answer = await next(request);
      consumed.requests += 1;
      consumed.operations.add(operation);
      for (const { CapacityUnits = 0 } of unitsOf(answer.output)) {
        consumed[writing.test(operation) ? 'write' : 'read'] += CapacityUnits;
      }
      return answer;
    },
    { step: 'initialize' },
  );
  /** What `work` costs. */
  return async (work: () => Promise<unknown>): Promise<Consumed> => {
    consumed = { requests: 0, read: 0, write: 0, operations: new Set() };
    await work();
    return { ...consumed };
  };
};
