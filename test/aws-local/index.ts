import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { tableDefinition } from '@gongkai/aws';
import { timeoutSeconds } from '@gongkai/foundation/outputs';
import { type Dice, dice, orderly } from './dice.ts';
import { awsEndpoint, documentKeyArn, type Meter } from './endpoint.ts';
import { LocalFunction } from './lambda.ts';
import {
  freePort,
  makeBucket,
  missing,
  noCredentials,
  noDynamoLocal,
  region,
  startDynamoLocal,
  startS3,
  versitygw,
} from './servers.ts';
import { site } from './site.ts';
import { answerSqs, LocalQueue } from './sqs.ts';
import { streamSource } from './stream.ts';

/** Why the product on AWS cannot be played here; undefined when it can. */
export const awsLocalMissing: string | undefined = noDynamoLocal ?? missing(versitygw);

const machinesImage = fileURLToPath(new URL('../../infra/machines/start.ts', import.meta.url));

/** The names of infra/foundation/outputs.ts, as this machine has them. */
const table = 'gongkai';
const buckets = {
  vault: 'gongkai-vault',
  quarantine: 'gongkai-quarantine',
  renditions: 'gongkai-renditions',
  audit: 'gongkai-audit',
};

export type AwsLocalOptions = {
  readonly port?: number;
  readonly seed?: number;
  /** How often the clock runs; on AWS every minute. */
  readonly clockMs?: number;
  /** The office's key (PEM, RSA) and its certificate: releases are signed, as by a key in KMS. */
  readonly signing?: { readonly key: string; readonly certificate: string };
  /** How long a message is hidden while somebody has it; on AWS six times the function's time. */
  readonly visibilityMs?: number;
  /** How long a station may run; on AWS 900. */
  readonly stationSeconds?: number;
  readonly policy?: string;
  readonly log?: (line: string) => void;
  /** Counts what would be paid. */
  readonly meter?: Meter;
  /** Everything once and in its turn: what is counted then is what the product asks for. */
  readonly inOrder?: true;
};

export type AwsLocal = Awaited<ReturnType<typeof startAwsLocal>>;

/** Hands what waits in a queue to its function, `atOnce` side by side, as an event source mapping does. */
const consume = (queue: LocalQueue, target: LocalFunction, atOnce: number, batch: number) => {
  let ended = false;
  const busy = new Set<Promise<void>>();
  const once = async (): Promise<boolean> => {
    const held = Array.from({ length: batch }, () => queue.receive()).filter((one) => one !== undefined);
    if (held.length === 0) return false;
    const Records = held.map(({ messageId, body }) => ({ messageId, body }));
    const job = (async () => {
      try {
        const { batchItemFailures } = (await target.invoke({ Records })) as {
          batchItemFailures: { itemIdentifier: string }[];
        };
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        for (const one of held) if (!failed.has(one.messageId)) queue.delete(one);
      } catch {
        // All of it comes again when it can be seen again.
      }
    })().finally(() => busy.delete(job));
    busy.add(job);
    return true;
  };
  const loop = (async () => {
    while (!ended) {
      if (busy.size >= atOnce || !(await once())) await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await Promise.allSettled(busy);
  })();
  return async (): Promise<void> => {
    ended = true;
    await loop;
  };
};

/**
 * The product on AWS, on this machine: the real handlers of functions/ in processes of their own, over DynamoDB Local
 * and a real S3 server. Stream, queues and S3's events are played at least once, in disorder and twice, on purpose.
 * For development and tests; nothing of it is deployed.
 */
export const startAwsLocal = async (options: AwsLocalOptions = {}) => {
  const { seed = 20_261_126, clockMs = 60_000, visibilityMs = 30_000, log = () => undefined } = options;
  const { stationSeconds = timeoutSeconds.stations } = options;
  const { meter } = options;
  const chance: Dice = options.inOrder ? orderly : dice(seed);
  const [dynamo, s3, port] = await Promise.all([
    startDynamoLocal(),
    startS3(versitygw),
    options.port === undefined || options.port === 0 ? freePort() : options.port,
  ]);
  const admin = {
    db: new DynamoDBClient(dynamo.connection),
    s3: new S3Client({ ...s3.connection, forcePathStyle: true }),
  };
  await admin.db.send(new CreateTableCommand(tableDefinition(table)));
  for (const [area, name] of Object.entries(buckets))
    await makeBucket(admin.s3, name, area === 'vault' || area === 'audit');
  admin.db.destroy();
  admin.s3.destroy();

  const queues = {
    stations: new LocalQueue('stations', chance, visibilityMs),
    // Looked at again when the record has had its time (packages/aws/src/lambda/uploads.ts).
    uploads: new LocalQueue('uploads', chance, 4_000),
  };
  const mails: unknown[] = [];
  const functions: Record<string, LocalFunction> = {};
  const endpoint = await awsEndpoint({
    dynamodb: dynamo.connection.endpoint,
    s3: s3.connection.endpoint,
    sqs: (target, body) => answerSqs(Object.values(queues), target, body),
    invoke: (name, event) => {
      const called = functions[name];
      if (called === undefined) throw new Error(`there is no function ${name}`);
      return called.invoke(event);
    },
    // EventBridge, with the rule of infra/foundation/queues.ts.
    stored: (bucket, key, size) => {
      if (bucket !== buckets.quarantine || !key.startsWith('quarantine/blobs/')) return;
      queues.uploads.send(
        JSON.stringify({
          version: '0',
          source: 'aws.s3',
          'detail-type': 'Object Created',
          time: new Date().toISOString(),
          detail: { bucket: { name: bucket }, object: { key, size } },
        }),
      );
    },
    mailed: (mail) => mails.push(mail),
    // As infra/told.ts writes it.
    parameters: () => ({
      '/gongkai/local/settings': JSON.stringify(env),
      ...(options.signing ? { '/gongkai/local/certificate': options.signing.certificate } : {}),
    }),
    documentKey: options.signing?.key,
    ...(meter === undefined ? {} : { meter }),
  });
  const address = `http://127.0.0.1:${port}`;
  const env: Record<string, string> = {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: noCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: noCredentials.secretAccessKey,
    GONGKAI_AWS_ENDPOINT: endpoint.endpoint,
    GONGKAI_TABLE: table,
    GONGKAI_VAULT: buckets.vault,
    GONGKAI_QUARANTINE: buckets.quarantine,
    GONGKAI_RENDITIONS: buckets.renditions,
    GONGKAI_AUDIT: buckets.audit,
    GONGKAI_SIGNING_KEY: 'arn:aws:kms:local:1:key/signing',
    GONGKAI_SIGNING_PUBLIC_KEY: endpoint.publicKey,
    GONGKAI_STATIONS_QUEUE: `${endpoint.endpoint}/1/stations`,
    GONGKAI_METRICS: 'gongkai/local',
    GONGKAI_STATION_SECONDS: String(stationSeconds),
    GONGKAI_POLICY: `policies/${options.policy ?? 'default'}.yaml`,
    GONGKAI_PUBLIC_URL: address,
    GONGKAI_MACHINES: 'machines',
    ...(options.signing
      ? {
          GONGKAI_DOCUMENT_KEY: documentKeyArn,
          GONGKAI_DOCUMENT_CERTIFICATE_PARAMETER: '/gongkai/local/certificate',
        }
      : {}),
  };
  const make = (name: string, timeoutMs: number, atOnce: number, image?: string): LocalFunction => {
    const made = new LocalFunction({
      name,
      timeoutMs,
      atOnce,
      env,
      log,
      ...(image === undefined ? {} : { image }),
    });
    functions[name] = made;
    return made;
  };
  // The times of infra/triggers.ts and workers.ts; two cores bear fewer side by side.
  const api = make('api', 30_000, 3);
  const stations = make('stations', stationSeconds * 1_000, 2);
  const uploads = make('uploads', timeoutSeconds.uploads * 1_000, 1);
  const stream = make('stream', 60_000, 1);
  const clock = make('clock', 55_000, 1);
  const upkeep = make('upkeep', 900_000, 1);
  make('machines', stationSeconds * 1_000 - Math.min(60_000, stationSeconds * 100), 2, machinesImage);

  const source = await streamSource(
    dynamo.connection,
    table,
    (event) => stream.invoke(event) as Promise<{ batchItemFailures: { itemIdentifier: string }[] }>,
    chance,
  );
  const consumers = [consume(queues.stations, stations, 2, 1), consume(queues.uploads, uploads, 1, 10)];
  const minute = setInterval(() => void clock.invoke({}).catch((cause) => log(`clock: ${cause}`)), clockMs);
  const front = await site(api, port);
  return {
    address: front.address,
    /** For whoever opens the same office from outside the functions (founding, looking). */
    env,
    functions: {
      api,
      stations,
      uploads,
      stream,
      clock,
      upkeep,
      machines: functions.machines as LocalFunction,
    },
    queues,
    stream: source,
    mails,
    end: async (): Promise<void> => {
      clearInterval(minute);
      front.end();
      await source.end();
      for (const made of Object.values(functions)) made.end();
      await Promise.all(consumers.map((end) => end()));
      endpoint.end();
      await Promise.all([dynamo.end(), s3.end()]);
    },
  };
};
