import type { Publication } from '@gongkai/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testCatalogue, testPolicy, type Wanted } from './test-catalogue.ts';

const policy = testPolicy();
const now = '2026-02-10T01:00:00.000Z';
const before = (milliseconds: number) => new Date(Date.parse(now) - milliseconds).toISOString();
const day = 86_400_000;

/** What a door told: the titles and texts of these cases are found in nothing else. */
type Told = { status: number; title: boolean; text: boolean };
type Doors = Record<
  | 'page'
  | 'json'
  | 'file'
  | 'ofd'
  | 'column'
  | 'columnJson'
  | 'section'
  | 'sectionJson'
  | 'portal'
  | 'portalJson'
  | 'feed'
  | 'columnFeed'
  | 'search'
  | 'searchJson'
  | 'searchFiltered'
  | 'suggest'
  | 'sitemap'
  | 'code'
  | 'codeJson'
  | 'hash'
  | 'hashJson'
  | 'ofdHash'
  | 'ofdHashJson'
  | 'withdrawn'
  | 'withdrawnJson',
  Told
>;

const titleFor = (id: string) => `独有标题${id}完`;
const textFor = (id: string) => `独有正文${id}完`;

const knock = async (world: ReturnType<typeof testCatalogue>, item: Publication): Promise<Doors> => {
  const title = titleFor(item.id);
  const sha256 = item.release?.files[0]?.sha256 ?? '0'.repeat(64);
  const ofd = item.release?.files[0]?.ofd?.sha256 ?? '0'.repeat(64);
  const paths: Record<keyof Doors, string> = {
    page: `/item/${item.id}`,
    json: `/item/${item.id}.json`,
    file: `/file/${item.id}/0`,
    ofd: `/ofd/${item.id}/0`,
    column: '/column/notices',
    columnJson: '/column/notices.json',
    section: '/section/content',
    sectionJson: '/section/content.json',
    portal: '/',
    portalJson: '/index.json',
    feed: '/feed.atom',
    columnFeed: '/feed.atom?column=notices',
    search: '/search?q=独有',
    searchJson: '/search.json?q=独有',
    searchFiltered: '/search?q=独有&column=notices&year=2026',
    suggest: `/suggest.json?q=${encodeURIComponent(title.slice(0, 4))}`,
    sitemap: '/sitemap/2026.xml',
    code: `/verify/${item.numbers?.code}`,
    codeJson: `/verify/${item.numbers?.code}.json`,
    hash: `/verify/hash/${sha256}`,
    hashJson: `/verify/hash/${sha256}.json`,
    ofdHash: `/verify/hash/${ofd}`,
    ofdHashJson: `/verify/hash/${ofd}.json`,
    withdrawn: '/withdrawn',
    withdrawnJson: '/withdrawn.json',
  };
  const told = await Promise.all(
    Object.entries(paths).map(async ([door, path]) => {
      const answer = await world.get(path);
      const said = answer.text + JSON.stringify(Object.fromEntries(answer.headers));
      // Never, in no state: who made it, and what the original was called.
      expect(said, door).not.toMatch(/原件|%E5%8E%9F%E4%BB%B6|王经办|person-maker/);
      const named = said.includes(title) || said.includes(encodeURIComponent(title));
      const listed = door === 'sitemap' && said.includes(`/item/${item.id}<`);
      return [
        door,
        { status: answer.status, title: named || listed, text: said.includes(textFor(item.id)) },
      ] as const;
    }),
  );
  return Object.fromEntries(told) as Doors;
};

const lists = [
  'column',
  'columnJson',
  'section',
  'sectionJson',
  'portal',
  'portalJson',
  'feed',
  'columnFeed',
  'search',
  'searchJson',
  'searchFiltered',
  'suggest',
  'sitemap',
  'withdrawn',
  'withdrawnJson',
] as const;
const hashes = ['hash', 'hashJson', 'ofdHash', 'ofdHashJson'] as const;
const own = ['page', 'json', 'file', 'ofd', 'code', 'codeJson', ...hashes] as const;

const expectVisible = (doors: Doors) => {
  for (const door of lists)
    if (!door.startsWith('withdrawn')) expect(doors[door], door).toMatchObject({ status: 200, title: true });
  for (const door of own) expect(doors[door], door).toMatchObject({ status: 200, title: true });
  expect(doors.page.text).toBe(true);
  expect(doors.file.text).toBe(true);
  expect(doors.ofd.text).toBe(true);
};
const expectHidden = (doors: Doors) => {
  for (const door of lists) expect(doors[door], door).toEqual({ status: 200, title: false, text: false });
  for (const door of own) expect(doors[door], door).toEqual({ status: 404, title: false, text: false });
};
const expectGone = (doors: Doors, withdrawn: boolean) => {
  for (const door of lists) expect(doors[door], door).toEqual({ status: 200, title: false, text: false });
  for (const door of ['page', 'json', 'file', 'ofd'] as const)
    expect(doors[door], door).toEqual({ status: 410, title: !withdrawn, text: false });
  for (const door of ['code', 'codeJson', ...hashes] as const)
    expect(doors[door], door).toEqual({ status: 200, title: !withdrawn, text: false });
};

type Case = Omit<Wanted, 'id'> & { readonly name: string; readonly expected: 'visible' | 'hidden' | 'gone' };
const withdrawal = (at: string) => ({
  withdrawal: { at, person: 'p', reason: '内部原因', notice: '更正后重新公开' },
});

const cases: Case[] = [
  ...(
    [
      'draft',
      'first-review',
      'second-review',
      'principal-review',
      'rendering',
      'gating',
      'refused',
      'stopped',
      'discarded',
    ] as const
  ).flatMap((state): Case[] => [
    { name: state, state, expected: 'hidden' },
    { name: `${state}, with an hour that has passed`, state, publishedAt: before(day), expected: 'hidden' },
  ]),
  {
    name: 'scheduled, a millisecond too early',
    state: 'scheduled',
    publishedAt: before(-1),
    since: before(day),
    expected: 'hidden',
  },
  {
    name: 'scheduled, at its hour, no worker ran',
    state: 'scheduled',
    publishedAt: now,
    since: before(day),
    expected: 'visible',
  },
  {
    name: 'scheduled, after its hour, no worker ran',
    state: 'scheduled',
    publishedAt: before(1),
    since: before(day),
    expected: 'visible',
  },
  {
    name: 'scheduled and already over',
    state: 'scheduled',
    publishedAt: before(2),
    until: before(1),
    expected: 'gone',
  },
  { name: 'published', state: 'published', publishedAt: before(day), expected: 'visible' },
  {
    name: 'published, in its last millisecond',
    state: 'published',
    publishedAt: before(day),
    until: before(-1),
    expected: 'visible',
  },
  {
    name: 'published, at its end, no worker ran',
    state: 'published',
    publishedAt: before(day),
    until: now,
    expected: 'gone',
  },
  {
    name: 'published, after its end',
    state: 'published',
    publishedAt: before(day),
    until: before(1),
    expected: 'gone',
  },
  {
    name: 'published without a release',
    state: 'published',
    publishedAt: before(day),
    more: { release: undefined },
    expected: 'hidden',
  },
  {
    name: 'published without a pass',
    state: 'published',
    publishedAt: before(day),
    more: { pass: undefined },
    expected: 'hidden',
  },
  {
    name: 'expired',
    state: 'expired',
    publishedAt: before(day),
    until: before(1),
    since: before(1),
    expected: 'gone',
  },
  {
    name: 'taken down early',
    state: 'expired',
    publishedAt: before(day),
    until: before(5),
    since: before(5),
    more: { endedEarly: { at: before(5), person: 'p' } },
    expected: 'gone',
  },
  {
    name: 'withdrawn',
    state: 'withdrawn',
    publishedAt: before(day),
    since: before(5),
    more: withdrawal(before(5)),
    expected: 'gone',
  },
  {
    name: 'withdrawn before its hour',
    state: 'withdrawn',
    publishedAt: before(5),
    since: before(day),
    more: withdrawal(before(day)),
    expected: 'hidden',
  },
  { name: 'replaced', state: 'replaced', publishedAt: before(day), since: before(5), expected: 'gone' },
  {
    name: 'replaced before its hour',
    state: 'replaced',
    publishedAt: before(5),
    since: before(day),
    expected: 'hidden',
  },
];

describe('every door against every state', () => {
  it.each(cases)('$name: $expected', async ({ name: _, expected, ...wanted }) => {
    const world = testCatalogue(policy);
    world.clock.set(now);
    const id = 'pub_7';
    const item = await world.put({ ...wanted, id, title: titleFor(id), texts: [textFor(id)] });
    const doors = await knock(world, item);
    if (expected === 'visible') expectVisible(doors);
    else if (expected === 'hidden') expectHidden(doors);
    else expectGone(doors, wanted.state === 'withdrawn');
  });
});

describe('the door for files', () => {
  it('stays shut when the pass is for other bytes, and the page shows no text of them', async () => {
    const world = testCatalogue(policy);
    world.clock.set(now);
    await world.put({
      id: 'pub_7',
      state: 'published',
      publishedAt: before(day),
      texts: [textFor('x')],
      passed: false,
    });
    expect((await world.get('/file/pub_7/0')).status).toBe(404);
    expect((await world.get('/ofd/pub_7/0')).status).toBe(404);
    const page = await world.get('/item/pub_7');
    expect(page.status).toBe(200);
    expect(page.text).not.toContain(textFor('x'));
  });
});

describe('the door for OFDs', () => {
  it('stays shut, and is told of nowhere, when the pass is for another OFD', async () => {
    const world = testCatalogue(policy);
    world.clock.set(now);
    const item = await world.put({
      id: 'pub_7',
      state: 'published',
      publishedAt: before(day),
      passedOfd: false,
    });
    const sha256 = item.release?.files[0]?.ofd?.sha256 ?? '';
    expect((await world.get('/file/pub_7/0')).status).toBe(200);
    expect((await world.get('/ofd/pub_7/0')).status).toBe(404);
    expect((await world.get(`/verify/hash/${sha256}`)).status).toBe(404);
    for (const path of ['/item/pub_7', '/item/pub_7.json', `/verify/${item.numbers?.code}`])
      expect((await world.get(path)).text, path).not.toMatch(/\/ofd\/|（OFD）/);
  });

  it('gives what is no page of a browser to be kept, and says its kind', async () => {
    const world = testCatalogue(policy);
    world.clock.set(now);
    const item = await world.put({ id: 'pub_7', state: 'published', publishedAt: before(day) });
    const { headers } = await world.get('/ofd/pub_7/0');
    expect(headers.get('content-type')).toBe('application/ofd');
    expect(headers.get('content-disposition')).toMatch(/^attachment; .*\.ofd/);
    const page = await world.get('/item/pub_7');
    expect(page.text).toContain('<a href="/ofd/pub_7/0">OFD 版本');
    const checked = await world.get(
      `/verify/${item.numbers?.code}?hash=${item.release?.files[0]?.ofd?.sha256}`,
    );
    expect(checked.text).toContain('这就是发布的正文的 OFD 版本');
  });
});

const states = [
  'draft',
  'first-review',
  'gating',
  'scheduled',
  'published',
  'expired',
  'withdrawn',
  'replaced',
  'refused',
  'stopped',
] as const;

describe('for any mixture of publications at any time', () => {
  it('no door tells more than the time allows', { timeout: 60_000 }, async () => {
    const minute = fc.integer({ min: -5, max: 5 });
    const one = fc.record({
      state: fc.constantFrom(...states),
      publishedAt: fc.option(minute),
      until: fc.option(minute),
      since: minute,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 4 }), minute, async (wanted, late) => {
        const world = testCatalogue(policy);
        const at = (minutes: number) => new Date(Date.parse(now) + minutes * 60_000).toISOString();
        const clock = at(late);
        world.clock.set(clock);
        for (const [n, { state, publishedAt, until, since }] of wanted.entries()) {
          const id = `pub_${n}a`;
          const item = await world.put({
            id,
            state,
            since: at(since),
            title: titleFor(id),
            texts: [textFor(id)],
            ...(publishedAt === null ? {} : { publishedAt: at(publishedAt) }),
            ...(until === null ? {} : { until: at(until) }),
            ...(state === 'withdrawn' ? { more: withdrawal(at(since)) } : {}),
          });
          // Written out anew, from the words of the rule, so that the rule is not tested by itself.
          const started = item.publishedAt !== undefined && item.publishedAt <= clock;
          const standing = state === 'scheduled' || state === 'published';
          const over = item.until !== undefined && item.until <= clock;
          const ended = state === 'expired' || state === 'withdrawn' || state === 'replaced';
          const wasPublic = started && ended && (item.publishedAt ?? '') <= item.since;
          const doors = await knock(world, item);
          if (standing && started && !over) expectVisible(doors);
          else if ((standing && started && over) || wasPublic) expectGone(doors, state === 'withdrawn');
          else expectHidden(doors);
        }
      }),
      { numRuns: 60 },
    );
  });
});
