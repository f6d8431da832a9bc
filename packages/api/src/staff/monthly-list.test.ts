import { checkForm, monthlyList, monthlyListOf } from '@gongkai/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { testCatalogue, testPolicy } from '../catalogue/test-catalogue.ts';
import { testStaff } from './test-staff.ts';

let world: ReturnType<typeof testCatalogue>;
beforeEach(() => {
  world = testCatalogue(testPolicy());
  world.clock.set('2026-04-01T01:00:00.000Z');
});
const put = (id: string, publishedAt: string, more: Partial<Parameters<typeof world.put>[0]> = {}) =>
  world.put({ id, state: 'published', publishedAt, ...more });
const titles = (data: unknown) => (data as { items: { title: string }[] }).items.map(({ title }) => title);

describe('the list of a month', () => {
  it('holds what was published from its first to its last instant in the office, the oldest first', async () => {
    await put('pub_before', '2026-02-28T15:59:59.999Z');
    await put('pub_first', '2026-02-28T16:00:00.000Z');
    await put('pub_last', '2026-03-31T15:59:59.999Z');
    await put('pub_after', '2026-03-31T16:00:00.000Z');
    const list = await monthlyListOf(world.office, '2026-03');
    if (!list.ok) return expect.unreachable(list.error.code);
    expect(titles(list.value)).toEqual(['标题 pub_first', '标题 pub_last']);
    expect(list.value).toMatchObject({ month: '2026-03', date: '2026-04-01' });
    expect(checkForm(monthlyList, list.value).ok).toBe(true);
  });

  it('tells nothing of what is not public now', async () => {
    await put('pub_over', '2026-03-03T00:00:00.000Z', { until: '2026-03-20T16:00:00.000Z' });
    await put('pub_withdrawn', '2026-03-03T00:00:00.000Z', { state: 'withdrawn' });
    await put('pub_draft', '2026-03-03T00:00:00.000Z', { state: 'draft' });
    const list = await monthlyListOf(world.office, '2026-03');
    expect(list.ok && titles(list.value)).toEqual([]);
  });

  it.each(['2026-13', '2026-3', 'x', '', '../..'])('refuses %j', async (month) => {
    expect(await monthlyListOf(world.office, month)).toMatchObject({ error: { code: 'invalid-input' } });
  });

  it('comes as PDF to whoever works with documents', async () => {
    const staff = await testStaff();
    const zhao = await staff.as('zhao');
    const answer = await zhao.get('/api/monthly-list?month=2026-03');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect((await (await staff.as('li')).get('/api/monthly-list?month=2026-03')).status).toBe(403);
  });
});
