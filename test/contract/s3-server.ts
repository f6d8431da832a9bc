import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateBucketCommand,
  ListBucketsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll } from 'vitest';
import { freePort, noCredentials } from './dynamo-local.ts';

/** Where .ci/aws-tools puts the servers. */
const cache = process.env.GONGKAI_TOOLS ?? join(homedir(), '.cache', 'gongkai-tools');

type Server = {
  readonly name: string;
  readonly program: string;
  arguments(port: number, folder: string): string[];
};

export const versitygw: Server = {
  name: 'versitygw',
  program: join(cache, 'bin', 'versitygw'),
  arguments: (port, folder) => [
    ...['--port', `127.0.0.1:${port}`, '--region', 'cn-north-1', '--quiet'],
    ...['--access', noCredentials.accessKeyId, '--secret', noCredentials.secretAccessKey],
    ...['posix', '--versioning-dir', join(folder, 'versions'), join(folder, 'buckets')],
  ],
};

export const moto: Server = {
  name: 'moto',
  program: join(cache, 'moto', 'bin', 'moto_server'),
  arguments: (port) => ['-H', '127.0.0.1', '-p', String(port)],
};

/** Why a server cannot run on this machine; undefined when it can. */
export const missing = (server: Server): string | undefined =>
  existsSync(server.program) ? undefined : `there is no ${server.program}; .ci/aws-tools installs it`;

const untilAnswering = async (client: S3Client, child: ChildProcess): Promise<void> => {
  const deadline = Date.now() + 110_000;
  for (;;) {
    try {
      await client.send(new ListBucketsCommand({}));
      return;
    } catch (cause) {
      if (child.exitCode !== null) throw new Error(`the S3 server ended with ${child.exitCode}`, { cause });
      if (Date.now() > deadline) throw cause;
      await sleep(100);
    }
  }
};

/** A real S3 server, started at the first use and ended with the test file. */
export const s3Server = (server: Server) => {
  let starting: Promise<S3Client> | undefined;
  let end = async (): Promise<void> => undefined;
  let made = 0;
  const start = async (): Promise<S3Client> => {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'gongkai-s3-'));
    for (const name of ['versions', 'buckets']) await mkdir(join(folder, name));
    const child = spawn(server.program, server.arguments(port, folder), { stdio: 'ignore' });
    process.once('exit', () => child.kill('SIGKILL'));
    const client = new S3Client({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'cn-north-1',
      forcePathStyle: true,
      credentials: noCredentials,
    });
    end = async () => {
      client.destroy();
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    };
    await untilAnswering(client, child);
    return client;
  };
  afterAll(() => end());
  beforeAll(async () => void (await client()), 120_000);
  const client = (): Promise<S3Client> => {
    starting ??= start();
    return starting;
  };
  return {
    client,
    /** A new empty bucket with versions; with Object Lock when asked. */
    bucket: async (lock = false): Promise<string> => {
      made += 1;
      const Bucket = `gongkai-${made}`;
      const s3 = await client();
      await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: lock }));
      if (!lock) {
        await s3.send(
          new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
        );
      }
      return Bucket;
    },
  };
};
