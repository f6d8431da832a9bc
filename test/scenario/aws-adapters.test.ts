import { type DynamoRecords, S3Blobs, S3Uploads } from '@gongkai/aws';
import { type BlobRef, everyone, type Office, RecordsQueue, visible } from '@gongkai/core';
import { drain, scriptedMachines, testOffice } from '@gongkai/core/memory';
import { describe, expect, it } from 'vitest';
import { dynamoLocal, noDynamoLocal } from '../contract/dynamo-local.ts';
import { missing, s3Server, versitygw } from '../contract/s3-server.ts';
import { notRun } from '../not-run.ts';
import {
  approveBy,
  bytesOf,
  current,
  defaultPolicy,
  draftWith,
  first,
  maker,
  redactAll,
  second,
} from './office-at-work.ts';

const reason = noDynamoLocal ?? missing(versitygw);
const patience = 120_000;

const textOf = async (office: Office, blob: BlobRef): Promise<string | undefined> => {
  const stream = await office.blobs.open(blob);
  if (stream === undefined) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

describe.skipIf(notRun(reason !== undefined, 'the scenario over AWS', reason ?? ''))(
  'the way of a document, with records in DynamoDB and bytes in S3',
  () => {
    const dynamo = dynamoLocal();
    const s3 = s3Server(versitygw);

    const officeOnAws = async () => {
      const records: DynamoRecords = await dynamo.records();
      const client = await s3.client();
      const vault = { bucket: await s3.bucket(true), lock: 'COMPLIANCE' } as const;
      const others = { bucket: await s3.bucket() };
      return testOffice(defaultPolicy(), {}, (office) => {
        const { clock } = office;
        const blobs = new S3Blobs({
          ...{ client, clock },
          buckets: { vault, quarantine: others, renditions: others },
        });
        return {
          ...office,
          records,
          blobs,
          uploads: new S3Uploads({ client, bucket: others.bucket, records, blobs, clock }),
          queue: new RecordsQueue(records, clock),
          ...scriptedMachines(blobs),
        };
      });
    };

    it(
      'goes from draft to the catalogue and is gone when its time is over, every step in the history',
      async () => {
        const { office, clock, search } = await officeOnAws();
        const id = await draftWith(office, ['关于[[resident-id:110101199003074119]]的公告']);
        expect(await drain(office)).toEqual([]);
        await redactAll(office, id);
        await approveBy(office, id, maker, first, second);
        expect(await drain(office)).toEqual([]);

        const item = await current(office, id);
        expect(item.state).toBe('published');
        expect(visible(item, everyone, clock.now())).toBe('visible');
        expect((await search.query('预算')).hits).toHaveLength(1);
        const released = await textOf(office, {
          area: 'vault',
          sha256: item.release?.files[0]?.sha256 ?? '',
        });
        expect(released).toContain('■');
        expect(released).not.toContain('110101199003074119');

        clock.set(item.until ?? '');
        expect(visible(item, everyone, clock.now())).toBe('gone');
        expect(await drain(office)).toEqual([]);
        expect((await current(office, id)).state).toBe('expired');
        const history = await office.records.query({ partition: `history/${id}` });
        const actions = history.rows.map(({ data }) => (data as { action: string }).action);
        expect(actions.slice(0, 2)).toEqual(['publication.created', 'file.uploaded']);
        expect(actions.filter((action) => action === 'decision.approve')).toHaveLength(3);
        expect(actions.at(-1)).toBe('publication.expired');
      },
      patience,
    );

    it(
      'keeps no byte of a state secret in any bucket',
      async () => {
        const { office } = await officeOnAws();
        const id = await draftWith(office, ['[[state-secret-mark:机密★5年]] 作战方案']);
        await drain(office);
        expect((await current(office, id)).state).toBe('stopped');
        for (const area of ['quarantine', 'vault', 'renditions'] as const) {
          for await (const { sha256 } of office.blobs.list(area)) {
            expect(await textOf(office, { area, sha256 })).not.toContain('作战方案');
          }
        }
      },
      patience,
    );

    it(
      'takes an upload in pieces, and the document that it becomes',
      async () => {
        const { office } = await officeOnAws();
        await office.uploads.begin('up_1', 6);
        await office.uploads.append('up_1', 0, bytesOf('abc'));
        await office.uploads.append('up_1', 3, bytesOf('def'));
        const kept = await office.uploads.finish('up_1');
        expect(kept.ok).toBe(true);
        const id = await draftWith(office, ['abcdef']);
        await drain(office);
        const [file] = (await current(office, id)).files;
        expect(file?.sha256).toBe(kept.ok ? kept.value.sha256 : '');
        expect(file?.progress).toBe('inspected');
      },
      patience,
    );
  },
);
