import { CreateTableCommand, DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoRecords, tableDefinition } from '@gongkai/aws';
import { afterAll, beforeAll } from 'vitest';
import { type Running, startDynamoLocal } from '../aws-local/servers.ts';

export { freePort, noCredentials, noDynamoLocal } from '../aws-local/servers.ts';

/** Amazon's own DynamoDB Local, in memory, started at the first use and ended with the test file. */
export const dynamoLocal = () => {
  let starting: Promise<{ client: DynamoDBClient; running: Running }> | undefined;
  let made = 0;
  const started = () => {
    starting ??= startDynamoLocal().then((running) => ({
      running,
      client: new DynamoDBClient(running.connection),
    }));
    return starting;
  };
  const client = async (): Promise<DynamoDBClient> => (await started()).client;
  // A JVM on a busy machine needs longer than a test may take.
  beforeAll(async () => void (await started()), 120_000);
  afterAll(async () => {
    (await starting)?.client.destroy();
    await (await starting)?.running.end();
  });
  return {
    client,
    /** What another client needs to reach the same server. */
    connection: async (): Promise<DynamoDBClientConfig> => (await started()).running.connection,
    /** A new empty table. */
    records: async (): Promise<DynamoRecords> => {
      made += 1;
      const name = `gongkai-${made}`;
      await (await client()).send(new CreateTableCommand(tableDefinition(name)));
      return new DynamoRecords(await client(), name);
    },
  };
};
