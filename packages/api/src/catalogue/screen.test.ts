import { beforeEach, describe, expect, it } from 'vitest';
import { testCatalogue, testPolicy } from './test-catalogue.ts';

const policy = testPolicy();
const now = '2026-02-10T01:00:00.000Z';
const later = (seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString();

let world: ReturnType<typeof testCatalogue>;
beforeEach(() => {
  world = testCatalogue(policy);
  world.clock.set(now);
});

const put = (id: string, more: Partial<Parameters<typeof world.put>[0]> = {}) =>
  world.put({ id, state: 'published', publishedAt: later(-86_400), ...more });

/** One turn of the screen: what is on it, how long, and what it asks for next. */
const turn = async (path = '/screen') => {
  const { status, text, headers } = await world.get(path);
  const read = (pattern: RegExp) => pattern.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  return {
    status,
    text,
    headers,
    title: read(/<h1 dir="auto">([^<]*)</),
    next: read(/data-next="([^"]*)"/),
    seconds: Number(read(/data-seconds="([^"]*)"/)),
    refresh: read(/http-equiv="refresh" content="([^"]*)"/),
  };
};

describe('the screen', () => {
  it('goes round by itself, newest first, and begins anew after the last', async () => {
    await put('pub_1', { publishedAt: later(-3) });
    await put('pub_2', { publishedAt: later(-2) });
    await put('pub_3', { publishedAt: later(-1) });
    const seen: string[] = [];
    for (let path = '/screen', n = 0; n < 5; n += 1) {
      const { title, next, refresh } = await turn(path);
      seen.push(title);
      expect(refresh).toBe(`15; url=${next}`);
      path = next;
    }
    expect(seen).toEqual(['标题 pub_3', '标题 pub_2', '标题 pub_1', '标题 pub_3', '标题 pub_2']);
  });

  it.each([
    ['a draft', { state: 'draft' }],
    ['something withdrawn', { state: 'withdrawn' }],
    ['something whose hour has not come', { state: 'scheduled', publishedAt: later(0.001) }],
    ['something that ended this very instant', { until: now }],
    ['bytes without a pass', { more: { pass: undefined } }],
  ] as const)('never shows %s', async (_, more) => {
    await put('pub_1', more);
    const { text, status } = await turn();
    expect(status).toBe(200);
    expect(text).not.toContain('pub_1');
    expect(text).toContain('目前没有正在公示的内容');
    expect((await world.get('/item/pub_1/qr.svg')).status).toBe(404);
  });

  it('turns at the very instant at which what it shows ends, and then no longer shows it', async () => {
    await put('pub_1', { until: later(4) });
    const first = await turn();
    expect([first.title, first.seconds]).toEqual(['标题 pub_1', 4]);
    expect(first.text).toContain('data-ends="1"');
    world.clock.set(later(3.999));
    expect((await turn()).title).toBe('标题 pub_1');
    world.clock.set(later(4));
    expect((await turn(first.next)).text).not.toContain('pub_1');
  });

  it('goes on from where it was when something came or went meanwhile', async () => {
    for (const n of [1, 2, 3, 4])
      await put(`pub_${n}`, { publishedAt: later(n - 10), until: later(n === 3 ? 1 : 9_999) });
    const { title, next } = await turn();
    expect(title).toBe('标题 pub_4');
    world.clock.set(later(2));
    await put('pub_5', { publishedAt: later(1.5) });
    const second = await turn(next);
    expect(second.title).toBe('标题 pub_2');
    expect((await turn((await turn(second.next)).next)).title).toBe('标题 pub_5');
  });

  it('shows the columns asked for, else the boards of the policy', async () => {
    world = testCatalogue({ ...policy, boards: ['publicity'] });
    world.clock.set(now);
    await put('pub_1', { publishedAt: later(-1) });
    await put('pub_2', { publishedAt: later(-2), metadata: { column: 'publicity' } });
    expect((await turn()).title).toBe('标题 pub_2');
    const notices = await turn('/screen?columns=notices,nowhere&seconds=40');
    expect([notices.title, notices.seconds]).toEqual(['标题 pub_1', 40]);
    expect(new URL(notices.next, 'http://x').searchParams.get('columns')).toBe('notices');
    expect((await turn('/screen?seconds=1')).seconds).toBe(5);
    expect((await turn('/screen?seconds=x&after=%00')).status).toBe(200);
  });

  it('says what it is about, once where that is its title', async () => {
    await put('pub_1', { publishedAt: later(-1), title: '财务公示', metadata: { summary: '收支与结余' } });
    await put('pub_2', { publishedAt: later(-2), title: '低保公示', metadata: { summary: '低保公示' } });
    const first = await turn();
    expect(first.text).toContain('收支与结余');
    expect((await turn(first.next)).text).not.toContain('class="summary"');
  });

  it('says when and for whom: period, office, code; nothing on it can be pressed, nothing is kept', async () => {
    await put('pub_1', {
      until: later(86_400 * 7),
      title: '<script>alert(1)</script>低保',
      metadata: { summary: '"><b>' },
    });
    const { text, headers } = await turn();
    for (const words of [
      '公示期：2026年2月9日',
      '至2026年2月17日',
      '示例县人民政府办公室',
      '通知公告',
      '/item/pub_1/qr.svg',
    ])
      expect(text).toContain(words);
    expect(text).toContain('&lt;script&gt;alert(1)');
    expect(text).not.toMatch(/<a |<button|<script(?! src="\/assets\/)|\sstyle="|<b>/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
    const code = await world.get('/item/pub_1/qr.svg');
    expect([code.status, code.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8']);
  });
});
