import {
  attachUpload,
  clearOrphans,
  dropFile,
  editDraft,
  everyone,
  findFaults,
  recallForEditing,
  refusal,
  saidInCatalogue,
  sweep,
  visible,
  withdrawPublication,
} from '@gongkai/core';
import { drain, scannerSaying, testOffice } from '@gongkai/core/memory';
import { inspectText } from '@gongkai/inspect';
import { describe, expect, it } from 'vitest';
import {
  approveBy,
  bytesOf,
  current,
  defaultPolicy,
  draftWith,
  filled,
  first,
  maker,
  principal,
  redactAll,
  say,
  second,
} from './office-at-work.ts';

const policy = defaultPolicy();
const audit = async (office: ReturnType<typeof testOffice>['office'], id: string): Promise<string[]> =>
  (await office.records.query({ partition: `history/${id}` })).rows.map(
    (row) => (row.data as { action: string }).action,
  );

describe('the way of a document', () => {
  it('goes from upload to the catalogue and is gone when its time is over, every step in the audit', async () => {
    const { office, clock, search } = testOffice(policy);
    const id = await draftWith(office, ['关于预算的公告', '附件一']);
    expect(await drain(office)).toEqual([]);
    expect((await current(office, id)).files.map(({ progress }) => progress)).toEqual([
      'inspected',
      'inspected',
    ]);

    await approveBy(office, id, maker, first, second);
    expect(await drain(office)).toEqual([]);
    const item = await current(office, id);
    expect(item.state).toBe('published');
    expect(item.release?.files).toHaveLength(2);
    expect(visible(item, everyone, clock.now())).toBe('visible');
    expect((await search.query('预算')).hits).toHaveLength(1);

    // 7 days, the first not counted, to 24:00 in the office.
    expect(item.until).toBe('2026-02-17T16:00:00.000Z');
    clock.set('2026-02-17T15:59:59.999Z');
    expect(visible(item, everyone, clock.now())).toBe('visible');
    clock.set('2026-02-17T16:00:00.000Z');
    expect(visible(item, everyone, clock.now())).toBe('gone');
    expect(await drain(office)).toEqual([]);
    expect((await current(office, id)).state).toBe('expired');
    expect((await search.query('预算')).hits).toHaveLength(0);

    expect(await audit(office, id)).toEqual([
      'publication.created',
      'file.uploaded',
      'file.uploaded',
      'file.accepted',
      'file.accepted',
      'file.converted',
      'file.converted',
      'file.inspected',
      'file.inspected',
      'decision.approve',
      'decision.approve',
      'decision.approve',
      'numbers.assigned',
      'release.rendered',
      'gate.passed',
      'publication.published',
      'publication.expired',
    ]);
  });

  it('gives each publication its own index number and code, and keeps them through a second edition', async () => {
    const { office } = testOffice(policy);
    const ids = [await draftWith(office, ['一']), await draftWith(office, ['二'])];
    await drain(office);
    for (const id of ids) await approveBy(office, id, maker, first, second);
    await drain(office);
    const [one, two] = await Promise.all(ids.map((id) => current(office, id)));
    expect(one?.numbers?.indexNumber).toMatch(/2026-0*1$/);
    expect(two?.numbers?.indexNumber).toMatch(/2026-0*2$/);
    expect(one?.numbers?.code).not.toBe(two?.numbers?.code);
  });

  it('appears at its hour though no worker runs, and not before', async () => {
    const { office, clock, search } = testOffice(policy);
    const id = await draftWith(office, ['公示']);
    await drain(office);
    await editDraft(office, maker, id, { publishAt: '2026-02-12T00:00:00.000Z' });
    await approveBy(office, id, maker, first, second);
    await drain(office);
    const item = await current(office, id);
    expect(item.state).toBe('scheduled');
    expect(item.release?.stampedOn).toBe('2026-02-12');
    expect(visible(item, everyone, clock.now())).toBe('hidden');
    expect(search.entries.size).toBe(0);
    clock.set('2026-02-12T00:00:00.000Z');
    expect(visible(item, everyone, clock.now())).toBe('visible');
    await drain(office);
    expect((await current(office, id)).state).toBe('published');
    expect(search.entries.size).toBe(1);
  });

  it('catches up with everything that fell due while the machine was down', async () => {
    const { office, clock } = testOffice(policy);
    const id = await draftWith(office, ['公示']);
    await drain(office);
    await editDraft(office, maker, id, { publishAt: '2026-02-12T00:00:00.000Z' });
    await approveBy(office, id, maker, first, second);
    await drain(office);
    clock.set('2026-06-01T00:00:00.000Z');
    await drain(office);
    expect((await current(office, id)).state).toBe('expired');
    expect(await audit(office, id)).toContain('publication.published');
  });

  it('reminds the maker a working day before the end, once, and not when it is over already', async () => {
    const { office, clock } = testOffice(policy);
    const id = await draftWith(office, ['公示']);
    await drain(office);
    await approveBy(office, id, maker, first, second);
    await drain(office);
    // The display ends with 2026-02-17, in the Spring Festival; the last working day before it is the 14th, a Saturday.
    clock.set('2026-02-14T00:59:00.000Z');
    await drain(office);
    expect(await audit(office, id)).not.toContain('reminder.sent');
    clock.set('2026-02-14T01:00:00.000Z');
    await drain(office);
    await drain(office);
    expect((await audit(office, id)).filter((action) => action === 'reminder.sent')).toHaveLength(1);
  });

  it('asks 主要负责人 as well when the item is major', async () => {
    const { office } = testOffice(policy);
    const id = await draftWith(office, ['重大事项'], { major: true });
    await drain(office);
    await approveBy(office, id, maker, first, second);
    await drain(office);
    expect((await current(office, id)).state).toBe('principal-review');
    await approveBy(office, id, principal);
    await drain(office);
    expect((await current(office, id)).state).toBe('published');
  });

  it('is rendered again when midnight passes between the last decision and the gate', async () => {
    const rendered: string[] = [];
    const { office, clock } = testOffice(policy, {
      render: (text, plan) => {
        rendered.push((plan as { stamp: { publishedOn: string } }).stamp.publishedOn);
        if (rendered.length === 1) clock.set('2026-02-10T16:00:01.000Z');
        return `${text}${JSON.stringify(plan)}`;
      },
    });
    const id = await draftWith(office, ['公告']);
    await drain(office);
    clock.set('2026-02-10T15:59:59.000Z');
    await approveBy(office, id, maker, first, second);
    await drain(office);
    expect(rendered).toEqual(['2026-02-10', '2026-02-11']);
    expect((await current(office, id)).state).toBe('published');
  });

  it('points from the replaced item to its successor', async () => {
    const { office, search } = testOffice(policy);
    const old = await draftWith(office, ['旧方案']);
    await drain(office);
    await approveBy(office, old, maker, first, second);
    await drain(office);
    const next = await draftWith(office, ['新方案'], { replaces: old });
    await drain(office);
    await approveBy(office, next, maker, first, second);
    await drain(office);
    expect(await current(office, old)).toMatchObject({ state: 'replaced', replacedBy: next });
    expect([...search.entries.keys()]).toEqual([next]);
  });
});

describe('what stops a document', () => {
  it('a file that intake refuses: the sentence is kept, the original stays in quarantine, nobody can approve', async () => {
    const { office, blobs } = testOffice(policy, {
      examine: () => refusal('macros', { part: 'vbaProject.bin' }),
    });
    const id = await draftWith(office, ['宏']);
    await drain(office);
    const item = await current(office, id);
    expect(item.files[0]).toMatchObject({ progress: 'refused', refusal: { code: 'macros' } });
    expect(await blobs.head({ area: 'quarantine', sha256: item.files[0]?.sha256 ?? '' })).toBeDefined();
    expect(await say(office, maker, id)).toMatchObject({ ok: false, error: { code: 'wrong-state' } });
  });

  it('a state-secret marking: refused, bytes destroyed everywhere, hash and name in the audit, the officer told', async () => {
    const { office, blobs } = testOffice(policy);
    const id = await draftWith(office, ['[[state-secret-mark:机密★5年]] 作战方案']);
    await drain(office);
    const item = await current(office, id);
    expect(item.state).toBe('stopped');
    expect(item.metadata.title).toBe('');
    for (const area of ['quarantine', 'vault', 'renditions'] as const)
      for await (const blob of blobs.list(area)) {
        const stream = await blobs.open({ area, sha256: blob.sha256 });
        let text = '';
        for await (const chunk of stream ?? []) text += new TextDecoder().decode(chunk);
        expect(text).not.toContain('作战方案');
      }
    const stopped = (await office.records.query({ partition: `history/${id}` })).rows.at(-1)?.data;
    expect(stopped).toMatchObject({
      action: 'publication.stopped',
      details: { files: [{ name: '文件0.txt' }] },
    });
    expect(await approveOutcome(office, id)).toBe('wrong-state');
  });

  it('a state secret that only a person recognises: refused on that ground, it is destroyed as well', async () => {
    const { office, blobs } = testOffice(policy);
    const id = await draftWith(office, ['没有标志的内容']);
    await drain(office);
    await approveBy(office, id, maker);
    expect(
      (await say(office, first, id, { verdict: 'refuse', ground: 'state-secret', reason: '属于秘密级事项' }))
        .ok,
    ).toBe(true);
    await drain(office);
    const item = await current(office, id);
    expect(item.state).toBe('stopped');
    expect(await blobs.head({ area: 'vault', sha256: item.files[0]?.sha256 ?? '' })).toBeUndefined();
  });

  it('what a machine makes of a file after its publication was stopped is destroyed too', async () => {
    const office = testOffice(policy, {}, (inner) => ({
      ...inner,
      converter: {
        convert: async (original, type, name) => {
          const done = await inner.converter.convert(original, type, name);
          // While the second file is under conversion, the first one stops the publication.
          if (name === '文件1.txt') await drain(inner);
          return done;
        },
      },
    }));
    const id = await draftWith(office.office, ['[[state-secret-mark:机密]]', '附件正在转换']);
    await drain(office.office);
    const left: string[] = [];
    for (const area of ['quarantine', 'vault', 'renditions'] as const)
      for await (const { sha256 } of office.blobs.list(area)) {
        let text = '';
        for await (const chunk of (await office.blobs.open({ area, sha256 })) ?? [])
          text += new TextDecoder().decode(chunk);
        if (text.includes('正在转换')) left.push(area);
      }
    expect(left).toEqual([]);
    expect((await current(office.office, id)).state).toBe('stopped');
  });

  it('takes nothing from another publication that holds the same form, and its own bytes are gone all the same', async () => {
    const { office, blobs, clock } = testOffice(policy);
    const form = '通用申请表';
    const published = await draftWith(office, [form]);
    const drafted = await draftWith(office, ['另一份材料', form]);
    await drain(office);
    await approveBy(office, published, maker, first, second);
    await drain(office);
    expect((await current(office, published)).state).toBe('published');
    // The form first: bytes that stay must not keep the secret behind them.
    const secret = await draftWith(office, [form, '没有标志的作战方案']);
    await drain(office);
    await approveBy(office, secret, maker);
    await say(office, first, secret, { verdict: 'refuse', ground: 'state-secret', reason: '属于秘密级事项' });
    expect(await drain(office)).toEqual([]);
    const stopped = await current(office, secret);
    expect(stopped.state).toBe('stopped');
    for (const area of ['quarantine', 'vault'] as const)
      expect(await blobs.head({ area, sha256: stopped.files[1]?.sha256 ?? '' })).toBeUndefined();

    for (const id of [published, drafted]) {
      const file = (await current(office, id)).files.at(-1);
      expect(await blobs.head({ area: 'vault', sha256: file?.sha256 ?? '' })).toBeDefined();
      for (const sha256 of [file?.pdf, file?.inspection, file?.examination])
        expect(await blobs.head({ area: 'renditions', sha256: sha256 ?? '' }), id).toBeDefined();
    }
    clock.advance(7_200);
    expect(await findFaults(office)).toEqual([]);
  });

  it('what a killed machine had made and no record speaks of is cleared away, everything else stays', async () => {
    const { office, blobs, clock } = testOffice(policy);
    const standing = await draftWith(office, ['一件在办的文件']);
    const dropped = await draftWith(office, ['一件拿掉的文件']);
    const secret = await draftWith(office, ['[[state-secret-mark:机密]] 作战方案']);
    await drain(office);
    const before = (await current(office, dropped)).files[0];
    await dropFile(office, maker, dropped, 'file0');
    // A second conversion of the stopped document, and its original once more, from before the kill.
    const left = [
      await blobs.putOnce('renditions', bytesOf('%PDF 作战方案')),
      await blobs.putOnce('vault', bytesOf('[[state-secret-mark:机密]] 作战方案')),
    ].map((put) => (put.ok ? put.value.sha256 : ''));
    expect((await current(office, secret)).files[0]?.sha256).toBe(left[1]);
    expect(await clearOrphans(office)).toBe(0); // somebody may be about to commit
    clock.advance(3_700);
    expect(await clearOrphans(office)).toBeGreaterThan(0);
    const kept = async (area: 'vault' | 'renditions', sha256: string | undefined) =>
      (await blobs.head({ area, sha256: sha256 ?? '' })) !== undefined;
    expect(await kept('renditions', left[0])).toBe(false);
    expect(await kept('vault', left[1])).toBe(false);
    expect(await kept('renditions', before?.pdf)).toBe(false);
    expect(await kept('vault', before?.sha256)).toBe(true);
    const file = (await current(office, standing)).files[0];
    expect(await kept('vault', file?.sha256)).toBe(true);
    for (const sha256 of [file?.pdf, file?.inspection, file?.examination])
      expect(await kept('renditions', sha256)).toBe(true);
    expect(await clearOrphans(office)).toBe(0);
  });

  it('a harmful file, and a missing scanner where one is required', async () => {
    const harmful = testOffice(policy, {}, (office) => ({
      ...office,
      scanner: scannerSaying({ verdict: 'harmful', name: 'Eicar' }),
    }));
    const id = await draftWith(harmful.office, ['x']);
    await drain(harmful.office);
    expect((await current(harmful.office, id)).files[0]?.refusal?.code).toBe('malware');

    const required = { ...policy, limits: { ...policy.limits, scanner: 'required' as const } };
    const optional = { ...policy, limits: { ...policy.limits, scanner: 'when-installed' as const } };
    for (const [rules, verdict, why] of [
      [required, { verdict: 'absent' }, 'scanner-missing'],
      [optional, { verdict: 'absent' }, undefined],
      // One that is installed and does not answer lets nothing through, whatever the policy says.
      [optional, { verdict: 'unavailable' }, 'scanner-silent'],
      [optional, { verdict: 'unavailable', why: 'pending' }, 'scanner-pending'],
      [optional, { verdict: 'unavailable', why: 'unsupported' }, 'scanner-unsupported'],
      [optional, { verdict: 'unavailable', why: 'denied' }, 'scanner-denied'],
      [optional, { verdict: 'unavailable', why: 'failed' }, 'scanner-failed'],
    ] as const) {
      const passes = why === undefined;
      const { office, clock } = testOffice(rules, {}, (inner) => ({
        ...inner,
        scanner: scannerSaying(verdict),
      }));
      const waiting = await draftWith(office, ['x']);
      await drain(office, clock);
      expect((await current(office, waiting)).files[0]?.progress).toBe(passes ? 'inspected' : 'received');
      const dead = (await office.queue.deadLetters()).map(({ lastError }) => lastError);
      expect(dead).toEqual(passes ? [] : [why]);
    }
  });

  it('the gate, when the release still holds what was to be redacted', async () => {
    const { office } = testOffice(policy, {
      render: (_, plan) => `[[resident-id:110101199003071234]]${JSON.stringify(plan)}`,
    });
    const id = await draftWith(office, ['[[resident-id:110101199003071234]]']);
    await drain(office);
    await redactAll(office, id);
    await approveBy(office, id, maker, first, second);
    await drain(office);
    expect(await current(office, id)).toMatchObject({
      state: 'draft',
      edition: 2,
      decisions: [],
      trouble: { code: 'gate-findings' },
    });
  });

  it('the gate, when the release shows something that nobody has decided on', async () => {
    const { office } = testOffice(policy, { render: (text) => `${text}[[mobile:13800138000]]` });
    const id = await draftWith(office, ['干净的文件']);
    await drain(office);
    await approveBy(office, id, maker, first, second);
    await drain(office);
    expect((await current(office, id)).trouble?.code).toBe('gate-findings');
  });

  it.each(['title', 'documentNumber', 'office', 'summary', 'theme', 'genre', 'audience'] as const)(
    'the gate, when the catalogue would say under %s what no page may',
    async (field) => {
      const { office } = testOffice(policy);
      const id = await draftWith(office, ['干净的文件']);
      await drain(office);
      const told = `${filled(policy, '公示')[field]}[[resident-id:110101199003071234]]`;
      const changed = { metadata: { ...filled(policy, '公示'), [field]: told } };
      expect(await editDraft(office, maker, id, changed)).toMatchObject({ ok: true });
      await approveBy(office, id, maker, first, second);
      await drain(office);
      expect(await current(office, id)).toMatchObject({ state: 'draft', trouble: { code: 'gate-findings' } });
    },
  );

  it('but asks nobody about the themes and genres that the policy itself names', () => {
    for (const theme of policy.themes)
      for (const genre of policy.genres) {
        const given = { ...filled(policy, '公示'), genre: genre.name };
        for (const one of [theme.name, ...theme.children.map((child) => `${theme.name}/${child}`)]) {
          const said = saidInCatalogue({ ...given, theme: one }, policy);
          expect(inspectText(said).filter(({ severity }) => severity !== 'low')).toEqual([]);
        }
      }
  });

  it('lets a redacted document through when the redaction took', async () => {
    const { office } = testOffice(policy);
    const id = await draftWith(office, ['[[resident-id:110101199003071234]] 公告']);
    await drain(office);
    await redactAll(office, id);
    await approveBy(office, id, maker, first, second);
    await drain(office);
    expect((await current(office, id)).state).toBe('published');
  });
});

describe('withdrawal', () => {
  it('is gone from the public at once, with a notice, and wins over a publishing under way', async () => {
    const { office, clock } = testOffice(policy);
    const id = await draftWith(office, ['公告']);
    await drain(office);
    await approveBy(office, id, maker, first, second);
    await drain(office);
    expect(await withdrawPublication(office, maker, id, { reason: 'r', notice: 'n' })).toMatchObject({
      error: { code: 'not-allowed' },
    });
    expect(await withdrawPublication(office, first, id, { reason: ' ', notice: 'n' })).toMatchObject({
      error: { code: 'reason-needed' },
    });
    expect(
      await withdrawPublication(office, first, id, { reason: '数据有误', notice: '因数据更正撤回' }),
    ).toMatchObject({ ok: true });
    expect(visible(await current(office, id), everyone, clock.now())).toBe('gone');
  });

  it('of what never was public leaves nothing to tell of', async () => {
    const { office, clock } = testOffice(policy);
    const id = await draftWith(office, ['公告']);
    await drain(office);
    await editDraft(office, maker, id, { publishAt: '2026-03-12T00:00:00.000Z' });
    await approveBy(office, id, maker, first, second);
    await drain(office);
    await withdrawPublication(office, first, id, { reason: '取消', notice: '取消' });
    clock.set('2026-04-01T00:00:00.000Z');
    expect(visible(await current(office, id), everyone, clock.now())).toBe('hidden');
  });
});

describe('clearing away', () => {
  it('spares the pages of a document that is sent back while it looks', async () => {
    let meanwhile: (() => Promise<unknown>) | undefined;
    const { office, clock, blobs } = testOffice(policy, {}, (inner) => ({
      ...inner,
      records: {
        get: (key) => inner.records.get(key),
        commit: (writes) => inner.records.commit(writes),
        query: async (asked) => {
          const now = meanwhile;
          if (asked.partition === 'state/first-review' && now) {
            meanwhile = undefined;
            await now();
          }
          return inner.records.query(asked);
        },
      },
    }));
    const id = await draftWith(office, ['公告']);
    await drain(office);
    await approveBy(office, id, maker);
    await drain(office);
    clock.advance(2 * 3600);
    // Drafts have been looked at by then; it becomes one again.
    meanwhile = () => say(office, first, id, { verdict: 'return', reason: '请修改' });
    await clearOrphans(office);
    const item = await current(office, id);
    expect(item.state).toBe('draft');
    expect(await blobs.head({ area: 'renditions', sha256: item.files[0]?.pdf ?? '' })).toBeDefined();
  });
});

describe('the clock', () => {
  it('goes on to the others where the bytes of one are gone, and tells of it', async () => {
    const { office, clock, blobs } = testOffice(policy);
    const broken = await draftWith(office, ['被毁的公告'], { display: { kind: 'days', amount: 8 } });
    const other = await draftWith(office, ['另一份公告'], { display: { kind: 'days', amount: 8 } });
    for (const id of [broken, other]) {
      await drain(office);
      await editDraft(office, maker, id, { publishAt: '2026-02-12T01:00:00.000Z' });
      await approveBy(office, id, maker, first, second);
      await drain(office);
      expect((await current(office, id)).state).toBe('scheduled');
    }
    const sha256 = (await current(office, broken)).release?.files[0]?.sha256 ?? '';
    await blobs.destroy({ area: 'vault', sha256 });

    clock.set('2026-02-12T01:00:00.000Z');
    await expect(sweep(office)).rejects.toThrow(sha256);
    expect((await current(office, other)).state).toBe('published');
    clock.set('2026-02-20T16:00:00.000Z');
    await expect(sweep(office)).rejects.toThrow(sha256);
    expect((await current(office, other)).state).not.toBe('published');
  });

  it('passes over those that wait by other rules than they were placed with, however many', async () => {
    const reminding = (reminderDays: number) => ({ ...policy, timers: { ...policy.timers, reminderDays } });
    const { office, clock } = testOffice(reminding(3));
    const long = { display: { kind: 'days', amount: 15 } } as const;
    const ids = [
      await draftWith(office, ['甲'], long),
      await draftWith(office, ['乙'], long),
      await draftWith(office, ['丙']),
    ];
    await drain(office);
    for (const id of ids) await approveBy(office, id, maker, first, second);
    await drain(office);
    clock.set('2026-02-12T02:00:00.000Z');
    expect(await sweep(office)).toEqual([{ id: ids[2], what: 'remind' }]);
    // The first two stand where they would have been reminded; by today's rules that is later.
    clock.set('2026-02-17T16:00:00.000Z');
    const today = { ...office, policy: reminding(0) };
    expect(await sweep(today, 2)).toEqual([{ id: ids[2], what: 'expire' }]);
  });
});

describe('done twice', () => {
  it('two attachments that come out as the same bytes, and an edition submitted again unchanged, get out', async () => {
    const { office, clock } = testOffice(policy, { render: () => '同样的字节' });
    const id = await draftWith(office, ['正文', '附件', '附件 ']);
    await drain(office);
    await editDraft(office, maker, id, { publishAt: '2026-02-12T00:00:00.000Z' });
    await approveBy(office, id, maker, first, second);
    await drain(office);
    expect(await recallForEditing(office, maker, id)).toMatchObject({ ok: true });
    await approveBy(office, id, maker, first, second);
    expect(await drain(office)).toEqual([]);
    clock.set('2026-02-12T00:00:00.000Z');
    await drain(office);
    expect((await current(office, id)).state).toBe('published');
  });

  it('the same upload attached twice is one file', async () => {
    const { office } = testOffice(policy);
    const id = await draftWith(office, ['一']);
    const kept = await office.blobs.putOnce('quarantine', bytesOf('一'));
    if (!kept.ok) throw new Error(kept.error.code);
    await attachUpload(office, maker, id, { id: 'file0', name: '文件0.txt', ...kept.value });
    expect((await current(office, id)).files).toHaveLength(1);
  });

  it('a double click on approve counts once', async () => {
    const { office } = testOffice(policy);
    const id = await draftWith(office, ['一']);
    await drain(office);
    await approveBy(office, id, maker);
    const both = await Promise.all([say(office, first, id), say(office, first, id)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await current(office, id)).decisions).toHaveLength(2);
  });

  it('a recall before the hour makes the decisions void, after it there is only the withdrawal', async () => {
    const { office, clock } = testOffice(policy);
    const id = await draftWith(office, ['一']);
    await drain(office);
    await editDraft(office, maker, id, { publishAt: '2026-02-12T00:00:00.000Z' });
    await approveBy(office, id, maker, first, second);
    await drain(office);
    clock.set('2026-02-12T00:00:00.000Z');
    expect(await recallForEditing(office, maker, id)).toMatchObject({ error: { code: 'wrong-state' } });
    clock.set('2026-02-11T00:00:00.000Z');
    expect(await recallForEditing(office, maker, id)).toMatchObject({ ok: true });
    expect(await current(office, id)).toMatchObject({ state: 'draft', decisions: [] });
    expect((await current(office, id)).pass).toBeUndefined();
  });
});

const approveOutcome = async (
  office: ReturnType<typeof testOffice>['office'],
  id: string,
): Promise<string> => {
  const answer = await say(office, maker, id);
  return answer.ok ? 'ok' : answer.error.code;
};
