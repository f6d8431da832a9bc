import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foundPerson } from '@gongkai/api/people';
import { type Clock, sha256Hex } from '@gongkai/core';
import { ApiClient, type Host, openHost, quiet, run } from '@gongkai/local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Errand, type Staff, work } from '../crash/office-day.ts';
import { freePort } from '../crash/product.ts';
import { rawGet, rawRequest } from './raw-request.ts';

/** Everybody outside, against the real product over real sockets. */

const folder = mkdtempSync(join(tmpdir(), 'gongkai-outsider-'));
let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead).toISOString() };
let host: Host;
let running: Awaited<ReturnType<typeof run>>;
let port: number;
let base: string;
let staff: Staff;
const passwordOf = (account: string): string => `Taoyuan-${[...account].reverse().join('')}-7391`;
const errand: Errand = { file: '12 政务公开背景材料.txt' };

beforeAll(async () => {
  port = await freePort();
  host = await openHost(join(folder, 'data'), { port }, clock);
  const roles = {
    jingban: ['maker'],
    chushen: ['first-reviewer'],
    fuhe: ['second-reviewer'],
    guanli: ['administrator'],
  } as const;
  const clients: Record<string, ApiClient> = {};
  for (const [account, has] of Object.entries(roles)) {
    const password = passwordOf(account);
    const made = await foundPerson(host.office, { account, name: account, password, roles: [...has] });
    if (!made.ok) throw new Error(made.error.code);
  }
  running = await run(host, quiet);
  base = running.address;
  for (const account of Object.keys(roles)) {
    const client = new ApiClient(base);
    await client.signIn(account, passwordOf(account));
    clients[account] = client;
  }
  staff = clients as Staff;
  const until = Date.now() + 100_000;
  await work(staff, [errand], () => Date.now() > until);
  expect(errand.over).toBe('published');
}, 120_000);
afterAll(async () => {
  await running?.stop();
  await host?.close();
  rmSync(folder, { recursive: true, force: true });
});

const status = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
const headOf = (answer: string): string => answer.slice(0, answer.indexOf('\r\n\r\n'));

describe('addresses that no page of ours contains', () => {
  const tricks = [
    '/../../../../etc/passwd',
    '/console/../../../../etc/passwd',
    '/console/..%2f..%2f..%2f..%2f..%2fetc/passwd',
    '/console/%2e%2e/%2e%2e/package.json',
    '/console/..%5c..%5cpackage.json',
    '/console/%00',
    '/console/%E0%A4%A',
    '/console/%',
    '/console/assets/..%2f..%2f..%2fpackage.json',
    `/console/${'a/'.repeat(2000)}`,
    `/console/${'%41'.repeat(3000)}`,
    '/%E0%A4%A',
    '/item/%E0%A4%A',
    '/item/%00',
    '/item/..%2f..%2fdata',
    '/item/pub_1%0d%0aSet-Cookie:%20a=b',
    '/item/__proto__',
    '/item/constructor.json',
    '/file/%2e%2e/0',
    '/file/x/-1',
    '/file/x/99999999999',
    '/column/__proto__',
    '/column/%E0%A4%A.json',
    '/section/constructor',
    '/assets/..%2f..%2fpackage.json',
    '/assets/__proto__',
    '/sitemap/..%2f.xml',
    '/sitemap/0000.xml',
    '/verify/%E0%A4%A',
    `/verify/${'0'.repeat(5000)}`,
    '/verify/hash/0.json',
    '/feed.atom?column=__proto__',
    '/search?q=%00%ff%fe',
    `/search?q=${'%E9%A2%84'.repeat(1500)}`,
    `/search?q=${encodeURIComponent('"" OR 1=1 NEAR(a b) * ^ -- ; DROP TABLE x')}`,
    '/search?q=a&cursor=zzz&year=-1&column=__proto__',
    '/search.json?q=%22&cursor=%00',
    '/suggest.json?q=%25%5F%27',
    `/suggest.json?${'q=a&'.repeat(2000)}`,
    '/display?back=//evil.example/&size=large',
    '/display?back=https://evil.example/',
    '/display?back=/%5cevil.example',
    '/display?back=/%0d%0aSet-Cookie:%20a=b',
    '/api/',
    '/api/publications/..%2f..%2fx',
    '/api/%E0%A4%A',
    '//evil.example/%2e%2e',
    '/column/notices?cursor=%E0%A4%A',
    '/column/notices?cursor=AAAA&year=9999999999',
    '/?page=1&__proto__[x]=1',
  ];
  it.each(tricks.map((target) => [target.slice(0, 70), target]))('%s', async (_, target) => {
    const answer = await rawGet(port, target);
    const head = headOf(answer);
    expect(status(answer), answer.slice(0, 300)).toBeGreaterThanOrEqual(200);
    expect(status(answer), answer.slice(0, 300)).toBeLessThan(500);
    expect(answer).not.toMatch(/root:x:0:0|"packageManager"|at file:\/\/|node_modules/);
    expect(head).not.toMatch(/^set-cookie: a=b/im);
    expect(head).not.toMatch(/^location: *(\/\/|https?:\/\/evil|\/\\)/im);
  });

  it('a host name that is not ours is not believed', async () => {
    for (const path of ['/', '/feed.atom', '/sitemap.xml', '/index.json', `/item/${errand.id}`]) {
      const answer = await rawRequest(
        port,
        `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).not.toContain('evil.example');
    }
  });

  it.each(['PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'HEAD'])(
    '%s to the catalogue changes nothing and breaks nothing',
    async (method) => {
      const answer = await rawRequest(
        port,
        `${method} /item/${errand.id} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
      expect(status(answer)).toBeGreaterThanOrEqual(200);
      expect(status(answer)).toBeLessThan(500);
      if (method === 'HEAD') expect(answer.slice(headOf(answer).length + 4)).toBe('');
    },
  );

  it.each([
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6'],
    ['length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked'],
    ['a header of 100 kB', `X-Long: ${'a'.repeat(100_000)}`],
    ['a thousand cookies', `Cookie: ${'gongkai=x; '.repeat(1_000)}`],
  ])('%s', async (_, header) => {
    const answer = await rawRequest(
      port,
      `POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${header}\r\nConnection: close\r\n\r\nhello`,
    ).catch(() => 'HTTP/1.1 400 closed'); // Node may hang up on it
    expect(status(answer)).toBeGreaterThanOrEqual(400);
    expect(status(answer)).toBeLessThan(500);
  });
});

describe('many, and slow', () => {
  it('a thousand readers at once all get their page', { timeout: 60_000 }, async () => {
    const paths = [
      '/',
      `/item/${errand.id}`,
      `/file/${errand.id}/0`,
      '/search?q=公开',
      '/feed.atom',
      '/column/notices',
    ];
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, async (_, n) => {
        const response = await fetch(`${base}${paths[n % paths.length]}`);
        await response.arrayBuffer();
        return response.status;
      }),
    );
    expect([...new Set(answers)]).toEqual([200]);
  });

  it('an upload that trickles holds nobody up, and what came stays', { timeout: 30_000 }, async () => {
    const { id } = await staff.jingban.create({ metadata: { column: 'notices' } });
    const begun = await staff.jingban.call<{ upload: string }>('POST', `/api/publications/${id}/uploads`, {
      name: 'slow.txt',
      size: 1_000,
    });
    const cookie = await cookieOf('jingban');
    const trickle = rawRequest(
      port,
      [
        `PATCH /api/uploads/${begun.upload} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        `Origin: http://127.0.0.1:${port}`,
        `Cookie: ${cookie}`,
        'Content-Type: application/offset+octet-stream',
        'Upload-Offset: 0',
        'Content-Length: 1000',
        '',
        '只有一点',
      ].join('\r\n'),
      2_000,
    );
    const started = performance.now();
    expect((await fetch(`${base}/`)).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(1_500);
    await trickle;
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { offset } = await staff.jingban.call<{ offset: number }>('GET', `/api/uploads/${begun.upload}`);
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThan(1_000);
  });
});

const cookieOf = async (account: string): Promise<string> => {
  const response = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ account, password: passwordOf(account) }),
  });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
};

// Last: time goes on.
describe('when its time is over', () => {
  it('no condition, range or method gets at it, and no door names it, at that very second', async () => {
    const path = `/file/${errand.id}/0`;
    const whole = await fetch(`${base}${path}`);
    const etag = whole.headers.get('etag') ?? '';
    const bytes = new Uint8Array(await whole.arrayBuffer());
    expect(etag).toBe(`"${sha256Hex(bytes)}"`);
    expect((await fetch(`${base}${path}`, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const { item } = await staff.jingban.view(errand.id ?? '');
    const title = item.metadata.title;
    const until = Date.parse(item.until ?? '');
    ahead = until - Date.now() - 20_000;
    expect((await fetch(`${base}${path}`)).status).toBe(200);
    ahead = until - Date.now();
    const ways: Record<string, string>[] = [
      {},
      { 'if-none-match': etag },
      { 'if-none-match': '*' },
      { 'if-modified-since': new Date(until + 1e9).toUTCString() },
      { range: 'bytes=0-99' },
      { range: 'bytes=0-99', 'if-range': etag },
      { 'cache-control': 'only-if-cached' },
    ];
    for (const headers of ways)
      for (const method of ['GET', 'HEAD']) {
        const answer = await fetch(`${base}${path}`, { method, headers });
        expect([method, headers, answer.status]).toEqual([method, headers, 410]);
        expect(answer.headers.get('etag')).toBeNull();
        expect((await answer.arrayBuffer()).byteLength).toBeLessThan(bytes.length);
      }
    expect((await fetch(`${base}/item/${errand.id}`)).status).toBe(410);
    for (const list of [
      '/',
      '/index.json',
      '/column/notices',
      '/column/notices.json',
      '/feed.atom',
      '/search?q=公开',
      '/search.json?q=公开',
      '/suggest.json?q=政务',
    ])
      expect(await (await fetch(`${base}${list}`)).text(), list).not.toContain(title);
    expect(await (await fetch(`${base}/sitemap/${item.publishedAt?.slice(0, 4)}.xml`)).text()).not.toContain(
      `/item/${errand.id}<`,
    );
    for (const proof of [`/verify/${item.numbers?.code}.json`, `/verify/hash/${sha256Hex(bytes)}.json`])
      expect(await (await fetch(`${base}${proof}`)).json()).toMatchObject(
        proof.includes('hash') ? {} : { state: 'expired' },
      );
    expect(readFileSync(join(folder, 'data', 'records.sqlite')).length).toBeGreaterThan(0);
  });
});
