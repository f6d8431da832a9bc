import { describe, expect, it } from 'vitest';
import type { Calendar } from '../calendar/index.ts';
import { MemoryRecords, TestClock, TestIds } from '../memory/index.ts';
import { RecordsQueue } from '../outbox/index.ts';
import { type Publication, publication } from '../publication/index.ts';
import { keys, placesOf } from '../repository/index.ts';
import { fillSearch } from './fill-search.ts';

const clock = new TestClock();

const item = (n: number, state: Publication['state']): Publication => {
  const at = new Date(Date.parse(clock.now()) - (n + 1) * 3_600_000).toISOString();
  return publication.parse({
    id: `pub_${String(n).padStart(4, '0')}`,
    correlationId: `c${n}`,
    state,
    since: at,
    edition: 1,
    createdAt: at,
    maker: 'maker',
    makerName: '经办',
    editors: ['maker'],
    metadata: {
      title: `预算${n}`,
      office: '三村镇人民政府',
      column: 'policy',
      genre: '通知',
      theme: '财政',
      summary: '',
      documentNumber: '',
      generatedOn: at.slice(0, 10),
      keywords: [],
    },
    major: false,
    files: [],
    redactions: [],
    dispositions: {},
    display: { kind: 'long-term' },
    decisions: [],
    numbers: { indexNumber: `${n}`, code: `${n}` },
    release: {
      files: [{ sha256: 'a'.repeat(64), size: 1, pages: 1 }],
      indexNumber: `${n}`,
      code: `${n}`,
      stampedOn: at.slice(0, 10),
      madeAt: at,
    },
    pass: { files: ['a'.repeat(64)], binding: '', inspector: 'test', at, signature: '' },
    publishedAt: at,
  });
};

/** An office with so many published items and one withdrawn, the index that is there, and what was sent to be indexed. */
const office = async (published: number, index: string | undefined) => {
  const records = new MemoryRecords();
  for (const one of [
    ...Array.from({ length: published }, (_, n) => item(n, 'published')),
    item(9_000, 'withdrawn'),
  ])
    await records.commit([
      {
        kind: 'put',
        key: keys.publication(one.id),
        data: one,
        indexes: placesOf(one, { timers: { reminderDays: 5 }, calendar: {} as Calendar }),
        expect: 'absent',
      },
    ]);
  const there = { index };
  const ports = { records, clock, ids: new TestIds() };
  const queue = new RecordsQueue(records, clock);
  return {
    there,
    fill: () => fillSearch(ports, { generation: async () => there.index }),
    sent: async () => (await queue.due(1_000)).map(({ subject }) => subject),
  };
};

describe('filling the index', () => {
  it('sends everything that ever was public, once, also what must go out of it', async () => {
    const { fill, sent } = await office(120, 'opensearch:a');
    expect(await fill()).toBe(121);
    expect(new Set(await sent()).size).toBe(121);
    expect(await sent()).toContain('pub_9000');
    expect(await fill()).toBe(0);
  });

  it('goes on where it was, some hundred at a time', async () => {
    const { fill, sent } = await office(700, 'opensearch:a');
    expect(await fill()).toBe(500);
    expect(await fill()).toBe(201);
    expect(await fill()).toBe(0);
    expect(new Set(await sent()).size).toBe(701);
  });

  it('fills anew what has another name: another engine, or one that was lost', async () => {
    const { fill, there } = await office(3, 'snapshot:a');
    expect(await fill()).toBe(4);
    there.index = 'opensearch:b';
    expect(await fill()).toBe(4);
    there.index = 'snapshot:a';
    expect(await fill()).toBe(4);
    expect(await fill()).toBe(0);
  });

  it('begins with one visible item where there is no index, and fills it when that one has made it', async () => {
    const { fill, sent, there } = await office(3, undefined);
    expect(await fill()).toBe(1);
    expect(await sent()).toEqual([expect.stringMatching(/^pub_000\d$/)]);
    expect(await fill()).toBe(0);
    there.index = 'snapshot:new';
    expect(await fill()).toBe(4);
    expect(await fill()).toBe(0);
  });

  it('does nothing in an office that has published nothing', async () => {
    const { fill, sent } = await office(0, undefined);
    expect(await fill()).toBe(0);
    expect(await sent()).toEqual([]);
  });

  it('two at once send each item once', async () => {
    const { fill, sent } = await office(120, 'opensearch:a');
    await Promise.all([fill(), fill(), fill()]);
    await fill();
    const all = await sent();
    expect(all.length).toBe(121);
    expect(new Set(all).size).toBe(121);
  });
});
