import { type Role, role } from '@gongkai/core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../route/index.ts';
import { foundPerson } from '../sign-in/index.ts';
import { staffRoutes } from './index.ts';
import { passwordOf, type TestClient, testStaff } from './test-staff.ts';

/** The wrong people: every role at every route, and those who are almost the right ones. */

let world: Awaited<ReturnType<typeof testStaff>>;
let routes: readonly Route[];
const clients = new Map<Role, TestClient>();
let draft: string;

beforeAll(async () => {
  world = await testStaff();
  routes = staffRoutes({ office: world.office });
  for (const one of role.options) {
    const made = await foundPerson(world.office, {
      account: `only-${one}`,
      name: `只有${one}`,
      password: passwordOf(`only-${one}`),
      roles: [one],
    });
    if (!made.ok) throw new Error(made.error.code);
  }
  for (const one of role.options) clients.set(one, await world.as(`only-${one}`));
  draft = await world.draft(await world.as('zhao'), '尚未公开的内容');
}, 60_000);

const filled = (one: Route, id: string): string => `/api${one.path.replace(':id', id).replace(/:\w+/g, '0')}`;
/** Ends the session that it walks with. */
const leaving = (one: Route): boolean => one.method === 'DELETE' && one.path === '/session';

describe('every role at every route', () => {
  it('is let in where it is named and nowhere else, and nothing breaks', { timeout: 60_000 }, async () => {
    let refused = 0;
    for (const one of routes.filter((route) => !leaving(route)))
      for (const [name, client] of clients) {
        const answer = await client.send(one.method, filled(one, 'pub_none'), {
          ...(one.method === 'GET' ? {} : { body: {} }),
          ...(one.version === undefined ? {} : { version: 1 }),
        });
        const what = `${name}: ${one.method} ${one.path} ${answer.status} ${JSON.stringify(answer.body)}`;
        expect(answer.status, what).toBeLessThan(500);
        const named = one.who === 'anyone' || one.who === 'staff' || one.who.includes(name);
        if (named) expect(answer.body.code, what).not.toBe('not-signed-in');
        else {
          expect([403, 404], what).toContain(answer.status);
          expect(answer.body.code, what).toBe('not-allowed');
          refused += 1;
        }
      }
    expect(refused).toBeGreaterThan(60);
  });

  it('a draft is nothing to the administrator, by whatever door', async () => {
    const administrator = clients.get('administrator');
    for (const one of routes.filter(({ path }) => path.startsWith('/publications'))) {
      const answer = await administrator?.send(one.method, filled(one, draft), {
        ...(one.method === 'GET' ? {} : { body: {} }),
        version: 1,
      });
      expect([one.path, answer?.status]).toEqual([one.path, 403]);
    }
    for (const path of [
      '/api/audit',
      '/api/audit/export',
      `/api/audit?subject=${draft}`,
      '/api/search?q=公示',
    ])
      expect([path, (await administrator?.get(path))?.status]).toEqual([path, 403]);
    const letters = await administrator?.get('/api/dead-letters');
    expect(JSON.stringify(letters?.body)).not.toContain('公示');
  });
});

describe('almost the right person', () => {
  it('a maker who has become a reviewer does not review what they made, nor does their second account', async () => {
    const zhao = await world.as('zhao');
    const id = await world.draft(zhao);
    expect((await zhao.decide(id, { verdict: 'approve' })).status).toBe(200);
    const li = await world.as('li');
    const promoted = await li.send('PATCH', `/api/people/${world.people.zhao}`, {
      body: { roles: ['maker', 'first-reviewer', 'second-reviewer'] },
    });
    expect(promoted.status).toBe(200);
    world.clock.advance(48 * 3600);
    const again = await world.as('zhao');
    const answer = await again.decide(id, { verdict: 'approve' });
    expect([answer.status, answer.body.code]).toEqual([403, 'same-person']);
  });

  it('a maker whose role is taken away while signed in takes nothing back and discards nothing', async () => {
    const [zhao, li] = [await world.as('zhao'), await world.as('li')];
    const [drafted, waiting] = [await world.draft(zhao), await world.draft(zhao)];
    await zhao.decide(waiting, { verdict: 'approve' });
    const { id } = (await zhao.get('/api/session')).body.person as { id: string };
    const roles = (of: Role[]) => li.send('PATCH', `/api/people/${id}`, { body: { roles: of } });
    expect((await roles(['supervisor'])).status).toBe(200);
    for (const path of [`${drafted}/discard`, `${waiting}/recall`])
      expect((await zhao.post(`/api/publications/${path}`)).body.code).toBe('not-allowed');
    expect((await roles(['maker'])).status).toBe(200);
    expect((await zhao.post(`/api/publications/${waiting}/recall`)).status).toBe(200);
  });

  it('a reviewer who recognises a state secret stops it over HTTP as well', async () => {
    const zheng = await world.as('zheng');
    const id = await world.draft(zheng, '没有标志的秘密事项');
    expect((await zheng.decide(id, { verdict: 'approve' })).status).toBe(200);
    const qian = await world.as('qian');
    const stopped = await qian.decide(id, {
      verdict: 'refuse',
      ground: 'state-secret',
      reason: '属于秘密级事项',
    });
    expect([stopped.status, stopped.body]).toMatchObject([200, { state: 'stopped' }]);
    await world.drain();
    expect((await qian.get(`/api/publications/${id}/files/0/original`)).status).toBe(404);
  });

  it('a stranger cannot bring a session of their own choosing', async () => {
    const chosen = 'A'.repeat(43);
    const client = world.client();
    client.cookie = `gongkai=${chosen}`;
    await client.signIn('qian');
    expect(client.cookie).not.toContain(chosen);
    const fixed = world.client();
    fixed.cookie = `gongkai=${chosen}`;
    expect((await fixed.get('/api/work')).status).toBe(401);
  });

  it('a header of another kind does not let a cookie of ours past the check of its origin', async () => {
    const sun = await world.as('sun');
    for (const authorization of [
      'Basic c3VuOng=',
      'Bearer x',
      'Bearer gk_000000000000000000_'.padEnd(72, 'x'),
    ]) {
      const answer = await sun.post(
        '/api/tokens',
        {},
        { headers: { authorization, origin: 'https://evil.example' } },
      );
      expect(answer.status).toBe(401);
    }
  });

  it('a blocked account stays blocked after a restart of the product', { timeout: 30_000 }, async () => {
    const guess = () => world.client().signIn('zhou', 'Falsches-Passwort-1');
    let last = await guess();
    for (let n = 0; n < 10 && last.body.code !== 'rate-limited'; n += 1) last = await guess();
    expect(last.body.code).toBe('rate-limited');
    // Nothing is in memory: another app over the same records knows it too.
    const { createApi } = await import('../index.ts');
    const other = createApi({ office: world.office, addressOf: () => '203.0.113.9' });
    const answer = await other.request('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost' },
      body: JSON.stringify({ account: 'zhou', password: passwordOf('zhou') }),
    });
    expect(answer.status).toBe(429);
  });
});
