import { beforeAll, describe, expect, it } from 'vitest';
import { testCatalogue, testPolicy } from './test-catalogue.ts';

const policy = testPolicy();
const now = '2026-02-10T01:00:00.000Z';
const before = (milliseconds: number) => new Date(Date.parse(now) - milliseconds).toISOString();
const day = 86_400_000;
const withdrawal = (at: string) => ({
  withdrawal: { at, person: 'p', reason: '内部原因', notice: '更正后重新公开' },
});

describe('a tombstone', () => {
  let world: ReturnType<typeof testCatalogue>;
  beforeAll(async () => {
    world = testCatalogue(policy);
    world.clock.set(now);
    const gone = { publishedAt: before(3 * day), since: before(day) };
    await world.put({ id: 'pub_1', state: 'replaced', ...gone, more: { replacedBy: 'pub_2' } });
    await world.put({
      id: 'pub_2',
      state: 'published',
      publishedAt: before(day),
      title: '新的办法',
      more: { replaces: 'pub_1' },
    });
    await world.put({ id: 'pub_3', state: 'replaced', ...gone, more: { replacedBy: 'pub_4' } });
    await world.put({
      id: 'pub_4',
      state: 'first-review',
      title: '还没有公开的办法',
      more: { replaces: 'pub_3' },
    });
    await world.put({
      id: 'pub_5',
      state: 'withdrawn',
      ...gone,
      title: '张三的处罚决定',
      more: withdrawal(before(day)),
    });
  });

  it('points to the successor, and the successor back', async () => {
    expect((await world.get('/item/pub_1')).text).toContain('<a href="/item/pub_2" dir="auto">新的办法</a>');
    expect((await world.get('/item/pub_2')).text).toContain('<a href="/item/pub_1"');
  });

  it('says nothing of a successor that is not public yet', async () => {
    const page = await world.get('/item/pub_3');
    expect(page.status).toBe(410);
    expect(page.text).not.toMatch(/pub_4|还没有公开/);
  });

  it('gives the notice of a withdrawal, not its inner reason', async () => {
    for (const path of [
      '/item/pub_5',
      '/item/pub_5.json',
      '/withdrawn',
      '/withdrawn.json',
      '/file/pub_5/0',
    ]) {
      const { text } = await world.get(path);
      expect(text, path).toContain('更正后重新公开');
      expect(text, path).not.toMatch(/内部原因|张三|"person"/);
    }
  });

  it('does not tell of an original by its hash', async () => {
    const original = await world.keep('原件的内容');
    await world.records.commit([
      {
        kind: 'put',
        key: { partition: `holder/${original.sha256}`, sort: 'pub_2' },
        data: { as: 'original' },
        expect: 'absent',
      },
    ]);
    expect((await world.get(`/verify/hash/${original.sha256}`)).status).toBe(404);
  });
});
