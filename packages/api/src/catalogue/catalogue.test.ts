import type { SearchAnswer } from '@gongkai/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { testCatalogue, testPolicy } from './test-catalogue.ts';

const policy = testPolicy();
const now = '2026-02-10T01:00:00.000Z';
const ago = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();

let world: ReturnType<typeof testCatalogue>;
beforeEach(() => {
  world = testCatalogue(policy);
  world.clock.set(now);
});

const published = (id: string, more: Partial<Parameters<typeof world.put>[0]> = {}) =>
  world.put({ id, state: 'published', publishedAt: ago(1), ...more });

const everyPage = [
  '/',
  '/section/content',
  '/section/guide',
  '/column/notices',
  '/item/pub_1',
  '/search',
  '/search?q=通知',
  '/verify',
  '/verify/PXB1Z00000000000',
  '/withdrawn',
  '/about',
  '/nowhere',
];

describe('a hostile title', () => {
  const title = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202e&amp;\u0007';

  it('is text on every page, in feed and sitemap', async () => {
    await published('pub_1', {
      title,
      metadata: { keywords: ['"><b>'], summary: '</dd><script>', documentNumber: "'><i>" },
    });
    for (const path of [
      ...everyPage,
      '/feed.atom',
      '/sitemap/2026.xml',
      `/search?q=${encodeURIComponent('"><script>alert(3)</script>')}`,
    ]) {
      const { text } = await world.get(path);
      expect(text, path).not.toMatch(/<script>|<img|<b>|<i>|onerror=alert\(2\)>(?!&)/);
      expect(text, path).not.toMatch(/[\u202a-\u202e\u0007]/);
    }
    expect((await world.get('/item/pub_1')).text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('cannot write a header of the file', async () => {
    await published('pub_1', { title: 'a\r\nX-Evil: 1' });
    const { headers } = await world.get('/file/pub_1/0');
    expect(headers.get('x-evil')).toBeNull();
    expect(headers.get('content-disposition')).toMatch(
      /^inline; filename="000000019-2026-00001\.pdf"; filename\*=UTF-8''a%20X-Evil%201\.pdf$/,
    );
  });
});

describe('every page', () => {
  it('loads nothing from elsewhere, runs nothing inline, and is asked for anew each time', async () => {
    await published('pub_1');
    for (const path of everyPage) {
      const { headers, text } = await world.get(path);
      expect(headers.get('content-security-policy'), path).toMatch(/^default-src 'none';/);
      expect(headers.get('cache-control'), path).toBe('no-cache, private');
      expect(text, path).toContain('<html lang="zh-CN">');
      expect(text, path).not.toMatch(/<script(?! src="\/assets\/)|\sstyle="|\son[a-z]+="/);
      for (const [, address] of text.matchAll(/(?:src|href)="(https?:[^"]*)"/g))
        expect(address, path).toMatch(/^https:\/\/gongkai\.example/);
    }
  });

  it('names its stylesheet by its content and lets it be kept', async () => {
    const [, path = ''] = /<link rel="stylesheet" href="([^"]+)">/.exec((await world.get('/')).text) ?? [];
    const { status, headers, text } = await world.get(path);
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(text).toContain('--seal');
    expect((await world.get('/assets/catalogue.0000.css')).status).toBe(404);
  });

  it('turns to large type and high contrast by a link, and comes back to where it was', async () => {
    const { text } = await world.get('/item/x?y=1');
    expect(text).toContain('href="/display?elder=on&amp;back=%2Fitem%2Fx%3Fy%3D1"');
    const set = await world.get('/display?elder=on&back=%2Fitem%2Fx%3Fy%3D1');
    expect([set.status, set.headers.get('location')]).toEqual([303, '/item/x?y=1']);
    expect(set.headers.get('set-cookie')).toMatch(/^elder=1; .*HttpOnly; SameSite=Lax/);
    const large = await world.get('/', { headers: { Cookie: 'elder=1; contrast=1' } });
    expect(large.text).toContain('<html lang="zh-CN" data-elder data-contrast>');
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/a\r\nb',
    '/display?elder=on',
    'javascript:alert(1)',
  ])('never goes back to %j', async (back) => {
    const { headers } = await world.get(`/display?elder=on&back=${encodeURIComponent(back)}`);
    expect(headers.get('location')).toBe('/');
  });
});

describe('the page of an item', () => {
  it('has the fields, the meta tags, the text and why it stands so long', async () => {
    await published('pub_1', {
      title: '关于评议的公示',
      until: '2026-02-16T16:00:00.000Z',
      texts: ['第一段。\n第二段。'],
      metadata: {
        documentNumber: '三政发〔2026〕3号',
        genre: 'notice',
        theme: '综合政务/政务公开',
        column: 'publicity',
        keywords: ['评议'],
      },
    });
    const { text } = await world.get('/item/pub_1');
    for (const words of [
      '000000019/2026-00001',
      '三政发〔2026〕3号',
      '<dd dir="auto">通知</dd>',
      '综合政务 / 政务公开',
      '公示 7 天，发布当日不计',
      '还有 6 天',
      '<p>第二段。</p>',
      '<meta name="ColumnName" content="公示">',
      '<meta name="ArticleTitle" content="关于评议的公示">',
      '<meta name="PubDate" content="2026-02-09 09:00">',
      'href="/verify/PXB1Z00000000000"',
    ])
      expect(text).toContain(words);
  });

  it('says when a document no longer holds', async () => {
    await published('pub_1', { metadata: { validity: 'repealed' } });
    expect((await world.get('/item/pub_1')).text).toContain('本文件已废止');
  });

  it('gives the public fields as JSON and no others', async () => {
    await published('pub_1');
    const view = JSON.parse((await world.get('/item/pub_1.json')).text) as object;
    expect(Object.keys(view).sort()).toEqual([
      'audience',
      'column',
      'disclosure',
      'display',
      'documentNumber',
      'files',
      'generatedOn',
      'genre',
      'id',
      'indexNumber',
      'keywords',
      'office',
      'publishedAt',
      'publishedOn',
      'summary',
      'theme',
      'title',
      'url',
      'validity',
      'validityName',
      'verification',
    ]);
  });

  it('tells which text a machine read from a scan, and only where it lies over the picture', async () => {
    const world = testCatalogue(policy);
    world.clock.set(now);
    const box = (page: number) => ({ page, x: 0, y: 0, width: 595, height: 842 });
    const pages = [1, 2].map((page) => ({ page, width: 595, height: 842, text: `第${page}页的通知` }));
    const layer = { rule: 'ocr-layer', boxes: [box(2)] };
    Object.assign(world.office.inspector, {
      inspect: async () => ({ ok: true, value: { pages, findings: [layer], inspector: 'x', dictionary: 0 } }),
    });
    const files = (recognised: number[]) => ({
      release: {
        files: [{ sha256: 'a'.repeat(64), size: 1, pages: 2, recognised }],
        indexNumber: 'x',
        code: 'y',
        stampedOn: '2026-01-01',
        madeAt: now,
      },
      pass: { files: ['a'.repeat(64)], binding: '', inspector: 'x', dictionary: 0, at: now, signature: '' },
    });
    await world.put({ id: 'pub_1', state: 'published', publishedAt: ago(1), more: files([1, 2]) });
    await world.put({ id: 'pub_2', state: 'published', publishedAt: ago(1), more: files([]) });
    expect((await world.get('/item/pub_1')).text).toContain('第 2 页的文字由机器从扫描件中识别');
    expect((await world.get('/item/pub_2')).text).not.toContain('由机器从扫描件中识别');
  });

  it('stands without the text when the machine that reads it is broken', async () => {
    const broken = testCatalogue(policy);
    broken.clock.set(now);
    Object.assign(broken.office.inspector, { inspect: () => Promise.reject(new Error('killed')) });
    await broken.put({ id: 'pub_1', state: 'published', publishedAt: ago(1) });
    const page = await broken.get('/item/pub_1');
    expect(page.status).toBe(200);
    expect(page.text).toContain('文字版正在准备');
  });

  it('says in both languages that it cannot be shown, and nothing of why', async () => {
    const broken = testCatalogue(policy);
    Object.assign(broken.office.records, { query: () => Promise.reject(new Error('disk I/O error')) });
    const page = await broken.get('/');
    expect(page.status).toBe(500);
    expect(page.text).toMatch(/请稍后再试[\s\S]*try again later/);
    expect(page.text).not.toContain('disk');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('the list of a column', () => {
  it('goes on by cursor without losing or repeating one, though things vanish between two pages', async () => {
    for (let n = 1; n <= 45; n += 1)
      await world.put({
        id: `pub_${n}`,
        state: n % 5 === 0 ? 'expired' : 'published',
        publishedAt: ago(n % 7),
        since: ago(0),
        metadata: { column: 'notices' },
      });
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const page = JSON.parse(
        (await world.get(`/column/notices.json${next ? `?cursor=${encodeURIComponent(next)}` : ''}`)).text,
      ) as { items: { id: string }[]; next?: string };
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next !== undefined);
    expect(seen).toHaveLength(36);
    expect(new Set(seen).size).toBe(36);
    expect((await world.get('/column/notices')).text).toContain('rel="next"');
  });

  it('filters by year, genre, theme and validity', async () => {
    await published('pub_1', { metadata: { genre: '通知', theme: '综合政务/政务公开' } });
    await world.put({
      id: 'pub_2',
      state: 'published',
      publishedAt: '2025-12-31T15:59:59.999Z',
      metadata: { genre: 'letter', validity: 'repealed' },
    });
    await world.put({ id: 'pub_3', state: 'published', publishedAt: '2025-12-31T16:00:00.000Z' });
    const found = async (query: string) =>
      (
        JSON.parse((await world.get(`/column/notices.json?${query}`)).text) as { items: { id: string }[] }
      ).items.map(({ id }) => id);
    expect(await found('year=2025')).toEqual(['pub_2']);
    expect(await found('year=2026')).toEqual(['pub_1', 'pub_3']);
    expect(await found('genre=函')).toEqual(['pub_2']);
    expect(await found('theme=综合政务')).toEqual(['pub_1']);
    expect(await found('validity=repealed')).toEqual(['pub_2']);
    expect(await found('cursor=nonsense&year=abc')).toEqual(['pub_1', 'pub_3', 'pub_2']);
  });

  it('is never empty without a sentence', async () => {
    expect((await world.get('/column/budget')).text).toContain('“财政预算决算”目前没有正在公开的内容');
    expect((await world.get('/section/content')).text.match(/目前没有正在公开的内容/g)).toHaveLength(
      policy.columns.filter(({ section }) => section === 'content').length,
    );
    expect((await world.get('/column/unknown')).status).toBe(404);
    expect((await world.get('/section/unknown.json')).status).toBe(404);
  });
});

describe('search', () => {
  it('neither shows nor counts what is not visible, in no facet, and fills the page up', async () => {
    await published('pub_1', { title: '预算一' });
    await world.put({
      id: 'pub_2',
      state: 'expired',
      publishedAt: ago(3),
      since: ago(1),
      title: '预算二',
      metadata: { column: 'budget', genre: '函' },
    });
    const hit = (id: string, title: string) => ({
      id,
      score: 1,
      title: [{ text: title, hit: true }],
      snippet: [{ text: '<b>预算', hit: true }],
    });
    const facets = {
      column: [
        { value: 'notices', count: 1 },
        { value: 'budget', count: 1 },
      ],
      genre: [{ value: '函', count: 1 }],
      year: [{ value: '2026', count: 2 }],
    };
    const pages: Record<string, SearchAnswer> = {
      '': { hits: [hit('pub_2', '预算二')], total: 2, facets, cursor: '1' },
      '1': { hits: [hit('pub_1', '预算一')], total: 2, facets },
    };
    Object.assign(world.office.search, { query: async (_: string, { cursor = '' } = {}) => pages[cursor] });
    const answer = JSON.parse((await world.get('/search.json?q=预算')).text);
    expect(answer).toMatchObject({
      total: 1,
      items: [{ id: 'pub_1' }],
      facets: [
        { name: 'year', values: [{ label: '2026 年', count: 1 }] },
        { name: 'column', values: [{ value: 'notices', label: '通知公告', count: 1 }] },
      ],
    });
    expect(answer.facets).toHaveLength(2);
    const page = await world.get('/search?q=预算');
    expect(page.text).toContain('“预算”：找到 1 份文件');
    expect(page.text).toContain('<mark>预算一</mark>');
    expect(page.text).toContain('<mark>&lt;b&gt;预算</mark>');
    expect(page.text).not.toContain('预算二');
  });

  it('suggests only titles of what is visible', async () => {
    await published('pub_1', { title: '预算公开说明' });
    await world.put({ id: 'pub_2', state: 'draft', title: '预算草案' });
    expect(JSON.parse((await world.get('/suggest.json?q=预算')).text)).toEqual(['预算公开说明']);
    expect(JSON.parse((await world.get('/suggest.json')).text)).toEqual([]);
  });

  it('helps on when there is nothing', async () => {
    expect((await world.get('/search?q=没有的词')).text).toContain('没有找到与“没有的词”有关的文件');
  });
});

describe('verification', () => {
  it('reads a code however it was copied', async () => {
    await published('pub_1');
    for (const typed of [
      'PXB1Z00000000000',
      'pxb1-z000 0000-0000',
      'ＰＸＢ１ＺOOOOOOOOOOO',
      'PXBlZ00000000000',
    ])
      expect((await world.get(`/verify/${encodeURIComponent(typed)}`)).status, typed).toBe(200);
    expect((await world.get('/verify/PXB1Z00000000001')).status).toBe(404);
    expect((await world.get(`/verify/${'A'.repeat(2000)}`)).status).toBe(404);
  });

  it('compares without a script', async () => {
    const item = await published('pub_1');
    const sha256 = item.release?.files[0]?.sha256 ?? '';
    const same = await world.get(`/verify/PXB1Z00000000000?hash=${sha256.toUpperCase()}++notice.pdf`);
    expect(same.text).toContain('<strong>一致。</strong>');
    expect((await world.get(`/verify/PXB1Z00000000000?hash=${'0'.repeat(64)}`)).text).toContain(
      '<strong>不一致。</strong>',
    );
    expect((await world.get('/verify/PXB1Z00000000000?hash=123')).text).toContain('这不是 SHA-256 校验值');
    const form = await world.get(`/verify?hash=${sha256}`);
    expect([form.status, form.headers.get('location')]).toEqual([303, `/verify/hash/${sha256}`]);
    expect((await world.get('/verify?code=abc%2f..%2fdef')).headers.get('location')).toBe(
      '/verify/abc%2F..%2Fdef',
    );
  });
});

describe('feed, sitemap, robots', () => {
  it('are well-formed and point to the public address', async () => {
    await published('pub_1', { title: 'A & B <C>' });
    const feed = await world.get('/feed.atom');
    expect(feed.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(feed.text).toContain('<title>A &amp; B &lt;C&gt;</title>');
    expect(feed.text).toContain(`<updated>${ago(1)}</updated>`);
    expect(feed.text).toContain('<id>https://gongkai.example/item/pub_1</id>');
    expect((await world.get('/feed.atom?column=unknown')).status).toBe(404);
    expect((await world.get('/sitemap.xml')).text).toContain('https://gongkai.example/sitemap/2026.xml');
    expect((await world.get('/sitemap/pages.xml')).text).toContain(
      '<loc>https://gongkai.example/column/budget</loc>',
    );
    expect((await world.get('/sitemap/x.xml')).status).toBe(404);
    expect((await world.get('/robots.txt')).text).toContain('Sitemap: https://gongkai.example/sitemap.xml');
  });
});

describe('the portal', () => {
  it('shows what ends soon, with the days that are left', async () => {
    await published('pub_1', { title: '长期文件' });
    await published('pub_2', { title: '今天到期', until: '2026-02-10T16:00:00.000Z' });
    await published('pub_3', { title: '五天到期', until: '2026-02-15T16:00:00.000Z' });
    await published('pub_4', { title: '明年到期', until: '2027-02-15T16:00:00.000Z' });
    const { text } = await world.get('/');
    const notices = text.slice(text.indexOf('限期公开中'), text.indexOf('公开目录'));
    expect(notices).toMatch(/今天到期[\s\S]*今天 24 时止[\s\S]*五天到期[\s\S]*还有 5 天/);
    expect(notices).not.toMatch(/长期文件|明年到期/);
  });
});
