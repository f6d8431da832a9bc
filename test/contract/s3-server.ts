import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll } from 'vitest';
import { makeBucket, type Running, type S3Program, startS3 } from '../aws-local/servers.ts';

export { missing, moto, versitygw } from '../aws-local/servers.ts';

/** A real S3 server, started at the first use and ended with the test file. */
export const s3Server = (server: S3Program) => {
  let starting: Promise<{ client: S3Client; running: Running }> | undefined;
  let made = 0;
  const started = () => {
    starting ??= startS3(server).then((running) => ({
      running,
      client: new S3Client({ ...running.connection, forcePathStyle: true }),
    }));
    return starting;
  };
  const client = async (): Promise<S3Client> => (await started()).client;
  beforeAll(async () => void (await started()), 120_000);
  afterAll(async () => {
    (await starting)?.client.destroy();
    await (await starting)?.running.end();
  });
  return {
    client,
    bucket: async (lock = false): Promise<string> => {
      made += 1;
      return makeBucket(await client(), `gongkai-${made}`, lock);
    },
  };
};
