import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testCatalogue, testPolicy } from '../../packages/api/src/catalogue/test-catalogue.ts';
import { contextsOf, noBrowser, openBrowser, shot } from './office.ts';
import { textOf } from './staff.ts';

const standard = testPolicy();
const policy = { ...standard, office: { ...standard.office, name: '三村镇人民政府', phone: '2976300' } };

/** The catalogue alone, on a port: its pages are only ever read. */
const listening = async (world: ReturnType<typeof testCatalogue>, port = 0): Promise<Server> => {
  const server = createServer(async (request, response) => {
    const answer = await world.app.request(request.url ?? '/');
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
};
const closed = (server: Server): Promise<void> => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
};
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** What runs over the glass or is cut, in the browser's own words. */
const overTheEdge = `(() => {
  const over = [...document.querySelectorAll('h1, .period, aside img, .number, footer p, .phone')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && (box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.left < -1);
  });
  const article = document.querySelector('article');
  return [
    ...over.map((one) => one.outerHTML.slice(0, 80)),
    ...(article.scrollHeight > article.clientHeight + 2 ? ['the article is cut'] : []),
    ...(document.documentElement.scrollHeight > innerHeight ? ['the page scrolls'] : []),
  ];
})()`;

describe.skipIf(noBrowser())("the lobby's screen", () => {
  let browser: Browser;
  let world: ReturnType<typeof testCatalogue>;
  let server: Server;
  let page: Page;
  const shown = () => textOf(page.locator('body'));
  const started = Date.now();

  beforeAll(async () => {
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser?.close(), 30_000);

  beforeEach(async () => {
    world = testCatalogue(policy);
    world.clock.set(new Date(started).toISOString());
    server = await listening(world);
    return async () => {
      await page?.close();
      await closed(server);
    };
  }, 60_000);

  const inSeconds = (seconds: number) => new Date(started + seconds * 1000).toISOString();
  const put = (id: string, title: string, more: Partial<Parameters<typeof world.put>[0]> = {}) =>
    world.put({ id, state: 'published', publishedAt: inSeconds(-86_400), title, ...more });
  const open = async (size: { width: number; height: number }, path = '/screen?seconds=5') => {
    const context = await contextsOf(browser, `http://127.0.0.1:${portOf(server)}`)({ viewport: size });
    page = await context.newPage();
    await page.goto(path);
  };

  it.each([
    ['wide', { width: 1920, height: 1080 }],
    ['upright', { width: 1080, height: 1920 }],
    ['small', { width: 1024, height: 768 }],
  ])(
    'fills a %s glass, the longest title too, and nothing runs over its edge',
    async (name, size) => {
      const summary = '本批发放种粮直补、农机购置补贴共 312 户，金额 48.6 万元，明细见附件。'.repeat(4);
      const metadata = { summary, documentNumber: '三政公〔2026〕12号', office: '三村镇人民政府' };
      for (const [n, letters] of [6, 14, 30, 80, 300].entries()) {
        const title = '关于二〇二六年第三批惠农补贴资金发放明细的公示'.repeat(15).slice(0, letters);
        await put(`pub_${n}`, title, {
          until: inSeconds(86_400 * (n + 3)),
          publishedAt: inSeconds(-n - 10),
          metadata,
        });
      }
      await open(size);
      for (let n = 0; n < 5; n += 1) {
        await shot(page, `screen-${name}-${n}`);
        const outside = await page.evaluate(overTheEdge);
        expect.soft([n, outside]).toEqual([n, []]);
        const next = await page.locator('main').getAttribute('data-next');
        await page.goto(next ?? '');
      }
    },
    60_000,
  );

  it('turns by itself and drops what ends at that second', async () => {
    await put('pub_1', '先到期的公示', { until: inSeconds(2), publishedAt: inSeconds(-1) });
    await put('pub_2', '长期的公示');
    await open({ width: 1920, height: 1080 });
    expect(await shown()).toContain('先到期的公示');
    world.clock.set(inSeconds(2));
    await page.waitForSelector('h1:text("长期的公示")', { timeout: 4_000 });
    expect(await shown()).not.toContain('先到期的公示');
  }, 30_000);

  it('shows no document while the server is away, says so, and comes back by itself', async () => {
    await put('pub_1', '正在公示的文件');
    await open({ width: 1080, height: 1920 });
    const port = portOf(server);
    await closed(server);
    await page.waitForSelector('.stale:visible', { timeout: 15_000 });
    expect(await shown()).toContain('内容已过时，暂停展示');
    expect(await shown()).not.toContain('正在公示的文件');
    expect(await page.locator('aside').count()).toBe(0);
    await shot(page, 'screen-stale');
    server = await listening(world, port);
    await page.waitForSelector('article', { timeout: 15_000 });
    expect(await page.locator('.stale').isVisible()).toBe(false);
  }, 60_000);

  it('shows no error page of the server as a document', async () => {
    await put('pub_1', '正在公示的文件');
    await open({ width: 1920, height: 1080 });
    await page.route('**/screen**', (route) =>
      route.fulfill({ status: 500, body: 'broken', contentType: 'text/html' }),
    );
    await page.waitForSelector('.stale:visible', { timeout: 15_000 });
    expect(await shown()).not.toContain('正在公示的文件');
  }, 30_000);

  it('turns without a script too', async () => {
    await put('pub_1', '甲', { publishedAt: inSeconds(-2) });
    await put('pub_2', '乙', { publishedAt: inSeconds(-1) });
    const context = await contextsOf(
      browser,
      `http://127.0.0.1:${portOf(server)}`,
    )({ javaScriptEnabled: false });
    page = await context.newPage();
    await page.goto('/screen?seconds=5');
    expect(await page.locator('h1').first().textContent()).toBe('乙');
    await page.waitForURL(/after=/, { timeout: 15_000 });
    expect(await page.locator('h1').first().textContent()).toBe('甲');
  }, 30_000);
});
