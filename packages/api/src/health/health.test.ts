import { expect, it } from 'vitest';
import { fields, testStaff } from '../staff/test-staff.ts';

it('says that it is well, and why it is not', async () => {
  const world = await testStaff();
  const { app, as, draft, clock } = world;
  expect((await app.request('/healthz')).status).toBe(200);
  const [zhao, qian, sun] = [await as('zhao'), await as('qian'), await as('sun')];
  const id = await draft(zhao);
  for (const one of [zhao, qian, sun]) await one.decide(id, { verdict: 'approve' });
  await world.drain();
  // Nobody sweeps any more: the reminder at the end of the display passes unseen.
  clock.advance(8 * 86_400);
  const sick = await app.request('/healthz');
  expect([sick.status, await sick.json()]).toEqual([503, { ok: false, reasons: ['clock-stalled'] }]);
});

it('says 503 when the records cannot be read', async () => {
  let broken = false;
  const { app, log } = await testStaff(undefined, (office) => ({
    ...office,
    records: {
      get: (key) => office.records.get(key),
      commit: (writes) => office.records.commit(writes),
      query: (query) => (broken ? Promise.reject(new Error('disk')) : office.records.query(query)),
    },
  }));
  broken = true;
  const answer = await app.request('/healthz');
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { ok: false, reasons: ['records-unreachable'] },
  ]);
  expect(log.at(-1)).toMatchObject({ level: 'error', event: 'healthz' });
});

it('measures what an operator must look at, for this machine and for a token, and nobody else', async () => {
  const { app, as, client, draft, clock } = await testStaff();
  const zhao = await as('zhao');
  const id = await draft(zhao);
  await zhao.decide(id, { verdict: 'approve' });
  clock.advance(1500);
  const other = await zhao.post('/api/publications', { metadata: fields });
  await zhao.post(`/api/publications/${other.body.id}/uploads`, { name: 'a.txt', size: 9 });
  const text = await (await app.request('/metrics')).text();
  expect(text).toMatch(/^gongkai_person_wait_oldest_seconds 1500$/m);
  expect(text).toMatch(/^gongkai_publications\{state="first-review"\} 1$/m);
  expect(text).toMatch(/^gongkai_publications\{state="draft"\} 1$/m);
  expect(text).toMatch(/^gongkai_uploads_open 1$/m);
  expect(text).toMatch(/^gongkai_queue_waiting 1$/m); // the notice to the reviewers
  expect(text).toMatch(/^gongkai_outbox_oldest_seconds 1500$/m);
  expect(text).toMatch(/^gongkai_audit_pending [1-9]\d*$/m);
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(
      /^(?:# (?:HELP|TYPE) gongkai_\w+ .+|gongkai_\w+(?:\{state="[a-z-]+"\})? \d+(?:\.\d+)?)$/,
    );

  const far = { 'x-test-address': '10.0.0.1' };
  expect((await app.request('/metrics', { headers: far })).status).toBe(404);
  expect((await app.request('/metrics', { headers: { 'x-forwarded-for': '8.8.8.8' } })).status).toBe(404);
  const zhou = await as('zhou');
  const made = await zhou.post('/api/tokens', { name: 'prometheus', days: 90 });
  const token = client(String(made.body.token));
  expect((await token.get('/metrics', { headers: far })).status).toBe(200);
});

it('logs each request with its correlation id, and no secret', async () => {
  const { as, log } = await testStaff();
  const zhao = await as('zhao');
  const { headers } = await zhao.get('/api/work');
  expect(log.at(-1)).toMatchObject({
    event: 'request',
    fields: { path: '/work', status: 200, correlation: headers.get('x-correlation-id') },
  });
  expect(JSON.stringify(log)).not.toMatch(/Taoyuan|gongkai=/);
});

it('serves the console’s API, the catalogue and unknown addresses from one app', async () => {
  const { app } = await testStaff();
  expect((await app.request('/')).status).toBe(200);
  expect((await app.request('/no-such-page')).status).toBe(404);
  expect((await app.request('/no-such-page')).headers.get('content-type')).toContain('text/html');
  expect((await app.request('/api/no-such-route')).headers.get('content-type')).toContain('problem+json');
});
