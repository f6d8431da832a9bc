import {
  type AuditEvent,
  addAllowance,
  addWord,
  inspection,
  keys,
  loadDictionary,
  loadJson,
  type Office,
  removeAllowance,
  removeWord,
  trial,
  trialHit,
  tryWords,
  unanswered,
} from '@gongkai/core';
import { drain, testOffice } from '@gongkai/core/memory';
import { describe, expect, it } from 'vitest';
import {
  approveBy,
  current,
  defaultPolicy,
  draftWith,
  first,
  maker,
  second,
  someone,
} from './office-at-work.ts';

const policy = defaultPolicy();
const officer = someone('保密员', 'secrecy-officer');
const administrator = someone('管理员', 'administrator');
const high = (word: string) => ({ word, severity: 'high' as const, note: '' });

const must = async <T>(
  outcome: Promise<{ ok: true; value: T } | { ok: false; error: { code: string } }>,
): Promise<T> => {
  const done = await outcome;
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
};
const code = async (outcome: Promise<{ ok: boolean; error?: { code: string } }>): Promise<string> =>
  (await outcome).error?.code ?? 'ok';

const findingsOf = async (office: Office, id: string) => {
  const { files } = await current(office, id);
  const seen = await Promise.all(
    files.map(async ({ inspection: sha256 }) => loadJson(office, inspection, sha256 ?? '')),
  );
  return seen.flatMap(({ findings }) => findings);
};

describe('the dictionary of an office', () => {
  it('is one change at a time on the version that was seen, each in the audit with who and what', async () => {
    const { office } = testOffice(policy);
    expect(await must(addWord(office, officer, high('青 山工程'), 0))).toEqual({ version: 1 });
    expect(await code(addWord(office, second, high('绿水工程'), 0))).toBe('changed-meanwhile');
    expect(await code(addWord(office, second, high('青山工程'), 1))).toBe('dictionary-has-it');
    await must(addWord(office, second, high('绿水工程'), 1));
    const { words } = await loadDictionary(office);
    expect(words.map(({ word, personName }) => [word, personName]).sort()).toEqual([
      ['绿水工程', '复核'],
      ['青山工程', '保密员'],
    ]);
    const green = words.find(({ word }) => word === '绿水工程')?.id ?? '';
    await must(removeWord(office, officer, green, 2));
    expect(await code(removeWord(office, officer, green, 3))).toBe('not-found');
    const { rows } = await office.records.query({ partition: keys.history('dictionary', '', '').partition });
    expect(
      rows.map(({ data }) => {
        const { action, actor, details } = data as AuditEvent;
        return [action, actor.name, (details.entry as { word: string }).word, details.version];
      }),
    ).toEqual([
      ['dictionary.word-added', '保密员', '青山工程', 1],
      ['dictionary.word-added', '复核', '绿水工程', 2],
      ['dictionary.word-removed', '保密员', '绿水工程', 3],
    ]);
  });

  it.each([
    ['a maker', maker, '0414-4822345', '本机关总机', 'not-allowed'],
    ['an administrator, who sees no document', administrator, '0414-4822345', '本机关总机', 'not-allowed'],
    ['nobody without a reason', officer, '0414-4822345', ' ', 'reason-needed'],
    ['nobody with a pattern', officer, '0414*', '本机关', 'dictionary-no-patterns'],
    ['nobody with one character', officer, '0', '本机关', 'dictionary-word-length'],
    ['who answers for what goes out', officer, '0414-4822345', '本机关总机', 'ok'],
  ])('takes into the whitelist what comes from: %s', async (_, who, value, reason, expected) => {
    const { office } = testOffice(policy);
    expect(await code(addAllowance(office, who, { kind: 'landline', value, reason }, 0))).toBe(expected);
  });

  it('finds its words in a document; what the whitelist silences is shown with its entry', async () => {
    const { office } = testOffice(policy);
    await must(addWord(office, officer, high('青山工程'), 0));
    const phone = { kind: 'mobile' as const, value: '138-0000-0001', reason: '值班手机' };
    await must(addAllowance(office, second, phone, 1));
    const id = await draftWith(office, ['青山工程 [[mobile:13800000001]] [[mobile:13800000002]]']);
    await drain(office);
    const found = await findingsOf(office, id);
    expect(found.map(({ kind, severity, text, allowed }) => [kind, severity, text, allowed?.by])).toEqual([
      ['mobile', 'low', '13800000001', '复核'],
      ['mobile', 'high', '13800000002', undefined],
      ['office-word', 'high', '青山工程', undefined],
    ]);
    expect(unanswered(await current(office, id))).toHaveLength(2);
  });

  it.each([
    ['a word was added', async (office: Office) => must(addWord(office, officer, high('青山'), 1))],
    [
      'an entry of the whitelist was taken away',
      async (office: Office) => {
        const { allowances } = await loadDictionary(office);
        await must(removeAllowance(office, first, allowances[0]?.id ?? '', 1));
      },
    ],
  ])('is asked again at the gate, after %s since the review', async (_, change) => {
    const { office } = testOffice(policy);
    const phone = { kind: 'mobile' as const, value: '13800000001', reason: '值班手机' };
    await must(addAllowance(office, second, phone, 0));
    const id = await draftWith(office, ['青山 [[mobile:13800000001]]']);
    await drain(office);
    await approveBy(office, id, maker, first, second);
    await change(office);
    expect(await drain(office)).toEqual([]);
    const item = await current(office, id);
    expect([item.state, item.trouble?.code, item.trouble?.details]).toEqual([
      'draft',
      'dictionary-changed',
      { from: 1, to: 2 },
    ]);
    // The files were inspected again, with today's dictionary: there is something to answer now.
    expect(item.files.map(({ progress }) => progress)).toEqual(['inspected']);
    expect(unanswered(item)).toHaveLength(1);
  });

  it('holds up no document that it judges as before', async () => {
    const { office } = testOffice(policy);
    const id = await draftWith(office, ['预算公开']);
    await drain(office);
    await approveBy(office, id, maker, first, second);
    await must(addWord(office, officer, high('青山工程'), 0));
    expect(await drain(office)).toEqual([]);
    const item = await current(office, id);
    expect([item.state, item.pass?.dictionary]).toEqual(['published', 1]);
  });

  it('is asked again as well when the detectors themselves are newer than the review and find more', async () => {
    const { office } = testOffice(policy);
    const id = await draftWith(office, ['青山']);
    await drain(office);
    await approveBy(office, id, maker, first, second);
    const newer: Office = {
      ...office,
      inspector: {
        ...office.inspector,
        inspect: async (pdf, words) => {
          const seen = await office.inspector.inspect(pdf, { ...words, words: [high('青山')] });
          return seen.ok ? { ok: true, value: { ...seen.value, inspector: 'scripted/2' } } : seen;
        },
      },
    };
    expect(await drain(newer)).toEqual([]);
    const item = await current(newer, id);
    expect([item.state, item.trouble?.code]).toEqual(['draft', 'gate-findings']);
    expect(item.files.map(({ progress }) => progress)).toEqual(['inspected']);
    expect(unanswered(item)).toHaveLength(1);
  });

  it('lets no title or summary say what the pages were not allowed to say', async () => {
    const { office } = testOffice(policy);
    const id = await draftWith(office, ['公告']);
    await must(addWord(office, officer, high('2026年预算公开方案'), 0));
    await drain(office);
    await approveBy(office, id, maker, first, second);
    await drain(office);
    const item = await current(office, id);
    expect([item.state, item.trouble?.code, item.trouble?.details?.detail]).toEqual([
      'draft',
      'gate-findings',
      expect.stringContaining('office-word'),
    ]);
  });
});

describe('a trial over what is published', () => {
  it('runs page by page, lists what holds the words, and changes no publication', async () => {
    const { office } = testOffice(policy);
    const ids: string[] = [];
    for (const text of ['青山工程，青山', '别的', '又一件', '再一件', '又是', '末了青山']) {
      const id = await draftWith(office, [text]);
      await drain(office);
      await approveBy(office, id, maker, first, second);
      await drain(office);
      ids.push(id);
    }
    const before = await Promise.all(ids.map((id) => office.records.get(keys.publication(id))));
    const { id } = await must(tryWords(office, officer, [high('青山')]));
    expect(await drain(office)).toEqual([]);
    const { state, page, seen, found, unread } = trial.parse(
      (await office.records.get(keys.trial(id)))?.data,
    );
    expect({ state, page, seen, found, unread }).toEqual({
      state: 'done',
      page: 2,
      seen: 6,
      found: 2,
      unread: 0,
    });
    const { rows } = await office.records.query({ partition: `trial/${id}`, from: 'hit/', to: 'hit0' });
    const hits = rows.map(({ data }) => trialHit.parse(data));
    expect(hits.map(({ publication, words }) => [publication, words])).toEqual([
      [ids[0], [{ word: '青山', count: 2, pages: [1] }]],
      [ids[5], [{ word: '青山', count: 1, pages: [1] }]],
    ]);
    expect(await Promise.all(ids.map((one) => office.records.get(keys.publication(one))))).toEqual(before);
    expect((await loadDictionary(office)).words).toEqual([]);
  });

  it('does a page once, though its message comes twice, and tells what it could not read', async () => {
    const { office } = testOffice(policy);
    const id = await draftWith(office, ['青山']);
    await drain(office);
    await approveBy(office, id, maker, first, second);
    await drain(office);
    const broken: Office = {
      ...office,
      inspector: { ...office.inspector, inspect: async () => ({ ok: false, error: { code: 'damaged' } }) },
    };
    const run = await must(tryWords(office, administrator, [high('青山')]));
    const [delivery] = await office.queue.receive(10, 60);
    if (!delivery) throw new Error('no message');
    const { runMessage } = await import('../../packages/core/src/stations/index.ts');
    await runMessage(broken, delivery.message);
    await runMessage(broken, delivery.message);
    const told = trial.parse((await office.records.get(keys.trial(run.id)))?.data);
    expect([told.state, told.seen, told.unread]).toEqual(['done', 1, 1]);
  });
});
