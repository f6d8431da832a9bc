import { auditEntries, clearOrphans, sequenceAudit, sweep, verifyExport } from '@gongkai/core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { withoutSecretMark } from '../route/typed-secret.ts';
import { type TestClient, testPolicy, testStaff } from './test-staff.ts';

const approve = { verdict: 'approve' };
const outcome = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body.code];

describe('the whole way', () => {
  it('takes a draft to the public by three people, and every step is in the audit', async () => {
    const { as, draft, office, drain, app } = await testStaff();
    const [zhao, qian, sun] = [await as('zhao'), await as('qian'), await as('sun')];
    const id = await draft(zhao, '联系人 [[mobile:13800138000]]');

    const view = await zhao.view(id);
    expect(view.findings[0]).toMatchObject([{ kind: 'mobile', text: '13800138000' }]);
    expect(view.may).toContain('edit');
    expect(outcome(await zhao.decide(id, approve))).toEqual([422, 'findings-unanswered']);

    const finding = view.findings[0]?.[0]?.id ?? '';
    const edited = await zhao.send('PATCH', `/api/publications/${id}`, {
      version: view.version,
      body: { dispositions: { [finding]: { answer: 'not-sensitive', reason: '单位公开电话' } } },
    });
    expect(edited.status).toBe(200);
    expect((await zhao.decide(id, approve)).body.state).toBe('first-review');
    expect((await qian.get('/api/work')).body.waiting).toMatchObject([{ id, next: 'review' }]);
    expect((await qian.decide(id, approve)).body.state).toBe('second-review');
    expect((await qian.get('/api/work')).body.waiting).toEqual([]);
    expect((await sun.decide(id, approve)).body.state).toBe('rendering');
    await drain();

    const done = await zhao.view(id);
    expect(done.item.state).toBe('published');
    expect(done.publicUrl).toBe(`${office.publicUrl}/item/${id}`);
    expect(done.standing).toMatchObject({ until: '2026-02-17T16:00:00.000Z', provisional: false });
    expect((await app.request(`/item/${id}`)).status).toBe(200);
    expect((await zhao.get('/api/search?q=财务')).body.hits).toMatchObject([{ id }]);
    for (const what of ['original', 'pdf', 'release'])
      expect((await sun.raw('GET', `/api/publications/${id}/files/0/${what}`)).status).toBe(200);
    expect((await sun.raw('GET', `/api/publications/${id}/review-sheet`)).status).toBe(200);

    await sequenceAudit(office, { checkpointSeconds: 0 });
    const actions: string[] = [];
    for await (const { action, subject } of auditEntries(office)) if (subject === id) actions.push(action);
    for (const action of [
      'publication.created',
      'file.uploaded',
      'file.accepted',
      'draft.edited',
      'decision.approve',
      'gate.passed',
      'publication.published',
    ])
      expect(actions).toContain(action);
    const zhou = await as('zhou');
    const exported = await (await zhou.raw('GET', '/api/audit/export')).text();
    expect(verifyExport(exported.trimEnd().split('\n'))).toMatchObject({ ok: true });
    expect((await zhou.get('/api/audit')).body.checkpoint).toMatchObject({ size: expect.any(Number) });
    expect((await zhou.get(`/api/audit?subject=${id}`)).body.entries).toHaveLength(actions.length);
  });

  it('goes back with a reason, is taken back, discarded, withdrawn', async () => {
    const { as, draft, drain } = await testStaff();
    const [zhao, qian, sun] = [await as('zhao'), await as('qian'), await as('sun')];
    const id = await draft(zhao);
    await zhao.decide(id, approve);
    expect(outcome(await qian.decide(id, { verdict: 'return' }))).toEqual([422, 'reason-needed']);
    expect((await qian.decide(id, { verdict: 'return', reason: '日期不对' })).body.state).toBe('draft');
    expect((await zhao.get('/api/work')).body.mine).toMatchObject([{ id, next: 'submit' }]);
    await zhao.decide(id, approve);
    expect((await zhao.post(`/api/publications/${id}/recall`)).body.state).toBe('draft');
    await zhao.decide(id, approve);
    expect(outcome(await qian.decide(id, { verdict: 'refuse', reason: '内部' }))).toEqual([
      422,
      'ground-needed',
    ]);
    await qian.decide(id, approve);
    await sun.decide(id, approve);
    await drain();
    const words = { reason: '有误', notice: '因内容有误撤回' };
    expect(outcome(await zhao.post(`/api/publications/${id}/withdraw`, words))).toEqual([403, 'not-allowed']);
    expect(outcome(await zhao.post(`/api/publications/${id}/end-display`))).toEqual([422, 'display-floor']);
    const told = { ...words, notice: '因[[resident-id:110101199003070055]]撤回' };
    expect(outcome(await qian.post(`/api/publications/${id}/withdraw`, told))).toEqual([
      422,
      'notice-findings',
    ]);
    expect((await qian.post(`/api/publications/${id}/withdraw`, words)).body.state).toBe('withdrawn');

    const other = await draft(zhao);
    expect((await zhao.post(`/api/publications/${other}/discard`)).body.state).toBe('discarded');
    const listed = await zhao.get('/api/publications?state=withdrawn,discarded');
    expect((listed.body.items as { id: string }[]).map((one) => one.id)).toEqual([other, id]);
    expect((await zhao.get('/api/publications?q=%E8%B4%A2%E5%8A%A1&mine=true')).body.items).toHaveLength(2);
    expect((await qian.get('/api/publications?mine=true')).body.items).toEqual([]);
  });
});

describe('a state-secret mark that is typed', () => {
  const mark = '[[state-secret-mark:机密★5年]]';

  it('is refused with a sentence wherever it is typed, and stands in no record', async () => {
    const { as, draft, office } = await testStaff();
    const [zhao, qian] = [await as('zhao'), await as('qian')];
    const id = await draft(zhao);
    const { version, item } = await zhao.view(id);
    const edited = { metadata: { ...item.metadata, title: `${mark}选址` } };
    const made = await zhao.post('/api/publications', { metadata: { summary: mark } });
    const changed = await zhao.send('PATCH', `/api/publications/${id}`, { version, body: edited });
    await zhao.decide(id, approve);
    const returned = await qian.decide(id, { verdict: 'return', reason: mark });
    const withdrawn = await qian.post(`/api/publications/${id}/withdraw`, { reason: mark, notice: '撤回' });
    for (const answer of [made, changed, returned, withdrawn])
      expect(outcome(answer)).toEqual([451, 'form-secret']);
    const { rows } = await office.records.query({ partition: `history/${id}` });
    expect(JSON.stringify([await zhao.view(id), rows])).not.toContain('★');
  });

  it('keeps nobody waiting where the machine does not answer: the gate asks again', async () => {
    const { office } = await testStaff();
    const silent = { inspector: { ...office.inspector, inspectText: () => new Promise<never>(() => {}) } };
    expect(await withoutSecretMark(silent, [mark], 20)).toEqual({ ok: true, value: undefined });
  });
});

describe('a preview of the release', () => {
  it('shows the answers as they stand, to staff alone, and changes nothing', async () => {
    const { as, draft, office, client, clock, app } = await testStaff();
    const [zhao, qian] = [await as('zhao'), await as('qian')];
    const id = await draft(zhao, '联系人 [[mobile:13800138000]]');
    const path = `/api/publications/${id}/files/0/preview`;
    const { version, findings } = await zhao.view(id);
    const [mobile] = findings.flat();
    const redaction = { id: 'r', file: 0, boxes: mobile?.boxes, ground: 'privacy', finding: mobile?.id };
    await zhao.send('PATCH', `/api/publications/${id}`, { version, body: { redactions: [redaction] } });
    const before = await zhao.view(id);
    const shown = await qian.raw('GET', `${path}?binding=${before.binding}`);
    expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    const text = await shown.text();
    expect(text).toContain('■');
    expect(text).not.toContain('13800138000');
    expect(text).toContain('"indexNumber":"预览"');
    const { timeline: _, ...after } = await zhao.view(id);
    expect(after).toEqual({ ...after, version: before.version, item: before.item, binding: before.binding });
    // Not in the vault, where releases are, and gone when the orphans are cleared away.
    for await (const { sha256 } of office.blobs.list('vault'))
      expect(before.item.files[0]?.sha256).toBe(sha256);
    clock.advance(3_700);
    expect(await clearOrphans(office)).toBe(1);
    expect((await client().raw('GET', path)).status).toBe(401);
    expect((await (await as('li')).raw('GET', path)).status).toBe(403);
    expect((await app.request(`/item/${id}/file/0`)).status).toBe(404);
    expect((await (await as('zhao')).raw('GET', path.replace('/0/', '/1/'))).status).toBe(404);
  });
});

describe('an OFD that is delivered beside the release', () => {
  it('is had, and seen drawn, by staff alone; an upload that is no OFD is not drawn', async () => {
    const world = await testStaff(testPolicy((policy) => ({ ...policy, delivery: { ofd: true } })));
    const { as, draft, drain, client } = world;
    const [zhao, qian, sun] = [await as('zhao'), await as('qian'), await as('sun')];
    const id = await draft(zhao, '公告');
    const path = `/api/publications/${id}/files/0`;
    expect((await zhao.raw('GET', `${path}/drawn?of=release`)).status).toBe(404);
    for (const person of [zhao, qian, sun]) await person.decide(id, approve);
    await drain();
    const ofd = await qian.raw('GET', `${path}/release-ofd`);
    expect([ofd.status, ofd.headers.get('content-type')]).toEqual([200, 'application/ofd']);
    expect(ofd.headers.get('content-disposition')).toMatch(/^attachment; .*\.ofd/);
    const drawn = await qian.raw('GET', `${path}/drawn?of=release`);
    expect([drawn.status, drawn.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    // The scripted converter: the OFD's own text, as a PDF.
    expect(await drawn.text()).toBe(`%PDF ${await ofd.text()}`);
    expect((await qian.raw('GET', `${path}/drawn?of=original`)).status).toBe(404);
    expect((await qian.raw('GET', `${path}/drawn?of=other`)).status).toBe(400);
    for (const door of ['release-ofd', 'drawn?of=release']) {
      expect((await client().raw('GET', `${path}/${door}`)).status).toBe(401);
      expect((await (await as('li')).raw('GET', `${path}/${door}`)).status).toBe(403);
    }
  });
});

describe('a copy that says on every page that it is over', () => {
  const words = { reason: '有误', notice: '因内容有误撤回' };

  it('is had of what is withdrawn, by staff alone, and no public door leads to it', async () => {
    const { as, draft, drain, client, app } = await testStaff();
    const [zhao, qian, sun] = [await as('zhao'), await as('qian'), await as('sun')];
    const id = await draft(zhao, '公告');
    const path = `/api/publications/${id}/files/0/marked`;
    expect((await qian.raw('GET', path)).status).toBe(404);
    for (const person of [zhao, qian, sun]) await person.decide(id, approve);
    await drain();
    // What is still public is not over, whatever it is to be called.
    for (const door of [path, `${path}?words=${encodeURIComponent('已废止')}`])
      expect(outcome(await qian.get(door))).toEqual([409, 'wrong-state']);
    await qian.post(`/api/publications/${id}/withdraw`, words);
    const copy = await qian.raw('GET', path);
    expect([copy.status, copy.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(copy.headers.get('cache-control')).toBe('private, no-store');
    expect(decodeURIComponent(copy.headers.get('content-disposition') ?? '')).toContain(
      '注明件 三季度财务公示.pdf',
    );
    expect(await copy.text()).toContain('已撤回');
    const chosen = await qian.raw('GET', `${path}?words=${encodeURIComponent('已失效')}`);
    expect(await chosen.text()).toContain('已失效');
    expect((await qian.raw('GET', `${path}?words=${encodeURIComponent('公示')}`)).status).toBe(400);
    expect((await qian.raw('GET', path.replace('/0/', '/1/'))).status).toBe(404);
    expect((await client().raw('GET', path)).status).toBe(401);
    expect((await (await as('li')).raw('GET', path)).status).toBe(403);
    expect((await app.request(`/item/${id}/file/0`)).status).not.toBe(200);
  });

  it('is had of what has expired', async () => {
    const { as, draft, drain, clock, office } = await testStaff();
    const [zhao, qian, sun] = [await as('zhao'), await as('qian'), await as('sun')];
    const id = await draft(zhao, '公告');
    for (const person of [zhao, qian, sun]) await person.decide(id, approve);
    await drain();
    clock.advance(8 * 86_400);
    await drain();
    await sweep(office);
    const again = await as('qian');
    const copy = await again.raw('GET', `/api/publications/${id}/files/0/marked`);
    expect(await copy.text()).toContain('已失效');
  });
});

describe('words that are to be covered everywhere', () => {
  it('are found in every file, by staff who may see the publication, and nothing is changed', async () => {
    const { as, draft, drain, client } = await testStaff();
    const zhao = await as('zhao');
    const id = await draft(zhao, '张三领取，张三签字');
    await zhao.upload(id, '附件.txt', '附表：张三');
    await drain();
    const before = await zhao.view(id);
    const path = `/api/publications/${id}/places`;
    const found = await (await as('qian')).post(path, { words: '张三' });
    expect((found.body.items as { file: number }[]).map(({ file }) => file)).toEqual([0, 0, 1]);
    expect((await zhao.view(id)).version).toBe(before.version);
    const column = { page: 1, x: 1, y: 1, width: 1, height: 1 };
    expect(outcome(await zhao.post(path, { column, file: 2 }))).toEqual([404, 'not-found']);
    expect(outcome(await zhao.post(path, { words: ' ' }))).toEqual([400, 'invalid-input']);
    expect((await client().post(path, { words: '张三' })).status).toBe(401);
  });

  it('are looked for with what recognition read when the file was inspected', async () => {
    const { office, as, draft } = await testStaff();
    const recognised = [{ text: '王', x: 1, y: 2, width: 3, height: 4 }];
    const { inspect } = office.inspector;
    vi.spyOn(office.inspector, 'inspect').mockImplementation(async (...given) => {
      const seen = await inspect(...given);
      return seen.ok
        ? {
            ok: true,
            value: { ...seen.value, pages: seen.value.pages.map((page) => ({ ...page, recognised })) },
          }
        : seen;
    });
    const locate = vi.spyOn(office.inspector, 'locate');
    const zhao = await as('zhao');
    const id = await draft(zhao);
    await zhao.post(`/api/publications/${id}/places`, { words: '王' });
    expect(locate.mock.calls.map(([, , pages]) => pages)).toEqual([[{ page: 1, recognised }]]);
  });
});

describe('the boxes that a maker saves', () => {
  it('stand as wide as the rule says, whatever they were, and are not measured again', async () => {
    const { office, as, draft } = await testStaff();
    const zhao = await as('zhao');
    const id = await draft(zhao, '张三领取');
    const widen = vi.spyOn(office.inspector, 'widen').mockImplementation(async (_pdf, boxes) => ({
      ok: true,
      value: boxes.map((box) => ({ box: { ...box, width: 72 }, tight: box.y === 2 })),
    }));
    const box = { page: 1, x: 1, y: 1, width: 24, height: 12 };
    const given = [
      { id: 'a', file: 0, boxes: [box, { ...box, y: 2 }], ground: 'privacy', tight: true },
      { id: 'b', file: 0, boxes: [box], ground: 'privacy', tight: true },
      { id: 'c', file: 0, boxes: [box], ground: 'privacy', made: 'page' },
    ];
    const save = async (redactions: unknown) =>
      zhao.send('PATCH', `/api/publications/${id}`, {
        version: (await zhao.view(id)).version,
        body: { redactions },
      });
    await save(given);
    const saved = (await zhao.view(id)).item.redactions;
    expect(saved.map(({ boxes }) => boxes.map(({ width }) => width))).toEqual([[72, 72], [72], [24]]);
    expect(saved.map(({ tight }) => tight)).toEqual([true, undefined, undefined]);

    await save([...saved.slice(0, 2), { ...saved[2], ground: 'privacy' }]);
    expect((await zhao.view(id)).item.redactions).toEqual(saved);
    await save([saved[0], { ...saved[1], boxes: [{ ...box, x: 50 }] }]);
    expect(widen.mock.calls.map(([, boxes]) => boxes.length)).toEqual([3, 1]);
  });
});

describe('four eyes over HTTP', () => {
  let world: Awaited<ReturnType<typeof testStaff>>;
  let wu: TestClient;
  beforeAll(async () => {
    world = await testStaff();
    wu = await world.as('wu');
  });

  it('refuses the maker at both reviews, whatever roles they hold', async () => {
    const id = await world.draft(wu);
    await wu.decide(id, approve);
    expect(outcome(await wu.decide(id, approve))).toEqual([403, 'same-person']);
    expect((await wu.view(id)).mayNot?.zh).toContain('不能审查自己');
    await (await world.as('qian')).decide(id, approve);
    expect(outcome(await wu.decide(id, approve))).toEqual([403, 'same-person']);
  });

  it('refuses an editor, and the same reviewer twice', async () => {
    const zhao = await world.as('zhao');
    const id = await world.draft(zhao);
    const { version } = await wu.view(id);
    expect(
      (await wu.send('PATCH', `/api/publications/${id}`, { version, body: { major: true } })).status,
    ).toBe(200);
    await zhao.decide(id, approve);
    expect(outcome(await wu.decide(id, approve))).toEqual([403, 'same-person']);

    const next = await world.draft(zhao);
    await zhao.decide(next, approve);
    expect((await wu.decide(next, approve)).body.state).toBe('second-review');
    expect(outcome(await wu.decide(next, approve))).toEqual([403, 'same-person']);
  });

  it('refuses roles that have no say: maker, supervisor, administrator', async () => {
    const zhao = await world.as('zhao');
    const id = await world.draft(zhao);
    await zhao.decide(id, approve);
    expect(outcome(await zhao.decide(id, approve))).toEqual([403, 'not-allowed']);
    expect(outcome(await (await world.as('zhou')).decide(id, approve))).toEqual([403, 'not-allowed']);
    const li = await world.as('li');
    expect(outcome(await li.get(`/api/publications/${id}`))).toEqual([403, 'not-allowed']);
    expect(outcome(await li.get('/api/publications'))).toEqual([403, 'not-allowed']);
    const sun = await world.as('sun');
    expect(outcome(await sun.decide(id, approve))).toEqual([403, 'not-allowed']);
  });

  it('takes a double click once, and refuses a stale version, other content and a missing version', async () => {
    const [zhao, qian] = [await world.as('zhao'), await world.as('qian')];
    const id = await world.draft(zhao);
    await zhao.decide(id, approve);
    const { version, binding } = await qian.view(id);
    const path = `/api/publications/${id}/decisions`;
    const click = () => qian.post(path, { ...approve, binding }, { version });
    expect(outcome(await qian.post(path, { ...approve, binding }))).toEqual([400, 'invalid-input']);
    expect(outcome(await qian.post(path, { ...approve, binding: 'f'.repeat(64) }, { version }))).toEqual([
      409,
      'bytes-changed',
    ]);
    expect(outcome(await qian.post(path, { ...approve, binding }, { version: version - 1 }))).toEqual([
      409,
      'changed-meanwhile',
    ]);
    const both = await Promise.all([click(), click()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(
      (await qian.view(id)).item.decisions.filter(({ checkpoint }) => checkpoint === 'first'),
    ).toHaveLength(1);
  });

  it('asks a reviewer for the password again after a while, but not for submitting a draft', async () => {
    const fresh = await testStaff();
    const [zhao, qian] = [await fresh.as('zhao'), await fresh.as('qian')];
    const id = await fresh.draft(zhao);
    fresh.clock.advance(11 * 60);
    expect((await zhao.decide(id, approve)).body.state).toBe('first-review');
    expect(outcome(await qian.decide(id, approve))).toEqual([403, 'reauthentication-needed']);
    expect(outcome(await qian.post('/api/session/confirm', { password: 'nonsense' }))).toEqual([
      401,
      'wrong-credentials',
    ]);
    expect((await qian.post('/api/session/confirm', { password: 'Taoyuan-naiq-7391' })).status).toBe(200);
    expect((await qian.decide(id, approve)).body.state).toBe('second-review');
  });

  it('lets a new reviewer wait, and a person whose password an administrator has set', async () => {
    const fresh = await testStaff();
    const [zhao, li] = [await fresh.as('zhao'), await fresh.as('li')];
    const made = await li.post('/api/people', {
      name: '王新',
      account: 'wang',
      password: 'Qingshan-lvshui-58',
      roles: ['first-reviewer'],
    });
    expect(made.status).toBe(200);
    const id = await fresh.draft(zhao);
    await zhao.decide(id, approve);
    const wang = fresh.client();
    await wang.signIn('wang', 'Qingshan-lvshui-58');
    expect(outcome(await wang.decide(id, approve))).toEqual([403, 'new-reviewer']);
    expect((await wang.view(id)).mayNot?.zh).toContain('满 24 小时');
    await li.send('PATCH', `/api/people/${fresh.people.qian}`, { body: { password: 'Huanghe-ruhai-6021' } });
    const qian = fresh.client();
    await qian.signIn('qian', 'Huanghe-ruhai-6021');
    expect(outcome(await qian.decide(id, approve))).toEqual([403, 'new-reviewer']);
    fresh.clock.advance(25 * 3600);
    await wang.signIn('wang', 'Qingshan-lvshui-58');
    expect((await wang.decide(id, approve)).body.state).toBe('second-review');
  });
});

it('takes no theme, genre or column longer than a name, however it is sent', async () => {
  const { as, draft } = await testStaff();
  const zhao = await as('zhao');
  const id = await draft(zhao, '内容');
  const { version, item } = await zhao.view(id);
  for (const field of ['theme', 'genre', 'column']) {
    const metadata = { ...item.metadata, [field]: '长'.repeat(101) };
    const sent = await zhao.send('PATCH', `/api/publications/${id}`, { version, body: { metadata } });
    expect(outcome(sent), field).toEqual([400, 'invalid-input']);
    expect(outcome(await zhao.post('/api/publications', { metadata }))).toEqual([400, 'invalid-input']);
  }
  expect((await zhao.view(id)).version).toBe(version);
});
