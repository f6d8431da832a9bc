import { createPublicKey, verify } from 'node:crypto';
import { join } from 'node:path';
import { ListMultipartUploadsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { DynamoRecords, KmsSigner, S3Blobs, S3Uploads, SnapshotSearch } from '@gongkai/aws';
import { type Clock, RecordsQueue } from '@gongkai/core';
import { TestClock } from '@gongkai/core/memory';
import { SqliteSearch } from '@gongkai/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blobsContract } from '../contract/blobs-contract.ts';
import { queueContract } from '../contract/queue-contract.ts';
import { recordsContract } from '../contract/records-contract.ts';
import { scratchFolders } from '../contract/scratch.ts';
import { searchContract } from '../contract/search-contract.ts';
import { uploadTicketContract } from '../contract/upload-ticket-contract.ts';
import { uploadsContract } from '../contract/uploads-contract.ts';
import { within } from '../contract/within.ts';
import { local, scratchAccount } from './scratch-account.ts';

const account = scratchAccount();
const scratch = scratchFolders();
let table: DynamoRecords;
let count = 0;
beforeAll(async () => {
  table = new DynamoRecords(account.dynamo, await account.table());
});
afterAll(() => account.end());

const own = () => {
  count += 1;
  return within(table, `s${count}`);
};
const blobsIn = async (clock: Clock) => {
  const [vault, others] = [await account.bucket(true), await account.bucket()];
  const blobs = new S3Blobs({
    ...{ client: account.s3, clock, spoolFolder: await scratch() },
    // Governance, so that a trial can be ended; compliance mode would keep the bucket for ten years.
    buckets: {
      vault: { bucket: vault, lock: 'GOVERNANCE' },
      quarantine: { bucket: others },
      renditions: { bucket: others },
    },
  });
  return { blobs, vault, others };
};
const strayIn = async (Bucket: string): Promise<number> => {
  const { Versions = [], DeleteMarkers = [] } = await account.s3.send(
    new ListObjectVersionsCommand({ Bucket }),
  );
  const { Uploads = [] } = await account.s3.send(new ListMultipartUploadsCommand({ Bucket }));
  const keys = Versions.map(({ Key = '' }) => Key);
  const stray = keys.filter((key) => !keys.includes(key.replace('/touched/', '/blobs/')));
  return stray.length + DeleteMarkers.length + Uploads.length;
};

recordsContract('DynamoDB', async () => own(), {}, 15);
queueContract(
  'over DynamoDB',
  async (clock) => {
    const records = own();
    return { records, queue: () => new RecordsQueue(records, clock) };
  },
  {},
  10,
);
blobsContract(
  'S3',
  async (clock) => {
    const { blobs, vault, others } = await blobsIn(clock);
    return { blobs, leftovers: async () => (await strayIn(vault)) + (await strayIn(others)) };
  },
  'of the store',
);
uploadsContract('S3', async () => {
  const clock = new TestClock();
  const { blobs, others: bucket } = await blobsIn(clock);
  return { blobs, uploads: new S3Uploads({ client: account.s3, bucket, records: own(), blobs, clock }) };
});
uploadTicketContract('S3', async () => ({ client: account.s3, bucket: await account.bucket() }));
searchContract('a snapshot on S3', async () => {
  const search = new SnapshotSearch({
    client: account.s3,
    bucket: await account.bucket(),
    folder: join(await scratch(), 'search'),
    open: SqliteSearch.open,
  });
  return search;
});

// A run against local servers without one for KMS: said, and only there.
const noKms = local.dynamo !== undefined && local.kms === undefined;
if (noKms) console.log('没有运行 / not run: the signer — AWS_ENDPOINT_URL_KMS is not set');
describe.skipIf(noKms)('signer on KMS', () => {
  it('signs as Ed25519 does, so that anyone with the public key verifies offline', async () => {
    const signer = await KmsSigner.open(async () => account.kms, await account.signingKey());
    const message = Buffer.from('审计检查点');
    const x = Buffer.from(signer.publicKey, 'hex').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(verify(null, message, key, await signer.sign(message))).toBe(true);
  });
});
