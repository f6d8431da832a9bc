import { auditOf, auditWrites, machine } from '@gongkai/core';
import { MemoryRecords } from '@gongkai/core/memory';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { staffRoutes } from '../staff/index.ts';
import { testStaff } from '../staff/test-staff.ts';
import { requestRecords, UnauditedChange } from './audited.ts';
import { fromOwnPages } from './origin.ts';
import { declaredActions, type Route } from './route.ts';

let world: Awaited<ReturnType<typeof testStaff>>;
let routes: readonly Route[];
beforeAll(async () => {
  world = await testStaff();
  routes = staffRoutes({ office: world.office });
});

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

describe('every route', () => {
  it('that changes something names its audit action; the others are these and say why', () => {
    const without = routes.filter((one) => one.method !== 'GET' && declaredActions(one).length === 0);
    expect(without.map(nameOf).sort()).toEqual([
      'DELETE /uploads/:id',
      'PATCH /uploads/:id',
      'POST /account/passkeys/options',
      'POST /compose',
      'POST /inspect',
      'POST /publications/:id/places', // where words stand: what is asked for is too secret for an address
      'POST /publications/:id/uploads',
      'POST /session/oidc',
      'POST /session/oidc/confirm',
      'POST /session/passkey/options',
    ]);
    for (const one of without)
      expect(one.method !== 'GET' && 'none' in one.audit && one.audit.none.length).toBeGreaterThan(10);
  });

  it('is for somebody signed in, but for these', () => {
    expect(
      routes
        .filter(({ who }) => who === 'anyone')
        .map(nameOf)
        .sort(),
    ).toEqual([
      'GET /office', // the sign-in page shows whose console it is
      'GET /openapi.json',
      'POST /session',
      'POST /session/oidc',
      'POST /session/oidc/finish',
      'POST /session/passkey',
      'POST /session/passkey/options',
    ]);
  });

  it('refuses a stranger, and a page of another site, before it looks at anything', async () => {
    const stranger = world.client();
    for (const one of routes) {
      const path = `/api${one.path.replace(/:\w+/g, '0')}`;
      if (one.who !== 'anyone')
        expect([path, (await stranger.send(one.method, path)).status]).toEqual([path, 401]);
      if (one.method === 'GET') continue;
      const headers = { origin: 'https://evil.example' };
      const answer = await stranger.send(one.method, path, { headers, body: {} });
      expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'cross-site']);
    }
  });

  it('that decides, appoints or makes credentials cannot be called with a token', () => {
    const withToken = routes.filter((one) => one.token && one.method !== 'GET').map(nameOf);
    expect(withToken.sort()).toEqual([
      'DELETE /publications/:id/files/:file',
      'DELETE /uploads/:id',
      'PATCH /publications/:id',
      'PATCH /uploads/:id',
      'POST /compose',
      'POST /inspect',
      'POST /publications',
      'POST /publications/:id/compose', // an upload of what was made
      'POST /publications/:id/decisions', // 自审 only, see publication-routes.ts
      'POST /publications/:id/places', // only looks
      'POST /publications/:id/uploads',
      'POST /uploads/:id/finish',
    ]);
  });

  it('is in the description, with its schemas', async () => {
    const { body } = await world.client().get('/api/openapi.json');
    const paths = body.paths as Record<string, Record<string, { responses: object }>>;
    for (const one of routes) {
      if (one.path === '/openapi.json') continue;
      const operation = paths[`/api${one.path.replace(/:(\w+)/g, '{$1}')}`]?.[one.method.toLowerCase()];
      expect([nameOf(one), operation !== undefined]).toEqual([nameOf(one), true]);
    }
    expect(JSON.stringify(body)).toContain('first-reviewer');
    const search = paths['/api/search']?.get as unknown as {
      parameters: { name: string; required: boolean }[];
    };
    expect(search.parameters.find(({ name }) => name === 'q')?.required).toBe(true);
  });
});

describe('records of a request', () => {
  const put = (partition: string) =>
    ({ kind: 'put', key: { partition, sort: 'x' }, data: {}, expect: 'absent' }) as const;
  const told = (action: string) => auditWrites(auditOf(world.office, machine('test'), action, 'per_1', {}));

  it('refuse a change without its audit entry, and an entry that the route has not declared', async () => {
    const records = requestRecords(new MemoryRecords(), ['person.changed']);
    await expect(records.commit([put('people')])).rejects.toThrow(UnauditedChange);
    await expect(records.commit([put('people'), ...told('person.added')])).rejects.toThrow(UnauditedChange);
    await expect(records.commit([put('people'), put('session/1')])).rejects.toThrow(UnauditedChange);
    expect(await records.commit([put('people'), ...told('person.changed')])).toEqual({ ok: true });
  });

  it('let bookkeeping through, and nothing else from a route that only reads', async () => {
    const records = requestRecords(new MemoryRecords(), []);
    expect(await records.commit([put('session/1')])).toEqual({ ok: true });
    await expect(records.commit(told('person.changed'))).rejects.toThrow(UnauditedChange);
  });
});

describe('hostile requests', () => {
  const path = '/api/publications';

  it('get a problem and no stack: malformed, huge, wrong type, wrong shape, unknown', async () => {
    const zhao = await world.as('zhao');
    const code = async (sent: Parameters<typeof zhao.send>[2], method = 'POST', to = path) => {
      const { status, body } = await zhao.send(method, to, sent);
      expect(
        z.object({ zh: z.string().min(1), en: z.string().min(1), correlation: z.string() }).safeParse(body)
          .success,
      ).toBe(true);
      return [status, body.code];
    };
    const json = { 'content-type': 'application/json' };
    expect(await code({ body: '{"metadata":', headers: json })).toEqual([400, 'invalid-input']);
    expect(
      await code({ body: JSON.stringify({ metadata: { title: 'x'.repeat(1_100_000) } }), headers: json }),
    ).toEqual([413, 'too-large']);
    expect(await code({ body: '{}', headers: { 'content-type': 'text/plain' } })).toEqual([
      400,
      'invalid-input',
    ]);
    expect(await code({ body: { metadata: { title: 7 } } })).toEqual([400, 'invalid-input']);
    expect(await code({ body: '[]', headers: json })).toEqual([400, 'invalid-input']);
    expect(await code({}, 'GET', '/api/nothing-here')).toEqual([404, 'not-found']);
    expect(await code({}, 'POST', '/api/office')).toEqual([404, 'not-found']);
    expect(await code({}, 'GET', `${path}?state=public`)).toEqual([400, 'invalid-input']);
  });

  it('find nothing by path tricks', async () => {
    const zhao = await world.as('zhao');
    const id = await world.draft(zhao);
    for (const trick of [
      '/api/publications/..%2F..%2Fpeople',
      '/api/publications/people%2Fper_1',
      `/api/publications/${id}%00`,
      `/api/publications/${'a'.repeat(3000)}`,
      '/api/publications/%E5%85%AC%E5%BC%80',
      `/api/publications/${id}/files/-1/pdf`,
      `/api/publications/${id}/files/0%2F..%2F0/pdf`,
      `/api/publications/${id}/files/1e9/pdf`,
      `/api/publications/${id}/files/99/original`,
      '/api/uploads/..%2F..%2Fetc%2Fpasswd',
    ])
      expect([trick, (await zhao.get(trick)).status]).toEqual([trick, 404]);
  });

  it('cannot make the server tell its inside when it breaks', async () => {
    const broken = await testStaff(undefined, (office) => ({
      ...office,
      search: { ...office.search, query: () => Promise.reject(new Error('disk /var/lib/secret is full')) },
    }));
    const zhao = await broken.as('zhao');
    const { status, body } = await zhao.get('/api/search?q=x');
    expect([status, body.code]).toEqual([500, 'unexpected']);
    expect(JSON.stringify(body)).not.toContain('secret');
    const line = broken.log.find(({ event }) => event === 'request.broken');
    expect(line?.fields).toMatchObject({ correlation: body.correlation });
    expect(String(line?.fields.error)).toContain('disk /var/lib/secret is full');
  });
});

it('takes changing requests from its own pages only', () => {
  const from = (headers: Record<string, string>) =>
    fromOwnPages(new Request('http://gov.example/api/x', { method: 'POST', headers }), [
      'https://proxy.example',
    ]);
  expect(from({ 'sec-fetch-site': 'same-origin', origin: 'http://gov.example' })).toBe(true);
  expect(from({ origin: 'https://gov.example' })).toBe(true); // a proxy ends TLS in front
  expect(from({ origin: 'https://proxy.example' })).toBe(true);
  expect(from({})).toBe(true);
  expect(from({ cookie: 'gongkai=1' })).toBe(false);
  for (const site of ['cross-site', 'same-site', 'none'])
    expect(from({ 'sec-fetch-site': site, origin: 'http://gov.example' })).toBe(false);
  for (const origin of ['null', 'http://evil.example', 'http://gov.example.evil', 'http://sub.gov.example'])
    expect(from({ origin, 'sec-fetch-site': 'same-origin' })).toBe(false);
});
