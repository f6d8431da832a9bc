import { readFileSync } from 'node:fs';
import type { DynamoRecords } from '@gongkai/aws';
import { type Message, outboxWrite, RecordsQueue } from '@gongkai/core';
import { drain, testOffice } from '@gongkai/core/memory';
import { beforeAll, describe, expect, it } from 'vitest';
import { notRun } from '../not-run.ts';
import {
  approveBy,
  column,
  current,
  defaultPolicy,
  draftWith,
  first,
  maker,
  second,
} from '../scenario/office-at-work.ts';
import { type Consumed, countUnits } from './consumed-units.ts';
import { dynamoLocal, noDynamoLocal } from './dynamo-local.ts';

const policy = defaultPolicy();
const publicItems = 2;
const waitingItems = 2;

/** The table in the docs, without the blanks that formatting puts in. */
const documented = readFileSync(new URL('../../docs/access-patterns.md', import.meta.url), 'utf8').replace(
  / +/g,
  ' ',
);

describe.skipIf(notRun(noDynamoLocal !== undefined, 'DynamoDB Local', noDynamoLocal ?? ''))(
  'what each question and each change costs on DynamoDB',
  { timeout: 120_000 },
  () => {
    const dynamo = dynamoLocal();
    let count: (work: () => Promise<unknown>) => Promise<Consumed>;
    let office: ReturnType<typeof testOffice>['office'];
    let records: DynamoRecords;
    const published: string[] = [];
    const waiting: string[] = [];

    beforeAll(async () => {
      records = await dynamo.records();
      count = countUnits(await dynamo.client());
      const test = testOffice(policy, {}, (each) => ({
        ...each,
        records,
        queue: new RecordsQueue(records, each.clock),
      }));
      office = test.office;
      for (let n = 0; n < publicItems; n += 1) {
        const id = await draftWith(office, [`公告${n}`]);
        await drain(office);
        await approveBy(office, id, maker, first, second);
        await drain(office);
        published.push(id);
      }
      for (let n = 0; n < waitingItems; n += 1) waiting.push(await draftWith(office, [`待审${n}`]));
      await drain(office);
      for (const id of waiting) await approveBy(office, id, maker);
      await drain(office);
    }, 300_000);

    /** The docs say exactly what is measured here. */
    const costs = (what: string, work: () => Promise<unknown>): void => {
      it(what, async () => {
        const { requests, read, write, operations } = await count(work);
        const line = `| ${what} | ${requests} | ${read} | ${write} |`;
        expect(operations.has('Scan')).toBe(false);
        expect(documented.includes(line) ? line : `docs/access-patterns.md lacks: ${line}`).toBe(line);
      });
    };
    const message = (id: string): Message => ({
      ...{ id, type: 'convert', version: 1, subject: 'pub_1', payload: {} },
      ...{ occurredAt: office.clock.now(), causationId: 'cause', correlationId: 'upload' },
    });

    costs('this publication', () =>
      records.get({ partition: `publication/${published[0]}`, sort: 'record' }),
    );
    costs('what waits for a role: 2 items', () =>
      records.query({ index: 'work', partition: 'state/first-review', limit: 20 }),
    );
    costs('what is due by now: nothing', () =>
      records.query({ index: 'due', partition: 'timer', to: office.clock.now() }),
    );
    costs('what may be worked on: nothing', () => office.queue.receive(10, 60));
    costs('newest public items: 2', () =>
      records.query({ index: 'recent', partition: 'public', limit: 10, descending: true }),
    );
    costs("a column's items: 2", () =>
      records.query({ index: 'public', partition: `column/${column(policy)}`, limit: 10, descending: true }),
    );
    costs('who has these bytes', async () => {
      await records.query({ partition: 'holder/unknown' });
    });
    costs('the timeline of a published document', () =>
      records.query({ partition: `history/${published[0]}` }),
    );
    costs('a message: in, out, done', async () => {
      await records.commit([outboxWrite(message('one'), office.clock.now())]);
      for (const delivery of await office.queue.receive(10, 60)) await office.queue.done(delivery);
    });
    costs('a decision', async () => {
      await approveBy(office, waiting[0] ?? '', first);
    });

    it('a document costs the same, however many there are', async () => {
      const one = async () => {
        const id = await draftWith(office, ['公告']);
        await drain(office);
        await approveBy(office, id, maker, first, second);
        await drain(office);
        expect((await current(office, id)).state).toBe('published');
      };
      await drain(office);
      await one();
      const before = await count(one);
      for (let n = 0; n < 2; n += 1) await one();
      const after = await count(one);
      expect(after.requests).toBe(before.requests);
      expect(Math.abs(after.write - before.write)).toBeLessThan(before.write * 0.02);
      const { requests, read, write } = before;
      const line = `| a document with one file, from draft to published | ${requests} | ${read} | ${write} |`;
      expect(documented.includes(line) ? line : `docs/access-patterns.md lacks: ${line}`).toBe(line);
    });
  },
);
