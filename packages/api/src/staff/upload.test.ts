import { err, refusal } from '@gongkai/core';
import { expect, it } from 'vitest';
import { displayName } from './display-name.ts';
import { fields, testPolicy, testStaff } from './test-staff.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const outcome = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body.code];
const at = (offset: number) => ({ headers: { 'upload-offset': String(offset) } });

const begun = async (world: Awaited<ReturnType<typeof testStaff>>, size = 10, extra: object = {}) => {
  const zhao = await world.as('zhao');
  const { body } = await zhao.post('/api/publications', { metadata: fields });
  const id = String(body.id);
  const upload = await zhao.post(`/api/publications/${id}/uploads`, { name: '公示.txt', size, ...extra });
  return { zhao, id, upload, path: `/api/uploads/${upload.body.upload}` };
};

it('goes on where a broken connection stopped', async () => {
  const world = await testStaff();
  const { zhao, id, path } = await begun(world);
  expect((await zhao.send('PATCH', path, { body: bytes('01234'), ...at(0) })).body.offset).toBe(5);
  // The answer was lost: the client asks and is told.
  const head = await zhao.raw('HEAD', path);
  expect([head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual(['5', '10']);
  expect(outcome(await zhao.send('PATCH', path, { body: bytes('01234'), ...at(0) }))).toEqual([
    409,
    'upload-offset',
  ]);
  expect(outcome(await zhao.post(`${path}/finish`))).toEqual([422, 'truncated']);
  expect(outcome(await zhao.send('PATCH', path, { body: bytes('56789 and more'), ...at(5) }))).toEqual([
    413,
    'too-large',
  ]);
  expect((await zhao.send('PATCH', path, { body: bytes('56789'), ...at(5) })).body.offset).toBe(10);
  const done = await zhao.post(`${path}/finish`);
  expect(done.status).toBe(200);
  // Said again, it changes nothing.
  expect((await zhao.post(`${path}/finish`)).status).toBe(200);
  await world.drain();
  const view = await zhao.view(id);
  expect(view.item.files).toMatchObject([{ name: '公示.txt', size: 10, progress: 'inspected' }]);
  const original = await zhao.raw('GET', `/api/publications/${id}/files/0/original`);
  expect(await original.text()).toBe('0123456789');
});

it('finished ten times at once becomes one file, and all ten hear so', async () => {
  // As on a disk, where a large file takes its time and a second finish is told to wait.
  let busy = false;
  const world = await testStaff(testPolicy(), (office) => {
    const onDisk = office.uploads.finish.bind(office.uploads);
    const finish: typeof onDisk = async (...given) => {
      if (busy) return err(refusal('upload-offset', { offset: 10 }));
      busy = true;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return onDisk(...given).finally(() => {
        busy = false;
      });
    };
    Object.assign(office.uploads, { finish });
    return office;
  });
  const { zhao, id, path } = await begun(world);
  await zhao.send('PATCH', path, { body: bytes('0123456789'), ...at(0) });
  const answers = await Promise.all(Array.from({ length: 10 }, () => zhao.post(`${path}/finish`)));
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect((await zhao.view(id)).item.files).toHaveLength(1);
});

it('of a file that the draft already holds is refused by its name, and changes nothing', async () => {
  const { as, draft } = await testStaff();
  const zhao = await as('zhao');
  const id = await draft(zhao, '公示内容');
  const again = await zhao.upload(id, '公示（最终）.txt', '公示内容');
  expect([...outcome(again), again.body.zh]).toEqual([409, 'same-file', expect.stringContaining('公示.txt')]);
  const { item, version } = await zhao.view(id);
  expect(item.files.map(({ name }) => name)).toEqual(['公示.txt']);
  // Taken out, it may come back; and another draft may hold it.
  const [file] = item.files;
  await zhao.send('DELETE', `/api/publications/${id}/files/${file?.id}`, { version });
  expect((await zhao.upload(id, '公示.txt', '公示内容')).status).toBe(200);
  expect(await draft(zhao, '公示内容')).not.toBe(id);
});

it('belongs to the person who began it: for everyone else it does not exist', async () => {
  const world = await testStaff();
  const { zhao, path } = await begun(world);
  const zheng = await world.as('zheng'); // a maker too
  for (const [method, to] of [
    ['GET', path],
    ['HEAD', path],
    ['PATCH', path],
    ['POST', `${path}/finish`],
    ['DELETE', path],
  ] as const) {
    const body = method === 'PATCH' ? bytes('x') : method === 'GET' || method === 'HEAD' ? undefined : {};
    const { status } = await zheng.send(method, to, { body, ...at(0) });
    expect([method, status]).toEqual([method, 404]);
  }
  expect((await zhao.get(path)).body.offset).toBe(0);
  expect((await zhao.send('DELETE', path)).status).toBe(204);
  expect((await zhao.get(path)).status).toBe(404);
});

it('is refused at once when it could never become a file', async () => {
  const policy = testPolicy((given) => ({
    ...given,
    limits: { ...given.limits, uploadBytes: 1000, dailyBytesPerPerson: 1500, filesPerPublication: 2 },
  }));
  const world = await testStaff(policy);
  const { zhao, id } = await begun(world, 900);
  const begin = (size: number) => zhao.post(`/api/publications/${id}/uploads`, { name: 'a.txt', size });
  expect(outcome(await begin(0))).toEqual([422, 'empty-file']);
  expect(outcome(await begin(1001))).toEqual([413, 'too-large']);
  expect(outcome(await begin(700))).toEqual([429, 'quota']);
  expect((await begin(600)).status).toBe(200);
  world.clock.advance(25 * 3600);
  const again = await world.as('zhao');
  expect((await again.post(`/api/publications/${id}/uploads`, { name: 'a.txt', size: 700 })).status).toBe(
    200,
  );
  // A reviewer uploads nothing, and nobody into what is under review.
  const qian = await world.as('qian');
  expect(outcome(await qian.post(`/api/publications/${id}/uploads`, { name: 'a', size: 1 }))).toEqual([
    403,
    'not-allowed',
  ]);
});

it('finds bytes that arrived damaged, and counts nothing as arrived that was not announced', async () => {
  const world = await testStaff();
  const { zhao, path } = await begun(world, 10, { sha256: 'f'.repeat(64) });
  await zhao.send('PATCH', path, { body: bytes('0123456789'), ...at(0) });
  expect(outcome(await zhao.post(`${path}/finish`))).toEqual([422, 'checksum-mismatch']);
  for (const offset of ['-1', '1e3', '', '99999999999999999999'])
    expect(
      outcome(await zhao.send('PATCH', path, { body: bytes('x'), headers: { 'upload-offset': offset } })),
    ).toEqual([400, 'invalid-input']);
});

it('keeps a name that deceives nobody', () => {
  expect(displayName('报表\u202exslx.exe')).toBe('报表xslx.exe');
  expect(displayName('../../etc/passwd')).toBe('passwd');
  expect(displayName('C:\\temp\\方案.docx')).toBe('方案.docx');
  expect(displayName('a\u0000b\r\n.t\u200bxt')).toBe('ab.txt');
  expect(displayName('..')).toBe('未命名');
  expect(displayName('\u200b')).toBe('未命名');
  const long = displayName(`${'公'.repeat(400)}.docx`);
  expect([[...long].length, long.endsWith('.docx')]).toEqual([200, true]);
});

it('gives bytes out whole, in ranges, as an attachment that runs nothing; and only what intake accepted', async () => {
  const world = await testStaff();
  const zhao = await world.as('zhao');
  const id = await world.draft(zhao, '0123456789');
  const pdf = `/api/publications/${id}/files/0/pdf`;
  const part = await zhao.raw('GET', pdf, { headers: { range: 'bytes=5-7' } });
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
    206,
    '012',
    'bytes 5-7/15',
  ]);
  expect((await zhao.raw('GET', pdf, { headers: { range: 'bytes=99-' } })).status).toBe(416);
  const head = await zhao.raw('HEAD', pdf);
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '15']);
  const { headers } = await zhao.raw('GET', `/api/publications/${id}/files/0/original`);
  expect(headers.get('content-disposition')).toMatch(/^attachment; .*%E5%85%AC%E7%A4%BA\.txt$/);
  expect(headers.get('content-security-policy')).toContain('sandbox');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toContain('no-store');
  expect((await zhao.raw('GET', `/api/publications/${id}/files/0/release`)).status).toBe(404);

  // Not yet through intake: no door.
  const { body } = await zhao.post('/api/publications', { metadata: fields });
  await zhao.upload(String(body.id), 'x.txt', 'text');
  expect((await zhao.raw('GET', `/api/publications/${body.id}/files/0/original`)).status).toBe(404);
});

it('inspects without keeping: what was only looked at is gone, what a publication holds stays', async () => {
  const world = await testStaff();
  const zhao = await world.as('zhao');
  const inspect = (text: string) =>
    zhao.send('POST', '/api/inspect?name=x.txt', {
      body: bytes(text),
      headers: { 'content-type': 'application/octet-stream' },
    });
  const held = async () => {
    const found: string[] = [];
    for (const area of ['quarantine', 'renditions', 'vault'] as const)
      for await (const { sha256 } of world.blobs.list(area)) found.push(`${area}/${sha256}`);
    return found.length;
  };
  expect((await inspect('nothing here')).body.outcome).toBe('clean');
  expect((await inspect('[[mobile:13800138000]]')).body).toMatchObject({
    outcome: 'findings',
    findings: [{ kind: 'mobile' }],
  });
  expect((await inspect('[[state-secret-mark:机密]]')).body).toMatchObject({
    outcome: 'refused',
    reason: 'state-secret',
    findings: [],
  });
  expect(outcome(await inspect(''))).toEqual([422, 'empty-file']);
  expect(await held()).toBe(0);

  await world.draft(zhao, '公示内容');
  const before = await held();
  expect((await inspect('公示内容')).body.outcome).toBe('clean');
  expect(await held()).toBe(before);
});
