import { describe, expect, it } from 'vitest';
import { testStaff } from './test-staff.ts';

type Body = Record<string, never> & {
  version: number;
  words: { id: string; word: string }[];
  allowances: { id: string; value: string }[];
  changes: { action: string; actor: string; about: string; version?: number }[];
};

describe('the dictionary over HTTP', () => {
  it('two readers see who changed what; a change on an old version is refused', async () => {
    const { as } = await testStaff();
    const [sun, li] = [await as('sun'), await as('li')];
    const added = await sun.post(
      '/api/dictionary/words',
      { word: '青山工程', severity: 'high' },
      { version: 0 },
    );
    expect([added.status, added.body]).toEqual([200, { version: 1 }]);
    const late = await li.post('/api/dictionary/words', { word: '绿水', severity: 'high' }, { version: 0 });
    expect([late.status, late.body.code]).toEqual([409, 'changed-meanwhile']);
    const phone = { kind: 'landline', value: '0414-4822345', reason: '总机' };
    expect((await sun.post('/api/dictionary/allowances', phone, { version: 1 })).status).toBe(200);
    expect((await li.post('/api/dictionary/allowances', phone, { version: 2 })).body.code).toBe(
      'not-allowed',
    );
    for (const reader of [sun, li, await as('zhou')]) {
      const { body } = await reader.get('/api/dictionary');
      const { version, words, allowances, changes } = body as unknown as Body;
      expect(version).toBe(2);
      expect(words.map(({ word }) => word)).toEqual(['青山工程']);
      expect(allowances.map(({ value }) => value)).toEqual(['0414-4822345']);
      expect(changes.map(({ action, actor, about }) => [action, actor, about])).toEqual([
        ['dictionary.allowed', '员工sun', 'landline 0414-4822345'],
        ['dictionary.word-added', '员工sun', '青山工程'],
      ]);
    }
    expect((await (await as('zhao')).get('/api/dictionary')).status).toBe(403);
  });

  it('a milder inspection asks for the password again, a stricter one does not', async () => {
    const { as, clock } = await testStaff();
    const sun = await as('sun');
    const word = { word: '青山工程', severity: 'high' };
    expect((await sun.post('/api/dictionary/words', word, { version: 0 })).status).toBe(200);
    const { body } = await sun.get('/api/dictionary');
    const id = (body as unknown as Body).words[0]?.id;
    clock.advance(10 * 60);
    const removed = await sun.send('DELETE', `/api/dictionary/words/${id}`, { version: 1 });
    expect(removed.body.code).toBe('reauthentication-needed');
    const again = await sun.post('/api/dictionary/words', { ...word, word: '绿水工程' }, { version: 1 });
    expect(again.status).toBe(200);
  });

  it('says of a draft that it was inspected with an older dictionary', async () => {
    const { as, draft } = await testStaff();
    const [zhao, sun] = [await as('zhao'), await as('sun')];
    const id = await draft(zhao, '青山工程');
    expect((await zhao.view(id)).olderDictionary).toBeUndefined();
    await sun.post('/api/dictionary/words', { word: '青山工程', severity: 'high' }, { version: 0 });
    expect((await zhao.view(id)).olderDictionary).toEqual({ inspectedWith: 0, now: 1 });
  });

  it('a trial is begun, followed and listed', async () => {
    const { as, drain } = await testStaff();
    const li = await as('li');
    const begun = await li.post('/api/dictionary/trials', { words: [{ word: '青山', severity: 'high' }] });
    expect(begun.status).toBe(200);
    const running = await li.get(`/api/dictionary/trials/${begun.body.id}`);
    expect(running.body.trial).toMatchObject({ state: 'running', seen: 0 });
    await drain();
    const over = await li.get(`/api/dictionary/trials/${begun.body.id}`);
    expect(over.body).toMatchObject({ trial: { state: 'done', found: 0 }, hits: [] });
    expect((await li.get('/api/dictionary/trials')).body.items).toHaveLength(1);
    expect((await li.get('/api/dictionary/trials/trial_none')).status).toBe(404);
  });
});
