import { vi } from 'vitest';
import { motoAccount } from './moto-account.ts';
import { type Asked, type Refused, standIn } from './stand-in.ts';

/** What infra/workers.ts gives the functions, over the foundation in moto. Import functions/ and packages/cloud after it. */
export const functionsAccount = async (
  invoke: (job: unknown) => Promise<unknown>,
  refuse?: (asked: Asked) => Refused | undefined,
) => {
  const account = await motoAccount();
  const { connection, told } = account;
  const front = await standIn(connection.endpoint, invoke, refuse);
  const environment = {
    AWS_REGION: connection.region,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    GONGKAI_AWS_ENDPOINT: front.endpoint,
    GONGKAI_TABLE: told.TableName,
    GONGKAI_VAULT: told.VaultBucketName,
    GONGKAI_QUARANTINE: told.QuarantineBucketName,
    GONGKAI_RENDITIONS: told.RenditionsBucketName,
    GONGKAI_AUDIT: told.AuditBucketName,
    GONGKAI_SIGNING_KEY: told.SigningKeyArn,
    GONGKAI_STATIONS_QUEUE: told.StationsQueueUrl,
    GONGKAI_METRICS: 'gongkai/test',
    GONGKAI_STATION_SECONDS: '900',
    GONGKAI_POLICY: 'policies/default.yaml',
    GONGKAI_PUBLIC_URL: 'https://gk.example.gov.cn',
    GONGKAI_MACHINES: 'gongkai-machines',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return {
    ...account,
    end: () => {
      vi.unstubAllEnvs();
      front.end();
      account.end();
    },
  };
};
