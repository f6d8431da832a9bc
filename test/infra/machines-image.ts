import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { type Ask, farMachines, S3Blobs } from '@gongkai/aws';
import type { BlobRef } from '@gongkai/core';
import { SystemClock } from '@gongkai/embedded';
import { LocalFunction } from '../aws-local/lambda.ts';
import { makeBucket, noCredentials, region, startS3, versitygw } from '../aws-local/servers.ts';
import { replay } from './image.ts';

const areas = ['quarantine', 'vault', 'renditions'] as const;

/** The image of the machines as image.ts makes it, in `folder`, beside an S3 server of its own. Nothing runs of it yet. */
export const machinesImage = async (folder: string) => {
  const [image, s3] = await Promise.all([replay(folder), startS3(versitygw)]);
  const client = new S3Client({ ...s3.connection, forcePathStyle: true });
  for (const area of areas) await makeBucket(client, area, area === 'vault');
  const bucketOf = (area: (typeof areas)[number]) => ({ bucket: area });
  const [quarantine, vault, renditions] = [bucketOf('quarantine'), bucketOf('vault'), bucketOf('renditions')];
  const blobs = new S3Blobs({ client, clock: new SystemClock(), buckets: { quarantine, vault, renditions } });
  const scratch = join(folder, 'tmp');
  mkdirSync(scratch);
  /** What infra/workers.ts gives it. The table, the audit and the queue it never asks for: nobody would answer here. */
  const env: Readonly<Record<string, string>> = {
    ...{ AWS_REGION: region, AWS_ACCESS_KEY_ID: noCredentials.accessKeyId },
    ...{ AWS_SECRET_ACCESS_KEY: noCredentials.secretAccessKey, GONGKAI_AWS_ENDPOINT: s3.connection.endpoint },
    ...{ GONGKAI_VAULT: 'vault', GONGKAI_QUARANTINE: 'quarantine', GONGKAI_RENDITIONS: 'renditions' },
    ...{ GONGKAI_TABLE: 'none', GONGKAI_AUDIT: 'none', GONGKAI_SIGNING_KEY: 'none' },
    ...{ GONGKAI_STATIONS_QUEUE: 'none', GONGKAI_METRICS: 'gongkai/image', GONGKAI_STATION_SECONDS: '900' },
    ...{ GONGKAI_POLICY: 'policies/default.yaml', GONGKAI_PUBLIC_URL: 'http://127.0.0.1', TMPDIR: scratch },
  };
  return {
    blobs,
    env,
    /** Its TMPDIR: all instances have the same here, so one at a time. */
    scratch,
    /** A new instance with the first call. */
    instance: (
      given: Readonly<Record<string, string>> = env,
      log: (line: string) => void = () => undefined,
    ) => {
      const at = { image: image.entry, folder: image.folder, env: given, log };
      const lambda = new LocalFunction({ name: 'machines', timeoutMs: 840_000, atOnce: 1, ...at });
      const ask: Ask = (job) => lambda.invoke(job);
      return { lambda, machines: farMachines(ask, blobs) };
    },
    uploaded: async (bytes: Uint8Array): Promise<BlobRef> => {
      const content = (async function* () {
        yield bytes;
      })();
      const kept = await blobs.putOnce('quarantine', content);
      if (!kept.ok) throw new Error(kept.error.code);
      return { area: 'quarantine', sha256: kept.value.sha256 };
    },
    end: async (): Promise<void> => {
      client.destroy();
      await s3.end();
    },
  };
};
