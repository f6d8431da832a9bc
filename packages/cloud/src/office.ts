import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import {
  askLambda,
  DynamoRecords,
  farMachines,
  GuardDutyScanner,
  OpenSearch,
  S3Blobs,
  S3Uploads,
  SnapshotSearch,
} from '@gongkai/aws';
import type { WorkingOffice } from '@gongkai/aws/lambda';
import {
  type AuditCheckpoint,
  type DocumentSigner,
  type Notifier,
  type Office,
  RecordsQueue,
  type Scanner,
} from '@gongkai/core';
import {
  NoScanner,
  SqliteSearch,
  SystemClock,
  SystemIds,
  SystemRandomness,
  searchVersion,
} from '@gongkai/embedded';
import type { Context } from 'hono';
import { type OfficeKeys, openKeys } from './keys.ts';
import { oidcOf, readParameter } from './oidc.ts';
import { readPolicy, readSettings, said } from './settings.ts';
import { documentSigning } from './signing.ts';

/** The office on AWS: the ports, put together in one place, once for as long as a function stays warm. */

const settings = readSettings();
const { GONGKAI_AWS_ENDPOINT: endpoint } = settings;
const at = endpoint === undefined ? {} : { endpoint };
const s3 = new S3Client({ ...at, ...(endpoint === undefined ? {} : { forcePathStyle: true }) });
export const clock = new SystemClock();

export const records = new DynamoRecords(new DynamoDBClient(at), settings.GONGKAI_TABLE);

export const blobs = new S3Blobs({
  client: s3,
  clock,
  buckets: {
    quarantine: { bucket: settings.GONGKAI_QUARANTINE },
    vault: { bucket: settings.GONGKAI_VAULT, lock: 'GOVERNANCE' },
    renditions: { bucket: settings.GONGKAI_RENDITIONS },
  },
});

/** Sign-in by the office's own provider, where one is set. */
export const oidc = () => oidcOf(settings, readParameter(at));

/** Style and scripts of the public pages: in a folder of the function, or beside their code. */
export const assets = settings.GONGKAI_ASSETS === undefined ? {} : { folder: settings.GONGKAI_ASSETS };

/** Puts a signed checkpoint where nobody can take it back: the audit bucket locks it. The same again is no error. */
export const keepCheckpoint = async ({ size, note }: AuditCheckpoint): Promise<void> => {
  try {
    await s3.send(
      new PutObjectCommand({
        Bucket: settings.GONGKAI_AUDIT,
        Key: `checkpoint/${String(size).padStart(12, '0')}`,
        Body: note,
        ContentType: 'text/plain; charset=utf-8',
        IfNoneMatch: '*',
      }),
    );
  } catch (cause) {
    if (!(cause instanceof S3ServiceException && cause.$metadata.httpStatusCode === 412)) throw cause;
  }
};

/** An index cut in another way is another object: after an upgrade the clock fills it anew. */
export const search =
  settings.GONGKAI_OPENSEARCH === undefined
    ? new SnapshotSearch({
        client: s3,
        bucket: settings.GONGKAI_RENDITIONS,
        key: `search/index-${searchVersion}.sqlite`,
        folder: join(tmpdir(), 'gongkai-search'),
        open: SqliteSearch.open,
        damaged: () => said.log('error', 'search.snapshot-damaged'),
      })
    : new OpenSearch({ endpoint: settings.GONGKAI_OPENSEARCH, signing: s3.config });

const machines = () => {
  if (settings.GONGKAI_MACHINES === undefined) throw new Error('GONGKAI_MACHINES is not set');
  return farMachines(askLambda(at, settings.GONGKAI_MACHINES), blobs);
};

/** What is set and does not answer lets nothing through; only where nothing is set does the policy decide. */
export const chosenScanner = (far: Scanner): Scanner => {
  if (settings.GONGKAI_SCANNER === 'clamav') return far;
  if (settings.GONGKAI_SCANNER === undefined) return new NoScanner();
  return new GuardDutyScanner({ client: s3, bucket: settings.GONGKAI_QUARANTINE });
};

/** Only the stations send (`sending.ts`); elsewhere the ways to do so would only make a cold start longer. */
const sendsNothing: Notifier = {
  send: () => Promise.reject(new Error('notices are sent by the stations alone')),
};

let kmsClient: Promise<KMSClient> | undefined;
export const kms = (): Promise<KMSClient> => {
  kmsClient ??= import('@aws-sdk/client-kms').then(({ KMSClient }) => new KMSClient(at));
  return kmsClient;
};

/** 电子签名 on releases, where a key is set: for the stations alone, which alone may use it. */
export const signing = (): Promise<DocumentSigner | undefined> =>
  documentSigning(settings, kms, readParameter(at), blobs);

let keys: Promise<OfficeKeys> | undefined;
const officeKeys = (): Promise<OfficeKeys> => {
  keys ??= openKeys(kms, records, {
    current: settings.GONGKAI_SIGNING_KEY,
    publicKey: settings.GONGKAI_SIGNING_PUBLIC_KEY,
    next: settings.GONGKAI_NEXT_SIGNING_KEY,
  });
  return keys;
};

/** For the clock: brings in the next signing key (keys.ts). */
export const followKeys = async (office: Office): Promise<void> => (await officeKeys()).follow(office);

/** Throws when a setting is missing, the policy is wrong, or the signing key cannot be read. */
export const openOffice = async (
  notifier = sendsNothing,
  documentSigner?: DocumentSigner,
): Promise<WorkingOffice> => {
  const far = machines();
  return {
    policy: await readPolicy(settings.GONGKAI_POLICY),
    records,
    blobs,
    uploads: new S3Uploads({ client: s3, bucket: settings.GONGKAI_QUARANTINE, records, blobs, clock }),
    queue: new RecordsQueue(records, clock),
    search,
    clock,
    ids: new SystemIds(clock),
    randomness: new SystemRandomness(),
    signer: (await officeKeys()).signer,
    ...far,
    scanner: chosenScanner(far.scanner),
    notifier,
    ...(documentSigner ? { documentSigner } : {}),
    publicUrl: settings.GONGKAI_PUBLIC_URL.replace(/\/$/, ''),
  };
};

/**
 * Who asks: CloudFront tells it as `address:port`, and replaces what a client writes there itself. The function can be
 * reached by CloudFront alone (infra/address.ts).
 */
export const viewerAddress = (context: Context): string =>
  context.req.header('cloudfront-viewer-address')?.replace(/:\d+$/, '') ?? 'unknown';
