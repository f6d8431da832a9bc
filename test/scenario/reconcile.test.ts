import { S3Blobs } from '@gongkai/aws';
import {
  clearOrphans,
  everyone,
  faultsOf,
  findFaults,
  type Key,
  type Office,
  RecordsQueue,
  reconcile,
  retainedUntil,
  visible,
} from '@gongkai/core';
import { drain, scriptedMachines, type TestClock, testOffice } from '@gongkai/core/memory';
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
  second,
} from './office-at-work.ts';

type Rehearsal = { readonly office: Office & { readonly queue: RecordsQueue }; readonly clock: TestClock };

const policy = defaultPolicy();

const withQueue = (office: Office): Rehearsal['office'] => {
  if (!(office.queue instanceof RecordsQueue)) throw new Error('the queue is not in the records');
  return { ...office, queue: office.queue };
};

const actions = async (office: Office, id: string): Promise<string[]> =>
  (await office.records.query({ partition: `history/${id}`, limit: 1000 })).rows.map(
    ({ data }) => (data as { action: string }).action,
  );

const outbox = async (office: Office) => (await office.records.query({ partition: 'outbox' })).rows;

/** What a lost event, a botched repair by hand or a restored backup leaves behind. */
const sabotage = {
  loseMessages: async (office: Office): Promise<void> => {
    for (const { partition, sort, version } of await outbox(office))
      await office.records.commit([{ kind: 'delete', key: { partition, sort }, expect: version }]);
  },
  unlist: async (office: Office, key: Key, keep: readonly ('work' | 'recent')[] = []): Promise<void> => {
    const row = await office.records.get(key);
    if (row === undefined) throw new Error('nothing there');
    const indexes = Object.fromEntries(keep.map((name) => [name, row.indexes[name]]));
    await office.records.commit([{ kind: 'put', key, data: row.data, indexes, expect: row.version }]);
  },
};

const recordOf = (id: string): Key => ({ partition: `publication/${id}`, sort: 'record' });

const publish = async (office: Office): Promise<string> => {
  const id = await draftWith(office, ['关于预算的公告']);
  await drain(office);
  await approveBy(office, id, maker, first, second);
  await drain(office);
  expect((await current(office, id)).state).toBe('published');
  return id;
};

const cases = (make: () => Promise<Rehearsal>, patience: number): void => {
  it(
    'finds nothing where nothing was missed, and changes nothing',
    async () => {
      const { office } = await make();
      const id = await publish(office);
      const before = await office.records.get(recordOf(id));
      expect(await reconcile(office)).toEqual([]);
      expect(await reconcile(office, true)).toEqual([]);
      expect(await findFaults(office)).toEqual([]);
      expect(await office.records.get(recordOf(id))).toEqual(before);
    },
    patience,
  );

  it(
    'sends again what no message speaks of, at every station, once',
    async () => {
      const { office } = await make();
      const id = await draftWith(office, ['甲', '乙']);
      await sabotage.loseMessages(office);
      expect(await drain(office)).toEqual([]);
      expect((await current(office, id)).files.map(({ progress }) => progress)).toEqual([
        'received',
        'received',
      ]);

      expect(await reconcile(office)).toEqual([
        { subject: id, what: 'message-sent-again', detail: 'intake intake' },
      ]);
      // Twice, and before anything was worked on: the messages are there.
      expect(await reconcile(office)).toEqual([]);
      expect(await drain(office)).toEqual([]);
      expect((await current(office, id)).files.map(({ progress }) => progress)).toEqual([
        'inspected',
        'inspected',
      ]);

      await approveBy(office, id, maker, first, second);
      await sabotage.loseMessages(office);
      expect((await current(office, id)).state).toBe('rendering');
      expect((await reconcile(office)).map(({ detail }) => detail)).toEqual(['render']);
      expect(await drain(office)).toEqual([]);
      expect((await current(office, id)).state).toBe('published');
      const history = await actions(office, id);
      expect(history.filter((action) => action === 'reconciled.message-sent-again')).toHaveLength(2);
      expect(history.filter((action) => action === 'publication.published')).toHaveLength(1);
    },
    patience,
  );

  it(
    'lists a message again that stands in no index, and leaves alone what is in a worker’s hands or dead',
    async () => {
      const { office } = await make();
      const id = await draftWith(office, ['甲', '乙']);
      const [lost, held] = await outbox(office);
      if (!lost || !held) throw new Error('two messages');
      await sabotage.unlist(office, lost);
      const [delivery] = await office.queue.receive(10, 600);
      expect(delivery?.message.id).toBe(held.sort);

      expect(await reconcile(office)).toEqual([{ subject: id, what: 'message-relisted', detail: 'intake' }]);
      const again = await office.queue.receive(10, 600);
      expect(again.map(({ message }) => message.id)).toEqual([lost.sort]);
      if (delivery) await office.queue.dead(delivery, 'gone');
      expect(await reconcile(office)).toEqual([]);
      expect((await office.queue.deadLetters()).map(({ message }) => message.id)).toEqual([held.sort]);
    },
    patience,
  );

  it(
    'puts a record back where its timer and the lists look for it, so that its end is not missed',
    async () => {
      const { office, clock } = await make();
      const id = await publish(office);
      await sabotage.unlist(office, recordOf(id), ['recent']);
      clock.set((await current(office, id)).until ?? '');
      await drain(office);
      expect((await current(office, id)).state).toBe('published');
      // Nobody reads it meanwhile: what is visible is asked of the record, not of a list.
      expect(visible(await current(office, id), everyone, clock.now())).toBe('gone');

      expect(await reconcile(office)).toEqual([]);
      expect(await reconcile(office, true)).toEqual([{ subject: id, what: 'record-relisted', detail: '' }]);
      await drain(office);
      expect((await current(office, id)).state).toBe('expired');
    },
    patience,
  );

  it(
    'bytes without a record go, a record without its bytes is a fault until they are back',
    async () => {
      const { office, clock } = await make();
      const id = await draftWith(office, ['甲']);
      await drain(office);
      const stray = await office.blobs.putOnce('renditions', bytesOf('nobody'));
      const pdf = { area: 'renditions', sha256: (await current(office, id)).files[0]?.pdf ?? '' } as const;
      const content: Uint8Array[] = [];
      for await (const piece of (await office.blobs.open(pdf)) ?? []) content.push(piece);
      await office.blobs.destroy(pdf);

      const fault = { publication: id, ...pdf, foundAt: clock.now() };
      expect(await findFaults(office)).toEqual([fault]);
      clock.advance(7200);
      expect(await findFaults(office)).toEqual([fault]);
      expect((await actions(office, id)).filter((action) => action === 'fault.found')).toHaveLength(1);
      // S3 says by its own clock when something was stored.
      const late = new Date(Date.now() + 7_200_000).toISOString();
      if (clock.now() < late) clock.set(late);
      expect(await clearOrphans(office)).toBe(1);
      expect(
        await office.blobs.head({ area: 'renditions', sha256: stray.ok ? stray.value.sha256 : '' }),
      ).toBe(undefined);

      await office.blobs.putOnce('renditions', bytesOf(Buffer.concat(content).toString()));
      expect(await findFaults(office)).toEqual([]);
      expect(await faultsOf(office)).toEqual([]);
      expect((await actions(office, id)).at(-1)).toBe('fault.over');
    },
    patience,
  );

  it(
    'keeps what was published for the years of the policy: not even the office destroys it',
    async () => {
      const { office, clock } = await make();
      const id = await publish(office);
      const item = await current(office, id);
      const hashes = [item.files[0]?.sha256, ...(item.pass?.files ?? [])];
      expect(hashes).toHaveLength(2);
      for (const sha256 of hashes)
        expect(await office.blobs.destroy({ area: 'vault', sha256: sha256 ?? '' })).toMatchObject({
          ok: false,
          error: { code: 'retained' },
        });
      const [event] = (await office.records.query({ partition: `history/${id}`, limit: 1000 })).rows
        .map(({ data }) => data as { action: string; details: { retainedUntil?: string } })
        .filter(({ action }) => action === 'publication.published');
      expect(event?.details.retainedUntil).toBe(retainedUntil(item, policy, clock.now()));
    },
    patience,
  );
};

describe('reconciling', () => {
  cases(async () => {
    const { office, clock } = testOffice(policy);
    return { office: withQueue(office), clock };
  }, 30_000);
});

const reason = noDynamoLocal ?? missing(versitygw);
describe.skipIf(notRun(reason !== undefined, 'reconciling over AWS', reason ?? ''))(
  'reconciling, with records in DynamoDB and bytes in S3',
  () => {
    const dynamo = dynamoLocal();
    const s3 = s3Server(versitygw);
    cases(async () => {
      const records = await dynamo.records();
      const client = await s3.client();
      const vault = { bucket: await s3.bucket(true), lock: 'COMPLIANCE' } as const;
      const [quarantine, renditions] = [{ bucket: await s3.bucket() }, { bucket: await s3.bucket() }];
      const { office, clock } = testOffice(policy, {}, (inner) => {
        const blobs = new S3Blobs({ client, clock: inner.clock, buckets: { vault, quarantine, renditions } });
        const queue = new RecordsQueue(records, inner.clock);
        return { ...inner, records, blobs, queue, ...scriptedMachines(blobs) };
      });
      return { office: withQueue(office), clock };
    }, 120_000);
  },
);
