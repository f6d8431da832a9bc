import { clearOrphans } from '@gongkai/core';
import { describe, expect, it } from 'vitest';
import { type TestClient, testStaff } from './test-staff.ts';

const approve = { verdict: 'approve' };
const text = '联系人 [[mobile:13800138000]]，办公电话 [[landline:0571-88881234]]';

/** Covers the mobile number and lets the office's own telephone stand. */
const answer = async (maker: TestClient, id: string) => {
  const { version, findings } = await maker.view(id);
  const [mobile, landline] = findings.flat();
  if (!mobile || !landline) throw new Error('nothing was found');
  const redaction = { id: 'r', file: 0, boxes: mobile.boxes, ground: 'privacy', finding: mobile.id };
  const { status } = await maker.send('PATCH', `/api/publications/${id}`, {
    version,
    body: {
      redactions: [redaction],
      dispositions: {
        [mobile.id]: { answer: 'redact', reason: '' },
        [landline.id]: { answer: 'not-sensitive', reason: '单位公开电话' },
      },
    },
  });
  expect(status).toBe(200);
};

const offered = async (maker: TestClient, id: string) => {
  const { findings, offers, unanswered } = await maker.view(id);
  const told = findings.flat().map(({ id, kind }) => [kind, offers[id]?.answer, offers[id]?.personName]);
  return { told, unanswered: unanswered.length, offers };
};
const both = [
  ['mobile', 'redact', '员工zhao'],
  ['landline', 'not-sensitive', '员工zhao'],
];

describe('answers of an earlier version', () => {
  it('are offered in the file that takes the place of another in a draft, and nothing is answered by itself', async () => {
    const { as, draft, office, clock, blobs, drain } = await testStaff();
    const zhao = await as('zhao');
    const id = await draft(zhao, text);
    await answer(zhao, id);
    expect((await offered(zhao, id)).offers).toEqual({});
    const [file] = (await zhao.view(id)).item.files;
    await zhao.send('DELETE', `/api/publications/${id}/files/${file?.id}`);
    await zhao.upload(id, '公示2.txt', `新的一版。${text.replace('13800138000', '138 0013 8000')}`);
    await drain();
    const now = await offered(zhao, id);
    expect(now).toMatchObject({ told: both, unanswered: 2 });
    expect(Object.values(now.offers)).toMatchObject([
      { ground: 'privacy' },
      { reason: '单位公开电话', at: expect.any(String) },
    ]);
    // Kept as long as the draft, however often the orphans are cleared away.
    clock.advance(3_700);
    await clearOrphans(office);
    expect(await offered(await as('zhao'), id)).toMatchObject({ told: both });
    // What was lost is not offered, and nothing breaks.
    const { former } = (await (await as('zhao')).view(id)).item;
    await blobs.destroy({ area: 'renditions', sha256: former ?? '' });
    expect((await offered(await as('zhao'), id)).offers).toEqual({});
  });

  it('are offered in the publication that replaces a published one, whoever makes it', async () => {
    const { as, draft, drain } = await testStaff();
    const [zhao, qian, sun] = [await as('zhao'), await as('qian'), await as('sun')];
    const id = await draft(zhao, text);
    await answer(zhao, id);
    for (const person of [zhao, qian, sun]) await person.decide(id, approve);
    await drain();
    expect((await zhao.view(id)).item.state).toBe('published');
    const zheng = await as('zheng');
    const made = await zheng.post('/api/publications', { replaces: id });
    const next = String(made.body.id);
    await zheng.upload(next, '更正.txt', `更正：${text}`);
    await drain();
    expect(await offered(zheng, next)).toMatchObject({ told: both, unanswered: 2 });
  });

  it('go with the bytes when a state secret stops the publication', async () => {
    const { as, draft, blobs, drain } = await testStaff();
    const zhao = await as('zhao');
    const id = await draft(zhao, text);
    await answer(zhao, id);
    const [file] = (await zhao.view(id)).item.files;
    await zhao.send('DELETE', `/api/publications/${id}/files/${file?.id}`);
    const sha256 = (await zhao.view(id)).item.former ?? '';
    expect(await blobs.head({ area: 'renditions', sha256 })).toBeDefined();
    await zhao.upload(id, '密.txt', '[[state-secret-mark:机密]] 作战方案');
    await drain();
    expect(await blobs.head({ area: 'renditions', sha256 })).toBeUndefined();
  });
});
