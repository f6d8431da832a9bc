import { TOTP } from 'otpauth';
import { expect, it } from 'vitest';
import { passwordOf, testPolicy, testStaff } from '../staff/test-staff.ts';
import { foundPerson } from './people.ts';
import { clearRubbish } from './rubbish.ts';

const outcome = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body.code];
const from = (address: string) => ({ headers: { 'x-test-address': address } });

it('signs in with a cookie that scripts cannot read and other sites cannot send', async () => {
  const { client, office, app } = await testStaff();
  const zhao = client();
  const { status, headers, body } = await zhao.signIn(' ZHAO ', passwordOf('zhao'));
  expect(status).toBe(200);
  expect(headers.get('set-cookie')).toMatch(/^gongkai=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(body).toMatchObject({ account: 'zhao', person: { roles: ['maker'] }, totp: false, passkeys: 0 });
  expect(JSON.stringify(body)).not.toContain('argon2');

  const secure = await app.request('https://localhost/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://localhost' },
    body: JSON.stringify({ account: 'zhao', password: passwordOf('zhao') }),
  });
  expect(secure.headers.get('set-cookie')).toMatch(
    /^__Host-gongkai=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
  );

  // The id itself is nowhere in the records.
  const id = zhao.cookie.split('=')[1] ?? '';
  expect(await office.records.get({ partition: `session/${id}`, sort: 'record' })).toBeUndefined();
});

it('rotates the session at each sign-in and ends it at sign-out', async () => {
  const { client } = await testStaff();
  const zhao = client();
  await zhao.signIn('zhao');
  const before = zhao.cookie;
  await zhao.signIn('zhao');
  expect(zhao.cookie).not.toBe(before);
  const old = client();
  old.cookie = before;
  expect((await old.get('/api/session')).status).toBe(401);
  const last = zhao.cookie;
  expect((await zhao.send('DELETE', '/api/session')).status).toBe(204);
  zhao.cookie = last;
  expect((await zhao.get('/api/session')).status).toBe(401);
});

it('ends a session that is idle, and any session after its hours', async () => {
  const { as, clock, office } = await testStaff();
  const idle = await as('zhao');
  clock.advance(29 * 60);
  expect((await idle.get('/api/session')).status).toBe(200);
  clock.advance(31 * 60);
  expect((await idle.get('/api/session')).status).toBe(401);

  const busy = await as('zhao');
  for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
    clock.advance(20 * 60);
    expect((await busy.get('/api/session')).status).toBe(200);
  }
  clock.advance(20 * 60);
  expect((await busy.get('/api/session')).status).toBe(401);
  clock.advance(48 * 3600);
  // What only calls itself rubbish stays.
  const key = { partition: 'publication/pub_1', sort: 'record' };
  const due = { partition: 'rubbish', sort: `${clock.now()}#pub_1` };
  await office.records.commit([{ kind: 'put', key, data: {}, indexes: { due }, expect: 'absent' }]);
  clock.advance(1);
  expect(await clearRubbish(office)).toBeGreaterThan(1);
  expect(await office.records.get(key)).toBeDefined();
});

it('answers alike for a wrong password, an unknown account and a disabled person', async () => {
  const { client, as, people } = await testStaff();
  const li = await as('li');
  await li.send('PATCH', `/api/people/${people.sun}`, { body: { disabled: true } });
  const answers = await Promise.all([
    client().signIn('zhao', 'wrong-password-here'),
    client().signIn('nobody', 'wrong-password-here'),
    client().signIn('../../etc', 'wrong-password-here'),
    client().signIn('sun'),
  ]);
  const told = answers.map(({ status, body: { correlation: _, ...rest } }) => JSON.stringify([status, rest]));
  expect(new Set(told).size).toBe(1);
  expect(answers[0]?.status).toBe(401);
});

it('spends as long on an account that does not exist', async () => {
  const { client } = await testStaff();
  const time = async (account: string): Promise<number> => {
    const started = performance.now();
    await client().signIn(account, 'wrong-password-here');
    return performance.now() - started;
  };
  await time('zhao');
  const known = await time('qian');
  const unknown = await time('nobody');
  // A hash takes tens of milliseconds; without one it would be under two.
  expect(unknown).toBeGreaterThan(known / 5);
});

it('slows down guessing by account, from many addresses at once, and for longer each time', async () => {
  const { client, clock } = await testStaff();
  const tries = await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      client().post('/api/session', { account: 'zhao', password: `guess-${n}-guess` }, from(`10.0.0.${n}`)),
    ),
  );
  // Sent at once they are still counted one after the other: five are looked at.
  expect(tries.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(tries.filter(({ status }) => status === 429)).toHaveLength(25);
  expect(tries.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('30');
  expect(outcome(await client().signIn('zhao'))).toEqual([429, 'rate-limited']);
  clock.advance(31);
  expect((await client().signIn('zhao', 'guess-again-guess')).status).toBe(401);
  const blocked = await client().signIn('zhao');
  expect(blocked.body.details).toMatchObject({ seconds: 60 });
  clock.advance(61);
  expect((await client().signIn('zhao')).status).toBe(200);
  // Forgiven by the success.
  expect((await client().signIn('zhao', 'guess-again-guess')).status).toBe(401);
  expect((await client().signIn('zhao')).status).toBe(200);
});

it('slows down an address that tries many accounts, without shutting out the others', async () => {
  const { client } = await testStaff();
  const spray = (n: number) =>
    client().post('/api/session', { account: `user${n}`, password: 'Spring-2026-000' }, from('10.9.9.9'));
  let refused = 0;
  for (let n = 0; n < 60; n += 1) if ((await spray(n)).status === 429) refused += 1;
  expect(refused).toBe(10);
  expect(
    (await client().post('/api/session', { account: 'zhao', password: passwordOf('zhao') }, from('10.1.1.1')))
      .status,
  ).toBe(200);
});

it('ends everything at once when a person is disabled, and takes roles away at once', async () => {
  const { as, people, client } = await testStaff();
  const [li, zhao, qian] = [await as('li'), await as('zhao'), await as('qian')];
  const made = await zhao.post('/api/tokens', { name: '脚本', days: 30 });
  const program = client(String(made.body.token));
  expect((await program.get('/api/publications')).status).toBe(200);

  await li.send('PATCH', `/api/people/${people.zhao}`, { body: { disabled: true } });
  expect((await zhao.get('/api/work')).status).toBe(401);
  expect((await program.get('/api/publications')).status).toBe(401);
  // Enabled again, the old session stays dead.
  await li.send('PATCH', `/api/people/${people.zhao}`, { body: { disabled: false } });
  expect((await zhao.get('/api/work')).status).toBe(401);

  await li.send('PATCH', `/api/people/${people.qian}`, { body: { roles: ['records-officer'] } });
  expect((await qian.get('/api/session')).body.person).toMatchObject({ roles: ['records-officer'] });
});

it('keeps the rules of appointing', async () => {
  const { as, people } = await testStaff();
  const [li, zhao] = [await as('li'), await as('zhao')];
  const person = { name: '王', account: 'wang', password: 'Qingshan-lvshui-58', roles: ['maker'] };
  expect(outcome(await zhao.post('/api/people', person))).toEqual([403, 'not-allowed']);
  expect(outcome(await li.post('/api/people', { ...person, roles: ['administrator', 'principal'] }))).toEqual(
    [422, 'roles-conflict'],
  );
  expect(outcome(await li.post('/api/people', { ...person, account: 'zhao' }))).toEqual([
    409,
    'account-taken',
  ]);
  for (const password of ['short-1aB', 'aaaaaaaaaaaaaaa', 'wang-wang-wang-1'])
    expect(outcome(await li.post('/api/people', { ...person, password }))[0]).toBeGreaterThanOrEqual(400);
  expect(outcome(await li.send('PATCH', `/api/people/${people.li}`, { body: { disabled: true } }))).toEqual([
    403,
    'not-allowed',
  ]);
  expect((await li.post('/api/people', person)).status).toBe(200);
  expect(JSON.stringify((await li.get('/api/people')).body)).not.toMatch(/argon2|epoch/);
});

it('gives tokens that prepare everything and decide nothing', async () => {
  const { as, client, draft, clock } = await testStaff();
  const [wu, zhao] = [await as('wu'), await as('zhao')];
  const made = await wu.post('/api/tokens', { name: '脚本', days: 30 });
  const token = String(made.body.token);
  const program = client(token);
  const id = await draft(program);
  const theirs = await draft(zhao);
  const approve = { verdict: 'approve' };
  expect((await program.decide(id, approve)).body.state).toBe('first-review'); // 自审: submitting
  await zhao.decide(theirs, approve);
  for (const ask of [approve, { verdict: 'return', reason: 'x' }])
    expect(outcome(await program.decide(theirs, ask))).toEqual([403, 'reauthentication-needed']);
  for (const [method, path] of [
    ['POST', '/api/tokens'],
    ['POST', '/api/account/password'],
    ['POST', `/api/publications/${theirs}/withdraw`],
    ['POST', '/api/session/confirm'],
  ] as const)
    expect(outcome(await program.send(method, path, { body: {} }))).toEqual([403, 'reauthentication-needed']);

  const [listed] = (await wu.get('/api/tokens')).body.items as { id: string; lastUsedAt?: string }[];
  expect(listed?.lastUsedAt).toBe(clock.now());
  expect(JSON.stringify((await wu.get('/api/tokens')).body)).not.toContain(token.split('_')[2]);
  expect((await zhao.send('DELETE', `/api/tokens/${listed?.id}`)).status).toBe(404);
  expect((await wu.send('DELETE', `/api/tokens/${listed?.id}`)).status).toBe(204);
  expect((await program.get('/api/work')).status).toBe(401);
});

it('lets a token end by its date', async () => {
  const { as, client, clock } = await testStaff();
  const made = await (await as('zhao')).post('/api/tokens', { name: '脚本', days: 1 });
  const program = client(String(made.body.token));
  clock.advance(86_399);
  expect((await program.get('/api/work')).status).toBe(200);
  clock.advance(2);
  expect((await program.get('/api/work')).status).toBe(401);
});

it('takes a one-time code once, and asks for it from then on', async () => {
  const { as, client, clock } = await testStaff();
  const zhao = await as('zhao');
  const { body } = await zhao.post('/api/account/totp');
  const codeNow = () =>
    new TOTP({ secret: String(body.secret) }).generate({ timestamp: Date.parse(clock.now()) });
  expect(outcome(await zhao.post('/api/account/totp/activate', { code: '000000' }))).toEqual([
    401,
    'wrong-credentials',
  ]);
  expect((await zhao.post('/api/account/totp/activate', { code: codeNow() })).status).toBe(204);
  clock.advance(60);
  const shown = { account: 'zhao', password: passwordOf('zhao') };
  expect(outcome(await client().post('/api/session', shown))).toEqual([401, 'wrong-credentials']);
  expect((await client().post('/api/session', { ...shown, totp: codeNow() })).status).toBe(200);
  expect(outcome(await client().post('/api/session', { ...shown, totp: codeNow() }))).toEqual([
    401,
    'wrong-credentials',
  ]);
});

it('lets nobody do anything but enrol where the office requires a second factor', async () => {
  const policy = testPolicy((given) => ({
    ...given,
    password: { ...given.password, secondFactor: 'required' },
  }));
  const { as, clock } = await testStaff(policy);
  const zhao = await as('zhao');
  expect(outcome(await zhao.get('/api/work'))).toEqual([403, 'second-factor-needed']);
  expect((await zhao.get('/api/session')).body.mustEnrol).toBe(true);
  const { body } = await zhao.post('/api/account/totp');
  const code = new TOTP({ secret: String(body.secret) }).generate({ timestamp: Date.parse(clock.now()) });
  await zhao.post('/api/account/totp/activate', { code });
  expect((await zhao.get('/api/work')).status).toBe(200);
  expect(outcome(await zhao.send('DELETE', '/api/account/totp'))).toEqual([403, 'second-factor-needed']);
});

it('ends all other sessions when the password is changed', async () => {
  const { as, clock, client } = await testStaff();
  const [here, there] = [await as('zhao'), await as('zhao')];
  clock.advance(5);
  const answer = await here.post('/api/account/password', { password: 'Changjiang-daqiao-57' });
  expect(answer.status).toBe(200);
  expect((await here.get('/api/work')).status).toBe(200);
  expect((await there.get('/api/work')).status).toBe(401);
  expect((await client().signIn('zhao')).status).toBe(401);
  expect((await client().signIn('zhao', 'Changjiang-daqiao-57')).status).toBe(200);
});

it('founds people only before the office has begun to work, and any number of times', async () => {
  const { office, as } = await testStaff();
  const person = { account: 'zhao', name: '赵', password: 'Qingshan-lvshui-58', roles: ['maker'] as const };
  expect(await foundPerson(office, person)).toMatchObject({ error: { code: 'changed-meanwhile' } });
  expect((await foundPerson(office, { ...person, account: 'wang' })).ok).toBe(true);
  await as('zhao');
  expect(await foundPerson(office, person)).toMatchObject({ error: { code: 'changed-meanwhile' } });
  expect(await foundPerson(office, { ...person, account: 'feng' })).toMatchObject({
    error: { code: 'not-allowed' },
  });
});

it('ends tokens with the password that they were made under', async () => {
  const { as, client } = await testStaff();
  const zhao = await as('zhao');
  const made = await zhao.post('/api/tokens', { name: '脚本', days: 30 });
  const program = client(String(made.body.token));
  expect((await program.get('/api/work')).status).toBe(200);
  expect(
    (await zhao.post('/api/account/password', { password: '换一个足够长的新密码 2026' })).status,
  ).toBeLessThan(300);
  expect((await program.get('/api/work')).status).toBe(401);
});
