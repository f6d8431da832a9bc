import { posterOf } from '@gongkai/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { testCatalogue, testPolicy } from '../catalogue/test-catalogue.ts';
import { testStaff } from './test-staff.ts';

const now = '2026-02-10T01:00:00.000Z';
const policy = { ...testPolicy(), boards: ['publicity', 'notices'] };
let world: ReturnType<typeof testCatalogue>;
beforeEach(() => {
  world = testCatalogue(policy);
  world.clock.set(now);
});

const put = (id: string, more: Partial<Parameters<typeof world.put>[0]> = {}) =>
  world.put({ id, state: 'published', publishedAt: '2026-02-03T00:00:00.000Z', ...more });
const poster = (asked: Parameters<typeof posterOf>[1]) => posterOf(world.office, asked);

describe('what hangs on the wall', () => {
  it('is what was chosen, in that order, each with its period and the address of its page', async () => {
    await put('pub_1', { until: '2026-02-17T16:00:00.000Z' });
    await put('pub_2', { title: '低\u202e保\n名单' });
    expect(await poster({ paper: 'a4', items: ['pub_2', 'pub_1', 'pub_2'] })).toMatchObject({
      value: {
        heading: '公示栏',
        madeAt: now,
        boards: [
          {
            items: [
              { title: '低保 名单', publishedOn: '2026-02-03', url: 'https://gongkai.example/item/pub_2' },
              { title: '标题 pub_1', publishedOn: '2026-02-03', lastDay: '2026-02-17' },
            ],
          },
        ],
      },
    });
  });

  it.each([
    ['a draft', { state: 'draft' }],
    ['something withdrawn', { state: 'withdrawn' }],
    ['something whose hour has not come', { state: 'scheduled', publishedAt: '2026-02-10T01:00:00.001Z' }],
    ['something that ended this very instant', { until: now }],
  ] as const)('is never %s, and its title is not told', async (_, more) => {
    await put('pub_1');
    await put('pub_2', more);
    expect(await poster({ paper: 'a4', items: ['pub_1', 'pub_2'] })).toEqual({
      ok: false,
      error: { code: 'not-public', details: { id: 'pub_2' } },
    });
    const boards = await poster({ paper: 'a3', columns: ['notices'] });
    expect(JSON.stringify(boards)).toContain('pub_1');
    expect(JSON.stringify(boards)).not.toContain('pub_2');
  });

  it('is a board for each column, also where nothing stands', async () => {
    await put('pub_1');
    expect(await poster({ paper: 'a3', columns: policy.boards })).toMatchObject({
      value: {
        heading: '政务公开栏',
        boards: [
          { name: '公示', items: [] },
          { name: '通知公告', items: [{ title: '标题 pub_1' }] },
        ],
      },
    });
    // A board asked for a thousand times is one: each would be pages of the press.
    const often = await poster({ paper: 'a3', columns: Array<string>(1_000).fill('notices') });
    expect(often).toMatchObject({ value: { boards: [{ name: '通知公告' }] } });
    expect(often.ok && often.value.boards).toHaveLength(1);
    expect(await poster({ paper: 'a3', columns: ['nowhere'] })).toMatchObject({
      error: { code: 'invalid-input' },
    });
  });
});

it('is printed for staff who work on documents, and asks for items or columns', async () => {
  const { as, client } = await testStaff();
  const zhao = await as('zhao');
  const made = await zhao.raw('GET', '/api/poster?columns=notices&paper=a2');
  expect([made.status, made.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(await made.text()).toMatch(/^notice-poster \{"paper":"a2"/);
  expect((await zhao.get('/api/poster')).status).toBe(400);
  expect((await zhao.get('/api/poster?items=pub_1')).body).toMatchObject({ code: 'not-public' });
  expect((await client().get('/api/poster?columns=notices')).status).toBe(401);
  expect((await (await as('li')).get('/api/poster?columns=notices')).status).toBe(403);
});

it('is printed one at a time, and whoever comes when the line is long is asked to come again', async () => {
  let inside = 0;
  let most = 0;
  const { as } = await testStaff(policy, (office) => ({
    ...office,
    renderer: {
      ...office.renderer,
      form: async (...given) => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setTimeout(resolve, 20));
        const made = await office.renderer.form(...given);
        inside -= 1;
        return made;
      },
    },
  }));
  const zhao = await as('zhao');
  const asked = Array.from({ length: 15 }, () => zhao.raw('GET', '/api/poster?columns=notices'));
  const states = (await Promise.all(asked)).map(({ status }) => status);
  expect(most).toBe(1);
  expect(states.filter((one) => one === 200)).toHaveLength(11);
  expect(states.filter((one) => one === 429)).toHaveLength(4);
});
