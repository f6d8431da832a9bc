import { expect, it } from 'vitest';
import { type TestClient, testStaff } from '../staff/test-staff.ts';
import { TestAuthenticator } from './test-authenticator.ts';

const challengeIn = (body: Record<string, unknown>): string =>
  String((body.options as { challenge: string }).challenge);

const enrol = async (zhao: TestClient, device: TestAuthenticator) => {
  const { body } = await zhao.post('/api/account/passkeys/options');
  return zhao.post('/api/account/passkeys', {
    challenge: body.challenge,
    name: '办公手机',
    response: device.register(challengeIn(body)),
  });
};

const enter = async (client: TestClient, device: TestAuthenticator) => {
  const { body } = await client.post('/api/session/passkey/options');
  const sent = { challenge: body.challenge, response: device.signIn(challengeIn(body)) };
  return { sent, answer: await client.post('/api/session/passkey', sent) };
};

it('signs in by a passkey, each challenge once, and the session counts as confirmed', async () => {
  const { as, client, clock } = await testStaff();
  const zhao = await as('zhao');
  const device = new TestAuthenticator('http://localhost');
  expect((await enrol(zhao, device)).status).toBe(204);
  expect((await zhao.get('/api/account')).body.passkeys).toMatchObject([{ name: '办公手机' }]);

  const browser = client();
  const { sent, answer } = await enter(browser, device);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ account: 'zhao', passkeys: 1 });
  expect(String(answer.body.confirmedUntil) > clock.now()).toBe(true);
  expect((await browser.get('/api/work')).status).toBe(200);
  expect((await client().post('/api/session/passkey', sent)).status).toBe(401);
});

it('refuses another site, an old challenge, an unknown device and one that did not verify the person', async () => {
  const { as, client, clock } = await testStaff();
  const zhao = await as('zhao');
  const device = new TestAuthenticator('http://localhost');
  await enrol(zhao, device);
  expect((await enter(client(), new TestAuthenticator('http://localhost'))).answer.status).toBe(401);
  expect((await enter(client(), new TestAuthenticator('http://evil.example'))).answer.status).toBe(401);
  device.flags = 0x01;
  expect((await enter(client(), device)).answer.status).toBe(401);
  device.flags = 0x05;

  const { body } = await client().post('/api/session/passkey/options');
  clock.advance(301);
  const late = { challenge: body.challenge, response: device.signIn(challengeIn(body)) };
  expect((await client().post('/api/session/passkey', late)).status).toBe(401);
  for (const response of [
    {},
    { id: 7 },
    { id: '../x' },
    { id: 'cGFzc2tleS1vZi10aGlzLXRlc3Q', response: {} },
  ]) {
    const fresh = await client().post('/api/session/passkey/options');
    const answer = await client().post('/api/session/passkey', { challenge: fresh.body.challenge, response });
    expect(answer.status).toBe(401);
  }
});

it('lets a passkey be removed, and a disabled person in by none', async () => {
  const { as, client, people } = await testStaff();
  const [li, zhao] = [await as('li'), await as('zhao')];
  const device = new TestAuthenticator('http://localhost');
  await enrol(zhao, device);
  await li.send('PATCH', `/api/people/${people.zhao}`, { body: { disabled: true } });
  expect((await enter(client(), device)).answer.status).toBe(401);
  await li.send('PATCH', `/api/people/${people.zhao}`, { body: { disabled: false } });
  const browser = client();
  expect((await enter(browser, device)).answer.status).toBe(200);
  const [one] = (await browser.get('/api/account')).body.passkeys as { id: string }[];
  expect((await browser.send('DELETE', `/api/account/passkeys/${one?.id}`)).status).toBe(204);
  expect((await enter(client(), device)).answer.status).toBe(401);
});
