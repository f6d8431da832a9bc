import { bindVolume, type VolumePlan, volumesOf } from '@gongkai/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { testCatalogue, testPolicy } from '../catalogue/test-catalogue.ts';
import { testStaff } from './test-staff.ts';

const now = '2026-12-31T01:00:00.000Z';
let world: ReturnType<typeof testCatalogue>;
beforeEach(() => {
  world = testCatalogue(testPolicy());
  world.clock.set(now);
});

const put = (id: string, more: Partial<Parameters<typeof world.put>[0]> = {}) =>
  world.put({ id, state: 'published', publishedAt: '2026-03-03T00:00:00.000Z', ...more });
const volumes = async (
  asked: { columns?: string[]; pages?: number } = {},
): Promise<readonly VolumePlan[]> => {
  const made = await volumesOf(world.office, { year: 2026, ...asked });
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
};
const titles = (plans: readonly VolumePlan[]) =>
  plans.map(({ entries }) => entries.map(({ title }) => title));

describe('a year, bound', () => {
  it('holds what became public in it, column by column, oldest first', async () => {
    await put('pub_1', { publishedAt: '2026-05-01T00:00:00.000Z' });
    await put('pub_2', { publishedAt: '2025-12-31T16:00:00.000Z' }); // 1 January in the office
    await put('pub_3', { metadata: { column: 'publicity' } });
    await put('pub_4', { publishedAt: '2025-12-31T15:59:59.999Z' });
    await put('pub_5', { publishedAt: '2026-12-31T02:00:00.000Z', state: 'scheduled' }); // an hour from now
    await put('pub_6', { state: 'draft' });
    expect(titles(await volumes())).toEqual([['标题 pub_3', '标题 pub_2', '标题 pub_1']]);
    expect(titles(await volumes({ columns: ['notices'] }))).toEqual([['标题 pub_2', '标题 pub_1']]);
    expect((await volumes({ columns: ['notices'] }))[0]?.scope).toBe('通知公告');
  });

  it('tells how each stands, and of what was withdrawn neither title nor content', async () => {
    await put('pub_1', { until: '2026-03-10T16:00:00.000Z' });
    await put('pub_2', {
      state: 'withdrawn',
      title: '不该有的标题',
      publishedAt: '2026-03-04T00:00:00.000Z',
      since: '2026-03-05T00:00:00.000Z',
      metadata: { documentNumber: '不该有的文号', summary: '不该有的概述' },
      more: {
        withdrawal: {
          at: '2026-03-05T00:00:00.000Z',
          person: 'p',
          reason: '不该有的理由',
          notice: '因有误撤回。',
        },
      },
    });
    const [plan] = await volumes();
    expect(plan?.entries).toMatchObject([
      { standing: 'expired', lastDay: '2026-03-10', endedOn: '2026-03-10', files: [{ pages: 1 }] },
      { title: '', standing: 'withdrawn', endedOn: '2026-03-05', notice: '因有误撤回。', files: [] },
    ]);
    expect(JSON.stringify(plan)).not.toContain('不该有');
    expect(plan?.index).toHaveLength(1);
  });

  it('is divided by thickness, with an index over all volumes', async () => {
    for (let n = 1; n <= 12; n += 1) await put(`pub_${n}`);
    const plans = await volumes({ pages: 10 });
    expect(plans.map(({ volume, of, entries }) => [volume, of, entries.length])).toEqual([
      [1, 3, 5],
      [2, 3, 5],
      [3, 3, 2],
    ]);
    for (const { index } of plans) expect(index).toHaveLength(12);
    expect(plans[0]?.index.at(-1)).toMatchObject({ volume: 3, page: 3 });
  });

  it('takes releases that passed the gate, and nothing when there is one without', async () => {
    const item = await put('pub_1');
    const [plan] = await volumes();
    expect(plan?.entries[0]?.files.map(({ sha256 }) => sha256)).toEqual(item.pass?.files);
    // It never was visible: it is left out; one that was, and whose pass is for other bytes, stops the binding.
    await put('pub_2', { passed: false });
    expect(await volumesOf(world.office, { year: 2026 })).toMatchObject({ error: { code: 'bytes-changed' } });
  });

  it('may be a selection instead, in the order given, from whatever year and column', async () => {
    await put('pub_1', { publishedAt: '2024-05-01T00:00:00.000Z' });
    await put('pub_2', { metadata: { column: 'publicity' }, until: '2026-03-10T16:00:00.000Z' });
    await put('pub_3', { state: 'draft' });
    const chosen = await volumesOf(world.office, { items: ['pub_2', 'pub_1', 'pub_2'] });
    expect(chosen.ok && titles(chosen.value)).toEqual([['标题 pub_2', '标题 pub_1']]);
    expect(chosen.ok && chosen.value[0]?.entries.map(({ standing }) => standing)).toEqual([
      'expired',
      'public',
    ]);
    for (const id of ['pub_3', 'nowhere'])
      expect(await volumesOf(world.office, { items: ['pub_1', id] })).toMatchObject({
        error: { code: 'not-public', details: { id } },
      });
    expect(await volumesOf(world.office, { items: [] })).toMatchObject({ error: { code: 'invalid-input' } });
  });

  it('refuses what cannot be', async () => {
    expect(await volumesOf(world.office, { year: 2026 })).toMatchObject({
      error: { code: 'nothing-to-bind' },
    });
    expect(await volumesOf(world.office, { year: 0.5 })).toMatchObject({ error: { code: 'invalid-input' } });
    expect(await volumesOf(world.office, { year: 2026, pages: 9 })).toMatchObject({
      error: { code: 'invalid-input' },
    });
    expect(await volumesOf(world.office, { year: 2026, columns: ['x'] })).toMatchObject({
      error: { code: 'invalid-input' },
    });
  });

  it('is made by the renderer from the plan alone', async () => {
    await put('pub_1');
    const [plan] = await volumes();
    expect(plan && (await bindVolume(world.office, plan))).toMatchObject({ ok: true, value: { pages: 1 } });
  });
});

it('is for those who file and supervise', async () => {
  const { as, client, clock } = await testStaff();
  const year = clock.now().slice(0, 4);
  const zhou = await as('zhou');
  expect((await zhou.get(`/api/volumes?year=${year}`)).body).toMatchObject({ code: 'nothing-to-bind' });
  expect((await zhou.get('/api/volumes')).status).toBe(400);
  expect((await zhou.get('/api/volumes?year=2026&items=pub_1')).status).toBe(400);
  expect((await zhou.get('/api/volumes?items=pub_1')).body).toMatchObject({ code: 'not-public' });
  expect((await zhou.get(`/api/volumes/1?year=${year}`)).body).toMatchObject({ code: 'nothing-to-bind' });
  for (const account of ['zhao', 'wu', 'li'])
    expect((await (await as(account)).get(`/api/volumes/1?year=${year}`)).status).toBe(403);
  expect((await client().get(`/api/volumes?year=${year}`)).status).toBe(401);
});
