import { findFaults, load, outboxWrite, refusal, sentence, sequenceAudit, whyFailed } from '@gongkai/core';
import { scannerSaying } from '@gongkai/core/memory';
import { expect, it } from 'vitest';
import { fields, testStaff } from './test-staff.ts';

const outcome = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body.code];
type Items = { id: string }[];

it('tells the forms what they need', async () => {
  const { as } = await testStaff();
  const { body } = await (await as('li')).get('/api/office');
  expect(body).toMatchObject({ name: '示例县人民政府办公室', demonstration: false, founded: true });
  expect((body.columns as object[])[0]).toMatchObject({
    key: 'guide',
    section: 'guide',
    zh: expect.any(String),
  });
  expect(body.requiredMetadata).toContain('title');
});

it('says why a date', async () => {
  const { as } = await testStaff();
  const zhao = await as('zhao');
  const twenty = await zhao.get('/api/deadline?from=2026-02-10&amount=20&unit=working-day');
  const byRule = await zhao.get('/api/deadline?from=2026-02-10&rule=reply');
  expect(twenty.body.due).toBe(byRule.body.due);
  expect((twenty.body.reasons as object[]).length).toBeGreaterThan(0);
  expect(outcome(await zhao.get('/api/deadline?from=2026-02-30&amount=20&unit=day'))).toEqual([
    422,
    'date-invalid',
  ]);
  expect(outcome(await zhao.get('/api/deadline?from=2026-02-10'))).toEqual([400, 'invalid-input']);

  const week = await zhao.get('/api/display?column=publicity&kind=days&amount=7');
  expect(week.body).toMatchObject({
    lastDay: '2026-02-17',
    floorUntil: '2026-02-17T16:00:00.000Z',
    provisional: false,
  });
  const short = await zhao.get('/api/display?column=publicity&kind=days&amount=3');
  expect(short.body.until).toBeUndefined();
  expect(JSON.stringify(short.body.why)).toContain('短于下限');
  expect(outcome(await zhao.get('/api/display?column=publicity&kind=fortnight'))).toEqual([
    400,
    'invalid-input',
  ]);
});

it('shows the work of each person, what is late first', async () => {
  const { as, draft, clock } = await testStaff();
  const zhao = await as('zhao');
  const late = await draft(zhao, '一');
  await zhao.decide(late, { verdict: 'approve' });
  clock.advance(6 * 86_400);
  const again = await as('zhao');
  const fresh = await draft(again, '二');
  await again.decide(fresh, { verdict: 'approve' });
  const unfinished = String((await again.post('/api/publications', { metadata: fields })).body.id);

  const { body } = await (await as('qian')).get('/api/work');
  expect(body.waiting).toMatchObject([
    { id: late, overdue: true, next: 'review' },
    { id: fresh, overdue: false },
  ]);
  const mine = (await again.get('/api/work')).body;
  expect((mine.mine as Items).map(({ id }) => id)).toEqual([unfinished, fresh, late]);
  expect(mine.waiting).toEqual([]);
  expect((mine.did as { action: string; publication: string }[])[0]).toMatchObject({
    action: 'publication.created',
    publication: unfinished,
  });
});

it('pages through the list without losing or repeating one', async () => {
  const { as, clock } = await testStaff();
  const zhao = await as('zhao');
  const made: string[] = [];
  for (let n = 0; n < 120; n += 1) {
    const { body } = await zhao.post('/api/publications', { metadata: { ...fields, title: `第${n}号` } });
    const id = String(body.id);
    made.unshift(id);
    if (n % 3 === 0) await zhao.post(`/api/publications/${id}/discard`);
    clock.advance(1);
  }
  const seen: string[] = [];
  let cursor: unknown;
  do {
    const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(String(cursor))}`;
    const { body } = await zhao.get(`/api/publications${query}`);
    seen.push(...(body.items as Items).map(({ id }) => id));
    cursor = body.cursor;
  } while (cursor !== undefined);
  expect(seen).toEqual(made);
});

it('lists dead letters and runs one again, in the audit', async () => {
  let broken = true;
  const world = await testStaff(undefined, (office) => ({
    ...office,
    converter: {
      convert: (...given) =>
        broken ? Promise.reject(new Error('converter crashed')) : office.converter.convert(...given),
    },
  }));
  const zhao = await world.as('zhao');
  const id = await world.draft(zhao);
  await world.drain();
  const again = await world.as('zhao');
  const { body } = await again.get('/api/dead-letters');
  expect((await again.get(`/api/publications/${id}`)).body.stuck).toMatchObject({
    station: 'convert',
  });
  expect(body.items).toMatchObject([{ station: 'convert', publication: id, lastError: 'converter crashed' }]);
  expect(body.items).toMatchObject([{ why: whyFailed('convert', 'converter crashed') }]);
  expect(
    (await (await world.as('zhou')).post(`/api/dead-letters/${(body.items as Items)[0]?.id}/revive`)).status,
  ).toBe(403);
  // An administrator keeps the machines running and reads no titles.
  const li = await world.as('li');
  expect((await li.get('/api/dead-letters')).body.items).toMatchObject([{ title: '' }]);
  broken = false;
  expect((await li.post(`/api/dead-letters/${(body.items as Items)[0]?.id}/revive`)).status).toBe(204);
  expect((await li.post(`/api/dead-letters/${(body.items as Items)[0]?.id}/revive`)).status).toBe(404);
  await world.drain();
  const done = await (await world.as('zhao')).view(id);
  expect(done.item.files[0]?.progress).toBe('inspected');
  expect(done.timeline.map(({ action }) => action)).toContain('dead-letter.revived');
});

it('says what waits, since when and why, while it is still tried again', async () => {
  const world = await testStaff(undefined, (office) => ({
    ...office,
    scanner: scannerSaying({ verdict: 'unavailable', why: 'pending' }),
  }));
  const zhao = await world.as('zhao');
  const id = await world.draft(zhao);
  const since = world.clock.now();
  const why = sentence(refusal('scanner-pending'));
  const nextAt = new Date(Date.parse(since) + 30_000).toISOString();
  const { body } = await zhao.get('/api/dead-letters');
  expect(body.items).toEqual([]);
  expect(body.held).toMatchObject([
    { station: 'intake', publication: id, attempts: 1, since, nextAt, why, lastError: 'scanner-pending' },
  ]);
  expect((await zhao.get(`/api/publications/${id}`)).body.stuck).toEqual({
    station: 'intake',
    attempts: 1,
    since,
    nextAt,
    why,
  });
  // Who keeps the machines running sees that it waits, and no title.
  expect((await (await world.as('li')).get('/api/dead-letters')).body.held).toMatchObject([{ title: '' }]);
  // Nobody comes to it: said after two minutes, and not before.
  const message = {
    id: 'msg_late',
    type: 'index' as const,
    version: 1 as const,
    subject: id,
    payload: {},
    occurredAt: since,
    causationId: 'test',
    correlationId: 'up_1',
  };
  await world.office.records.commit([outboxWrite(message, world.clock.now())]);
  const late = async () =>
    ((await (await world.as('zhao')).get('/api/dead-letters')).body.held as Items).filter(
      (one) => one.id === 'msg_late',
    );
  expect(await late()).toEqual([]);
  world.clock.advance(121);
  expect(await late()).toMatchObject([
    { station: 'index', attempts: 0, why: { zh: expect.stringContaining('排队') } },
  ]);
});

it('pages through the audit, for those who check it only', async () => {
  const { as, office } = await testStaff();
  const zhao = await as('zhao');
  for (let n = 0; n < 110; n += 1) await zhao.post('/api/publications', {});
  await sequenceAudit(office);
  expect(outcome(await zhao.get('/api/audit'))).toEqual([403, 'not-allowed']);
  expect(outcome(await zhao.get('/api/audit/export'))).toEqual([403, 'not-allowed']);
  const zhou = await as('zhou');
  const first = (await zhou.get('/api/audit')).body;
  const second = (await zhou.get(`/api/audit?cursor=${first.cursor}`)).body;
  const numbers = [first, second].flatMap(({ entries }) =>
    (entries as { seq: number }[]).map(({ seq }) => seq),
  );
  expect(numbers).toEqual([...Array(numbers.length).keys()].reverse());
  expect(second.cursor).toBeUndefined();
  expect(outcome(await zhou.get('/api/audit?cursor=x'))).toEqual([400, 'invalid-input']);
});

it('prints a review sheet that names what was found without repeating it', async () => {
  const forms: unknown[] = [];
  const world = await testStaff(undefined, (office) => ({
    ...office,
    renderer: {
      ...office.renderer,
      form: (name, data, at) => {
        forms.push(data);
        return office.renderer.form(name, data, at);
      },
    },
  }));
  const zhao = await world.as('zhao');
  const id = await world.draft(zhao, '[[resident-id:110101199003074258]]');
  const answer = await zhao.raw('GET', `/api/publications/${id}/review-sheet`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(forms[0]).toMatchObject({
    number: id,
    findings: [{ page: 1, kind: '居民身份证号', text: '110************258', answer: '未处理' }],
  });
});

it('names bytes that a record speaks of and that are missing, until they are back', async () => {
  const world = await testStaff();
  const zhao = await world.as('zhao');
  const id = await world.draft(zhao);
  await world.drain();
  const sha256 = (await load(world.office, id))?.item.files[0]?.pdf ?? '';
  await world.office.blobs.destroy({ area: 'renditions', sha256 });
  await findFaults(world.office);
  const faults = [{ publication: id, area: 'renditions', sha256, title: '' }];
  expect((await (await world.as('li')).get('/api/dead-letters')).body.faults).toMatchObject(faults);
  expect((await (await world.as('zhao')).get('/api/work')).body.deadLetters).toBe(1);
});
