import {
  type Clock,
  type Office,
  type Publication,
  placesOf,
  publication,
  publicItem,
  publicPage,
  type Records,
  RecordsQueue,
  sequenceAudit,
  sweep,
  workOf,
} from '@gongkai/core';
import { drain, testOffice } from '@gongkai/core/memory';
import { describe, expect, it } from 'vitest';
import { approveBy, current, defaultPolicy, draftWith, first, maker, second } from './office-at-work.ts';

/** What an office asks of its records: how often, and how many rows came. */
type Count = { requests: number; rows: number; writes: number };

const policy = defaultPolicy();

const counting = (records: Records): { records: Records; count: () => Count } => {
  let now: Count = { requests: 0, rows: 0, writes: 0 };
  return {
    records: {
      get: async (key) => {
        const row = await records.get(key);
        now = { ...now, requests: now.requests + 1, rows: now.rows + (row === undefined ? 0 : 1) };
        return row;
      },
      query: async (asked) => {
        const page = await records.query(asked);
        now = { ...now, requests: now.requests + 1, rows: now.rows + page.rows.length };
        return page;
      },
      commit: (writes) => {
        now = { ...now, requests: now.requests + 1, writes: now.writes + writes.length };
        return records.commit(writes);
      },
    },
    count: () => {
      const counted = now;
      now = { requests: 0, rows: 0, writes: 0 };
      return counted;
    },
  };
};

/** One of the many that were published before: half of them are over. */
const earlier = (like: Publication, n: number, clock: Clock): Publication => {
  const at = new Date(Date.parse(clock.now()) - (n + 1) * 3_600_000).toISOString();
  return publication.parse({
    ...like,
    id: `pub_before_${n}`,
    state: n % 2 === 0 ? 'published' : 'expired',
    since: at,
    publishedAt: at,
    until: n % 2 === 0 ? '2030-01-01T00:00:00.000Z' : at,
  });
};

const after = async (many: number) => {
  const { office: plain, clock, records } = testOffice(policy);
  const { records: counted, count } = counting(records);
  const office: Office = { ...plain, records: counted, queue: new RecordsQueue(counted, clock) };
  const way = async (): Promise<string> => {
    const id = await draftWith(office, ['关于预算的公告']);
    await drain(office);
    await approveBy(office, id, maker, first, second);
    await drain(office);
    return id;
  };
  const like = await current(office, await way());
  for (let n = 0; n < many; n += 1) {
    const data = earlier(like, n, clock);
    const key = { partition: `publication/${data.id}`, sort: 'record' };
    await records.commit([{ kind: 'put', key, data, indexes: placesOf(data, policy), expect: 'absent' }]);
  }
  // Each has left some history in the log, and on the person who made it.
  await sequenceAudit(office);

  count();
  const id = await way();
  const document = count();
  await sweep(office);
  await sequenceAudit(office);
  const minute = count();
  await workOf(office, maker);
  const work = count();
  await publicPage(office, { limit: 20 });
  const front = count();
  await publicItem(office, id);
  const page = count();
  expect((await current(office, id)).state).toBe('published');
  return { document, minute, work, front, page };
};

describe('what is asked of the records', () => {
  it('for a document, a minute, a page and a person’s work does not grow with the documents there are', async () => {
    const few = await after(100);
    const many = await after(10_000);
    console.log(JSON.stringify(many));
    expect(many).toEqual(few);
  }, 60_000);
});
