import { oidcSettings } from '@gongkai/api/settings';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestClient, testPolicy, testStaff } from '../../packages/api/src/staff/test-staff.ts';
import { clientSecret, startIdentityProvider, Visitor } from './identity-provider.ts';

const address = 'https://gongkai.example';
type Claims = Record<string, unknown>;

/** A browser with both our cookies: the session's and that of a way to the provider. */
class Browser extends TestClient {
  readonly jar = new Map<string, string>();

  override async raw(...[method, path, sent]: Parameters<TestClient['raw']>): Promise<Response> {
    this.cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await super.raw(method, path, sent);
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
      if (/Max-Age=0/.test(line)) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return response;
  }
}

describe("sign-in by the office's own provider (oidc-provider on this machine)", () => {
  let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
  beforeAll(async () => {
    provider = await startIdentityProvider(address);
  }, 30_000);
  afterAll(() => provider.stop());
  beforeEach(() => {
    provider.bends(undefined);
    provider.breaks(false);
    provider.says(() => ({}));
  });

  const openOffice = async (more: object = {}, policy = testPolicy()) => {
    const settings = oidcSettings.parse({
      issuer: provider.issuer,
      clientId: 'gongkai',
      claim: 'employee_number',
      scope: 'staff',
      ...more,
    });
    const world = await testStaff(policy, undefined, {
      oidc: { ...settings, secret: async () => clientSecret },
    });
    /** The office's clock stands until it is told to go; the provider's goes. `ahead`: by so many seconds. */
    const tick = (ahead = 0) => world.clock.set(new Date(Date.now() + ahead * 1000).toISOString());
    tick();
    const browser = () => new Browser((request) => world.app.request(request));
    const admin = await world.as('li');
    const link = (account: string, to: object) =>
      admin.post(`/api/people/${world.people[account]}/identity`, to);
    const begin = async (who: Browser, path = '/api/session/oidc'): Promise<string> => {
      const { status, body } = await who.post(path);
      if (status !== 200) throw new Error(JSON.stringify(body));
      return String(body.url);
    };
    const finish = (who: Browser, query: string) => who.post('/api/session/oidc/finish', { query });
    const signIn = async (who: Browser, subject: string, visitor = new Visitor(), form: Claims = {}) => {
      tick();
      const url = await begin(who);
      return finish(who, await visitor.goes(url, { login: subject, ...form } as Record<string, string>));
    };
    const confirm = async (who: Browser, subject: string, visitor: Visitor) => {
      const url = await begin(who, '/api/session/oidc/confirm');
      return finish(who, await visitor.goes(url, { login: subject }));
    };
    const audit = async (subject: string): Promise<string[]> => {
      const zhou = await world.as('zhou');
      const { body } = await zhou.get(`/api/audit?subject=${subject}`);
      return (body.entries as { action: string }[]).map(({ action }) => action);
    };
    return { ...world, tick, browser, admin, link, begin, finish, signIn, confirm, audit };
  };
  let office: Awaited<ReturnType<typeof openOffice>>;
  beforeEach(async () => {
    office = await openOffice();
  }, 30_000);
  const outcome = ({ status, body }: { status: number; body: Claims }) => [status, body.code];

  it('lets in whom an administrator has linked, with the roles of our records and not of the token', async () => {
    expect((await office.link('zhao', { subject: 'emp-1' })).status).toBe(204);
    provider.says(() => ({
      roles: ['administrator', 'principal'],
      name: '别的名字',
      email: 'li@example.gov.cn',
    }));
    const zhao = office.browser();
    const { status, body } = await office.signIn(zhao, 'emp-1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      by: 'oidc',
      account: 'zhao',
      person: { roles: ['maker'], name: '员工zhao' },
    });
    expect((await zhao.get('/api/people')).status).toBe(403);
    expect(await office.audit(office.people.zhao ?? '')).toEqual(
      expect.arrayContaining(['session.begun', 'identity.linked']),
    );
  });

  it('sends the browser with PKCE, state, nonce and the exact address to come back to', async () => {
    const url = new URL(await office.begin(office.browser()));
    const sent = Object.fromEntries(url.searchParams);
    expect(sent).toMatchObject({
      response_type: 'code',
      client_id: 'gongkai',
      redirect_uri: `${address}/console/oidc`,
      scope: 'openid staff',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(sent[name]).toMatch(/^[\w-]{43}$/);
    expect(new Set([sent.state, sent.nonce, sent.code_challenge]).size).toBe(3);
    const again = new URL(await office.begin(office.browser())).searchParams;
    expect(again.get('state')).not.toBe(sent.state);
  });

  it('gives an unknown subject a sentence with that subject and no session', async () => {
    const nobody = office.browser();
    const answer = await office.signIn(nobody, 'stranger-9');
    expect(outcome(answer)).toEqual([403, 'oidc-unknown']);
    expect(answer.body.zh).toContain('stranger-9');
    expect((await nobody.get('/api/session')).status).toBe(401);
  });

  it('lets nobody in who is disabled, and ends the sessions of whom is unlinked', async () => {
    await office.link('zhao', { subject: 'emp-1' });
    const zhao = office.browser();
    expect((await office.signIn(zhao, 'emp-1')).status).toBe(200);
    const path = `/api/people/${office.people.zhao}`;
    await office.admin.send('PATCH', path, { body: { disabled: true } });
    expect((await zhao.get('/api/session')).status).toBe(401);
    expect(outcome(await office.signIn(zhao, 'emp-1'))).toEqual([403, 'person-disabled']);
    await office.admin.send('PATCH', path, { body: { disabled: false } });
    expect((await office.signIn(zhao, 'emp-1')).status).toBe(200);
    expect((await office.admin.send('DELETE', `${path}/identity`)).status).toBe(204);
    expect((await zhao.get('/api/session')).status).toBe(401);
    expect(outcome(await office.signIn(zhao, 'emp-1'))).toEqual([403, 'oidc-unknown']);
    expect(await office.audit(office.people.zhao ?? '')).toContain('identity.unlinked');
  });

  it('one subject is one person, one person one subject', async () => {
    expect((await office.link('zhao', { subject: 'emp-1' })).status).toBe(204);
    expect(outcome(await office.link('qian', { subject: 'emp-1' }))).toEqual([409, 'identity-taken']);
    expect(outcome(await office.link('zhao', { subject: 'emp-2' }))).toEqual([409, 'identity-present']);
    expect(outcome(await office.link('zhao', { claim: '007' }))).toEqual([409, 'identity-present']);
    const both = await Promise.all([
      office.link('qian', { subject: 'emp-3' }),
      office.link('sun', { subject: 'emp-3' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    const people = (await office.admin.get('/api/people')).body.people as {
      identity?: { subject: string };
    }[];
    expect(people.flatMap(({ identity }) => identity?.subject ?? []).sort()).toEqual(['emp-1', 'emp-3']);
  });

  it('whoever gets a new way in as a reviewer waits anew, so that an administrator makes no pair of eyes', async () => {
    await office.link('qian', { subject: 'emp-4' });
    const qian = (await office.admin.get('/api/people')).body.people as {
      name: string;
      reviewerSince?: string;
    }[];
    expect(qian.find(({ name }) => name === '员工qian')?.reviewerSince).toBe(office.clock.now());
  });

  it('links by an invitation once: the first who comes with that number is the person, the second is nobody', async () => {
    provider.says(() => ({ employee_number: 20_417 }));
    expect((await office.link('zhao', { claim: '20417' })).status).toBe(204);
    expect(outcome(await office.link('qian', { claim: '20417' }))).toEqual([409, 'identity-taken']);
    expect((await office.signIn(office.browser(), 'sub-a')).body).toMatchObject({ account: 'zhao' });
    expect(outcome(await office.signIn(office.browser(), 'sub-b'))).toEqual([403, 'oidc-unknown']);
    // The number may change afterwards: it is the subject that counts.
    provider.says(() => ({ employee_number: 'other' }));
    expect((await office.signIn(office.browser(), 'sub-a')).body).toMatchObject({ account: 'zhao' });
    expect(await office.audit(office.people.zhao ?? '')).toEqual(
      expect.arrayContaining(['identity.invited', 'identity.linked']),
    );
  });

  it('an invitation is over after thirty days, and one by an address that nobody verified is none', async () => {
    provider.says(() => ({ employee_number: '5' }));
    await office.link('zhao', { claim: '5' });
    for (const [days, answer] of [
      [31, [403, 'oidc-unknown']],
      [29, [200, undefined]],
    ] as const) {
      office.tick(days * 86_400);
      const exp = Date.parse(office.clock.now()) / 1000 + 60;
      provider.bends((claims, key, sign) => sign({ ...claims, exp: Math.floor(exp) }, key));
      const who = office.browser();
      const query = await new Visitor().goes(await office.begin(who), { login: 'late' });
      expect([days, outcome(await office.finish(who, query))]).toEqual([days, answer]);
    }
    provider.bends(undefined);
    const byMail = await openOffice({ claim: 'email' });
    await byMail.link('zhao', { claim: 'zhao@example.gov.cn' });
    provider.says(() => ({ email: 'zhao@example.gov.cn', email_verified: false }));
    expect(outcome(await byMail.signIn(byMail.browser(), 's'))).toEqual([403, 'oidc-unknown']);
    provider.says(() => ({ email: 'zhao@example.gov.cn', email_verified: true }));
    expect((await byMail.signIn(byMail.browser(), 's')).status).toBe(200);
  });

  describe('what comes back', () => {
    beforeEach(() => office.link('zhao', { subject: 'emp-1' }));
    const way = async (who = office.browser()) => {
      office.tick();
      const query = await new Visitor().goes(await office.begin(who), { login: 'emp-1' });
      return { who, query };
    };

    it('counts once: played again, or sent twice at once, it begins no second session', async () => {
      const { who, query } = await way();
      const both = await Promise.all([office.finish(who, query), office.finish(who, query)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(outcome(await office.finish(who, query))).toEqual([409, 'oidc-not-begun']);
    });

    it('counts in the browser that was sent only, whose way it then still is', async () => {
      const { who, query } = await way();
      const without = office.browser();
      const told = await office.finish(without, query);
      expect(outcome(told)).toEqual([401, 'oidc-cookie-missing']);
      expect(told.body.en).toContain(`${address}/console/`);
      const other = (await way()).who;
      expect(outcome(await office.finish(other, query))).toEqual([409, 'oidc-not-begun']);
      expect((await other.get('/api/session')).status).toBe(401);
      expect((await office.finish(who, query)).status).toBe(200);
    });

    it('counts for ten minutes, and two ways begun by a double click are both good', async () => {
      const { who, query } = await way();
      const second = await way(who);
      office.tick(601);
      expect(outcome(await office.finish(who, query))).toEqual([409, 'oidc-not-begun']);
      office.tick();
      expect((await office.finish(who, second.query)).status).toBe(200);
    });

    it('from a foreign page is refused before it is looked at', async () => {
      const { who, query } = await way();
      const sent = { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } };
      expect(outcome(await who.post('/api/session/oidc/finish', { query }, sent))).toEqual([
        403,
        'cross-site',
      ]);
    });

    it('with another state, another issuer, a doubled parameter or no code is none', async () => {
      const bent: ((query: URLSearchParams) => void)[] = [
        (query) => query.set('iss', 'https://other-provider.example'),
        (query) => query.append('code', 'x'),
        (query) => query.delete('code'),
        (query) => query.delete('iss'),
      ];
      for (const bend of bent) {
        const { who, query } = await way();
        const parameters = new URLSearchParams(query);
        bend(parameters);
        expect([String(bend), ...outcome(await office.finish(who, parameters.toString()))]).toEqual([
          String(bend),
          401,
          'oidc-answer-invalid',
        ]);
        expect((await who.get('/api/session')).status).toBe(401);
      }
      const { who, query } = await way();
      const parameters = new URLSearchParams(query);
      for (const state of ['', '../x', 'A'.repeat(43)]) {
        parameters.set('state', state);
        expect(outcome(await office.finish(who, parameters.toString()))).toEqual([409, 'oidc-not-begun']);
      }
    });

    it('with a code for another client, or of another way, is none', async () => {
      const { who, query } = await way();
      const url = new URL(await office.begin(office.browser()));
      url.searchParams.set('client_id', 'another');
      const foreign = new URLSearchParams(await new Visitor().goes(url.href, { login: 'emp-1' }));
      const mixed = new URLSearchParams(query);
      mixed.set('code', foreign.get('code') ?? '');
      expect(outcome(await office.finish(who, mixed.toString()))).toEqual([401, 'oidc-answer-invalid']);
      const mine = await way();
      const theirs = await way();
      const swapped = new URLSearchParams(mine.query);
      swapped.set('code', new URLSearchParams(theirs.query).get('code') ?? '');
      expect(outcome(await office.finish(mine.who, swapped.toString()))).toEqual([
        401,
        'oidc-answer-invalid',
      ]);
    });

    it('with a token of another issuer, for another client, of another way, over, or signed by nobody is none', async () => {
      const now = () => Math.floor(Date.now() / 1000);
      const bends: Record<string, Parameters<typeof provider.bends>[0]> = {
        issuer: (claims, key, sign) => sign({ ...claims, iss: 'https://other.example' }, key),
        audience: (claims, key, sign) => sign({ ...claims, aud: 'another' }, key),
        party: (claims, key, sign) => sign({ ...claims, aud: ['gongkai', 'another'], azp: 'another' }, key),
        nonce: (claims, key, sign) => sign({ ...claims, nonce: 'A'.repeat(43) }, key),
        'no nonce': ({ nonce: _, ...claims }, key, sign) => sign(claims, key),
        over: (claims, key, sign) => sign({ ...claims, exp: now() - 60 }, key),
        'no subject': ({ sub: _, ...claims }, key, sign) => sign(claims, key),
        signature: (claims, key, sign) => `${sign(claims, key).slice(0, -8)}AAAAAAAA`,
        unsigned: (claims) =>
          `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`,
      };
      for (const [what, bend] of Object.entries(bends)) {
        const { who, query } = await way();
        provider.bends(bend);
        expect([what, ...outcome(await office.finish(who, query))]).toEqual([
          what,
          401,
          'oidc-answer-invalid',
        ]);
        expect((await who.get('/api/session')).status).toBe(401);
      }
      // And the same by the same hand, unbent, is good.
      const { who, query } = await way();
      provider.bends((claims, key, sign) => sign(claims, key));
      expect((await office.finish(who, query)).status).toBe(200);
      expect(JSON.stringify(office.log)).not.toContain(new URLSearchParams(query).get('code'));
    });

    it('half a minute between the clocks is allowed, two hours are not', async () => {
      for (const [ahead, status] of [
        [-20, 200],
        [20, 200],
        [7200, 401],
      ] as const) {
        const who = office.browser();
        office.tick(ahead);
        const query = await new Visitor().goes(await office.begin(who), { login: 'emp-1' });
        expect([ahead, (await office.finish(who, query)).status]).toEqual([ahead, status]);
      }
    });

    it('after the person said no, tells so and shows nothing that the provider wrote', async () => {
      const who = office.browser();
      office.tick();
      const query = await new Visitor().goes(await office.begin(who), { no: '1' });
      const { status, body } = await office.finish(who, query);
      expect([status, body.code]).toEqual([401, 'oidc-refused']);
      expect(body.zh).toContain('access_denied');
      expect(JSON.stringify(body)).not.toContain('thanks');
    });

    it('the provider changes its key: the next sign-in finds it, with nothing to restart', async () => {
      expect((await office.signIn(office.browser(), 'emp-1')).status).toBe(200);
      provider.changesKey();
      expect((await office.signIn(office.browser(), 'emp-1')).status).toBe(200);
    });

    it('the provider is down before or on the way: a sentence, and local accounts work', async () => {
      const { who, query } = await way();
      provider.breaks(true);
      expect(outcome(await office.finish(who, query))).toEqual([503, 'oidc-unreachable']);
      expect(outcome(await office.browser().post('/api/session/oidc'))).toEqual([503, 'oidc-unreachable']);
      expect((await office.browser().signIn('zhao')).status).toBe(200);
      provider.breaks(false);
      expect((await office.signIn(office.browser(), 'emp-1')).status).toBe(200);
      const nowhere = await openOffice({ issuer: 'http://127.0.0.1:9' });
      expect(outcome(await nowhere.browser().post('/api/session/oidc'))).toEqual([503, 'oidc-unreachable']);
    });
  });

  describe('a step that asks who you are again', () => {
    it('asks the provider to ask anew, and counts for the same person at the same session only', async () => {
      await office.link('li', { subject: 'boss' });
      await office.link('zhou', { subject: 'emp-8' });
      const boss = office.browser();
      const visitor = new Visitor();
      expect((await office.signIn(boss, 'boss', visitor)).status).toBe(200);
      const step = async () =>
        outcome(
          await boss.send('PATCH', `/api/people/${office.people.zhao}`, { body: { department: '办公室' } }),
        );
      expect(await step()).toEqual([200, undefined]); // the provider asked just now
      office.tick(11 * 60);
      expect(await step()).toEqual([403, 'reauthentication-needed']);

      office.tick();
      office.clock.advance(11 * 60);
      // Time has gone on for the office alone, so what the provider says now is old.
      const url = await office.begin(boss, '/api/session/oidc/confirm');
      expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({ prompt: 'login', max_age: '0' });
      expect(outcome(await office.finish(boss, await visitor.goes(url, { login: 'boss' })))).toEqual([
        403,
        'oidc-not-fresh',
      ]);
      expect(await step()).toEqual([403, 'reauthentication-needed']);
    });

    it('is confirmed by signing in again there, once, and never by somebody else', async () => {
      await office.link('li', { subject: 'boss' });
      await office.link('zhou', { subject: 'emp-8' });
      const boss = office.browser();
      const visitor = new Visitor();
      await office.signIn(boss, 'boss', visitor);
      const before = (await boss.get('/api/session')).body.confirmedUntil;
      const asked = visitor.asked;
      office.clock.advance(5);
      expect((await office.confirm(boss, 'boss', visitor)).status).toBe(204);
      expect(visitor.asked).toBe(asked + 1); // though the provider knew them
      expect(String((await boss.get('/api/session')).body.confirmedUntil) > String(before)).toBe(true);
      expect(await office.audit(office.people.li ?? '')).toContain('session.confirmed');

      expect(outcome(await office.confirm(boss, 'emp-8', new Visitor()))).toEqual([403, 'oidc-other-person']);
      // An answer that another session of the same person had asked for, in the same browser.
      const earlier = await office.begin(boss, '/api/session/oidc/confirm');
      const old = await visitor.goes(earlier, { login: 'boss' });
      await office.signIn(boss, 'boss', new Visitor());
      expect(outcome(await office.finish(boss, old))).toEqual([401, 'not-signed-in']);
      const url = await office.begin(boss, '/api/session/oidc/confirm');
      const query = await visitor.goes(url, { login: 'boss' });
      await boss.send('DELETE', '/api/session');
      expect(outcome(await office.finish(boss, query))).toEqual([401, 'not-signed-in']);
    });

    it('is not confirmed by a provider that keeps quiet about when it asked, nor by an old time', async () => {
      await office.link('li', { subject: 'boss' });
      const boss = office.browser();
      const visitor = new Visitor();
      await office.signIn(boss, 'boss', visitor);
      provider.bends(({ auth_time: _, ...claims }, key, sign) => sign(claims, key));
      expect(outcome(await office.confirm(boss, 'boss', visitor))).toEqual([403, 'oidc-not-fresh']);
      provider.bends((claims, key, sign) =>
        sign({ ...claims, auth_time: Math.floor(Date.now() / 1000) - 300 }, key),
      );
      expect(outcome(await office.confirm(boss, 'boss', visitor))).toEqual([403, 'oidc-not-fresh']);
    });

    it('is asked for at once when the provider let the person in without asking', async () => {
      await office.link('li', { subject: 'boss' });
      provider.bends((claims, key, sign) =>
        sign({ ...claims, auth_time: Math.floor(Date.now() / 1000) - 3600 }, key),
      );
      const boss = office.browser();
      await office.signIn(boss, 'boss');
      const answer = await boss.send('PATCH', `/api/people/${office.people.zhao}`, {
        body: { department: 'x' },
      });
      expect(outcome(answer)).toEqual([403, 'reauthentication-needed']);
    });

    it('one person with a local session and one at the provider is still one person to the four eyes', async () => {
      await office.link('wu', { subject: 'emp-5' });
      const local = await office.as('wu');
      const id = await office.draft(local);
      const approve = { verdict: 'approve' };
      expect((await local.decide(id, approve)).body).toMatchObject({ state: 'first-review' });
      const there = office.browser();
      await office.signIn(there, 'emp-5');
      expect(outcome(await there.decide(id, approve))).toEqual([403, 'same-person']);
    });
  });

  it('signs out here and tells where the provider ends its own session', async () => {
    await office.link('zhao', { subject: 'emp-1' });
    const zhao = office.browser();
    await office.signIn(zhao, 'emp-1');
    const { status, body } = await zhao.send('DELETE', '/api/session');
    expect(status).toBe(200);
    const end = new URL(String(body.endSession));
    expect(end.origin).toBe(provider.issuer);
    expect(end.searchParams.get('post_logout_redirect_uri')).toBe(`${address}/console/`);
    expect((await zhao.get('/api/session')).status).toBe(401);
    await office.signIn(zhao, 'emp-1');
    provider.breaks(true);
    expect((await zhao.send('DELETE', '/api/session')).status).toBeLessThan(300);
    expect((await zhao.get('/api/session')).status).toBe(401);
  });

  it('where the office wants it, only administrators come in with a local account', async () => {
    const strict = await openOffice({ local: 'administrators' });
    expect(outcome(await strict.browser().signIn('zhao'))).toEqual([403, 'local-sign-in-off']);
    expect(outcome(await strict.browser().signIn('zhao', 'wrong'))).toEqual([401, 'wrong-credentials']);
    expect((await strict.browser().signIn('li')).status).toBe(200);
    // And a new person needs no password at all, which opens nothing.
    const made = await strict.admin.post('/api/people', { name: '新来的', account: 'xin', roles: ['maker'] });
    expect(made.status).toBe(200);
    for (const password of ['', ' ', 'undefined'])
      expect(outcome(await strict.browser().signIn('xin', password))).toEqual([401, 'wrong-credentials']);
    await strict.admin.post(`/api/people/${made.body.id}/identity`, { subject: 'emp-new' });
    expect((await strict.signIn(strict.browser(), 'emp-new')).body).toMatchObject({ account: 'xin' });
  });

  it('takes no weaker proof than the office asks for', async () => {
    const strict = await openOffice({ acr: ['urn:office:two'] });
    await strict.link('zhao', { subject: 'emp-1' });
    expect(outcome(await strict.signIn(strict.browser(), 'emp-1'))).toEqual([403, 'oidc-weak']);
    const one = { acr: 'urn:office:one' };
    expect(outcome(await strict.signIn(strict.browser(), 'emp-1', new Visitor(), one))).toEqual([
      403,
      'oidc-weak',
    ]);
    const two = { acr: 'urn:office:two' };
    expect((await strict.signIn(strict.browser(), 'emp-1', new Visitor(), two)).status).toBe(200);
    const demanding = testPolicy((policy) => ({
      ...policy,
      password: { ...policy.password, secondFactor: 'required' },
    }));
    const factor = await testStaff(demanding, undefined, {
      oidc: {
        ...oidcSettings.parse({ issuer: provider.issuer, clientId: 'gongkai' }),
        secret: async () => clientSecret,
      },
    });
    factor.clock.set(new Date().toISOString());
    const who = new Browser((request) => factor.app.request(request));
    const url = String((await who.post('/api/session/oidc')).body.url);
    const query = await new Visitor().goes(url, { login: 'emp-1' });
    expect(outcome(await who.post('/api/session/oidc/finish', { query }))).toEqual([403, 'oidc-weak']);
  });

  it('a wrong or unreadable secret lets nobody in and shows nothing of it', async () => {
    for (const [secret, code] of [
      [async () => 'wrong-secret', 'oidc-answer-invalid'],
      [async () => Promise.reject(new Error('ENOENT /etc/secret')), 'oidc-unreachable'],
    ] as const) {
      const settings = oidcSettings.parse({ issuer: provider.issuer, clientId: 'gongkai' });
      const world = await testStaff(testPolicy(), undefined, { oidc: { ...settings, secret } });
      world.clock.set(new Date().toISOString());
      const who = new Browser((request) => world.app.request(request));
      const begun = await who.post('/api/session/oidc');
      const last =
        begun.status === 200
          ? await who.post('/api/session/oidc/finish', {
              query: await new Visitor().goes(String(begun.body.url), { login: 'x' }),
            })
          : begun;
      expect(last.body.code).toBe(code);
      expect(JSON.stringify(last.body)).not.toMatch(/secret|ENOENT/);
    }
  });

  it('an office without a provider says so', async () => {
    const plain = await testStaff();
    const answer = await new Browser((request) => plain.app.request(request)).post('/api/session/oidc');
    expect(outcome(answer)).toEqual([404, 'oidc-off']);
    const li = await plain.as('li');
    const link = await li.post(`/api/people/${plain.people.zhao}/identity`, { subject: 'x' });
    expect(outcome(link)).toEqual([404, 'oidc-off']);
    const without = await li.post('/api/people', { name: '新', account: 'xin', roles: ['maker'] });
    expect(outcome(without)).toEqual([422, 'password-weak']);
  });
});

it('plain http to a provider is for this very machine only', () => {
  const fits = (issuer: string) => oidcSettings.safeParse({ issuer, clientId: 'x' }).success;
  for (const good of [
    'https://id.example.gov.cn',
    'http://127.0.0.1:9000/a',
    'http://localhost:1',
    'http://[::1]:1',
  ])
    expect([good, fits(good)]).toEqual([good, true]);
  for (const bad of [
    'http://id.example.gov.cn',
    'http://127.0.0.1.example.cn',
    'http://localhost.example.cn',
    'http://10.0.0.1',
    'https://id.example.gov.cn/?a=b',
    'https://user@id.example.gov.cn',
    'ftp://localhost',
    'id.example.gov.cn',
    '',
  ])
    expect([bad, fits(bad)]).toEqual([bad, false]);
});
