import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor, Role } from '../people/index.ts';
import { type FileEntry, metadata, open, type Publication } from '../publication/index.ts';
import { bindingOf } from './binding.ts';
import { type Ask, decide, recall } from './decide.ts';

const now = '2026-02-10T01:00:00.000Z';
const rules = {
  grounds: ['privacy'],
  requiredMetadata: ['title'],
  newReviewerWaitHours: 24,
  checkDisplay: () => ({ ok: true as const, value: undefined }),
};

const actor = (person: string, ...roles: Role[]): Actor => ({
  person,
  name: person,
  account: person,
  roles,
  via: 'console',
});
const maker = actor('maker', 'maker');

const file: FileEntry = {
  id: 'f1',
  name: '方案.docx',
  sha256: 'a'.repeat(64),
  size: 1,
  progress: 'inspected',
  pdf: 'b'.repeat(64),
  pages: 2,
  inspection: 'c'.repeat(64),
  substitutedFonts: [],
  findings: [],
};

const draft = (change: Partial<Publication> = {}): Publication => ({
  ...open(
    {
      id: 'p1',
      correlationId: 'c1',
      metadata: metadata.parse({ title: '方案' }),
      display: { kind: 'days', amount: 7 },
    },
    maker,
    now,
  ),
  files: [file],
  ...change,
});

const say = (item: Publication, who: Actor & { reviewerSince?: string }, ask: Partial<Ask> = {}) =>
  decide(item, { verdict: 'approve', binding: bindingOf(item), ...ask }, who, {
    now,
    id: `d-${who.person}`,
    rules,
  });

const approve = (item: Publication, who: Actor): Publication => {
  const next = say(item, who);
  if (!next.ok) throw new Error(next.error.code);
  return next.value.item;
};

const first = actor('first', 'first-reviewer');
const second = actor('second', 'second-reviewer');
const principal = actor('principal', 'principal');

describe('the way through the checkpoints', () => {
  it('begins with fields that can be read and a day that there is', () => {
    const told = (change: Partial<Publication['metadata']>) =>
      say(draft({ metadata: metadata.parse({ title: '方案', ...change }) }), maker);
    expect(told({ generatedOn: '2026-02-28' }).ok).toBe(true);
    expect(told({ title: ' \u200b\u202e' })).toMatchObject({ error: { code: 'metadata-incomplete' } });
    expect(told({ generatedOn: '2026-02-31' })).toMatchObject({ error: { code: 'date-invalid' } });
  });

  it('goes 自审, 初审, 复核, and then to the machines', () => {
    const at = [approve(draft(), maker)];
    for (const who of [first, second]) at.push(approve(at.at(-1) ?? draft(), who));
    expect(at.map(({ state }) => state)).toEqual(['first-review', 'second-review', 'rendering']);
  });

  it('asks 主要负责人 too when the item is major (seed 13)', () => {
    const item = approve(approve(approve(draft({ major: true }), maker), first), second);
    expect(item.state).toBe('principal-review');
    expect(approve(item, principal).state).toBe('rendering');
  });

  it('goes back to its maker with the reason, and every decision is void', () => {
    const next = say(approve(draft(), maker), first, { verdict: 'return', reason: '标题不规范' });
    expect(next).toMatchObject({ ok: true, value: { item: { state: 'draft', edition: 2, decisions: [] } } });
    if (next.ok)
      expect(next.value.item.voided.map(({ checkpoint }) => checkpoint)).toEqual(['self', 'first']);
  });

  it('ends when it is refused with a legal ground, and only then', () => {
    const item = approve(draft(), maker);
    expect(say(item, first, { verdict: 'refuse', reason: '涉及个人隐私' })).toMatchObject({
      error: { code: 'ground-needed' },
    });
    expect(say(item, first, { verdict: 'refuse', ground: 'made-up', reason: 'x' })).toMatchObject({
      error: { code: 'ground-needed' },
    });
    expect(say(item, first, { verdict: 'refuse', ground: 'privacy', reason: '涉及个人隐私' })).toMatchObject({
      value: { item: { state: 'refused' } },
    });
  });
});

describe('who may not decide', () => {
  const waiting = approve(draft(), maker);

  it.each([
    ['the maker, whatever roles they hold', actor('maker', 'maker', 'first-reviewer'), 'same-person'],
    ['an editor', actor('editor', 'first-reviewer'), 'same-person'],
    ['someone without the role', actor('x', 'second-reviewer'), 'not-allowed'],
    ['the administrator', actor('x', 'administrator'), 'not-allowed'],
  ])('%s', (_, who, code) => {
    const item = { ...waiting, editors: [...waiting.editors, 'editor'] };
    expect(say(item, who)).toMatchObject({ ok: false, error: { code } });
  });

  it('the first reviewer as second reviewer', () => {
    const both = actor('first', 'first-reviewer', 'second-reviewer');
    expect(say(approve(waiting, both), both)).toMatchObject({ error: { code: 'same-person' } });
  });

  it('a reviewer whose role is younger than the waiting time', () => {
    expect(say(waiting, { ...first, reviewerSince: '2026-02-09T12:00:00.000Z' })).toMatchObject({
      error: { code: 'new-reviewer', details: { hours: 24 } },
    });
    expect(say(waiting, { ...first, reviewerSince: '2026-02-08T12:00:00.000Z' })).toMatchObject({ ok: true });
  });
});

describe('what a decision is bound to', () => {
  it.each<[string, Partial<Publication>]>([
    ['the document', { files: [{ ...file, sha256: 'd'.repeat(64) }] }],
    ['the converted pages', { files: [{ ...file, pdf: 'd'.repeat(64) }] }],
    ['the metadata', { metadata: metadata.parse({ title: '别的' }) }],
    [
      'the redactions',
      {
        redactions: [
          { id: 'r', file: 0, ground: 'privacy', boxes: [{ page: 1, x: 0, y: 0, width: 9, height: 9 }] },
        ],
      },
    ],
    ['the display period', { display: { kind: 'long-term' } }],
    ['the hour of publication', { publishAt: '2026-03-01T00:00:00.000Z' }],
  ])('a change of %s makes it void', (_, change) => {
    const seen = draft();
    const changed = draft(change);
    expect(say(changed, maker, { binding: bindingOf(seen) })).toMatchObject({
      error: { code: 'bytes-changed' },
    });
  });
});

describe('what must be answered first', () => {
  const finding = { id: 'f1:id', kind: 'resident-id', severity: 'high', removedByRender: false } as const;
  const answered = (answer: 'redact' | 'not-sensitive' | 'removed', reason = ''): Publication =>
    draft({
      files: [{ ...file, findings: [finding] }],
      dispositions: { [finding.id]: { answer, reason, person: 'maker', at: now } },
    });

  it('keeps a finding without an answer from going on', () => {
    expect(say(draft({ files: [{ ...file, findings: [finding] }] }), maker)).toMatchObject({
      error: { code: 'findings-unanswered' },
    });
  });

  it('takes "redact" only together with a box, and "not sensitive" only with a reason', () => {
    expect(say(answered('redact'), maker)).toMatchObject({ error: { code: 'findings-unanswered' } });
    expect(say(answered('not-sensitive'), maker)).toMatchObject({ error: { code: 'findings-unanswered' } });
    expect(say(answered('removed'), maker)).toMatchObject({ error: { code: 'findings-unanswered' } });
    expect(say(answered('not-sensitive', '示例号码'), maker)).toMatchObject({ ok: true });
    const boxed = answered('redact');
    const box = {
      id: 'r',
      file: 0,
      ground: 'privacy',
      finding: finding.id,
      boxes: [{ page: 1, x: 0, y: 0, width: 9, height: 9 }],
    };
    expect(say({ ...boxed, redactions: [box] }, maker)).toMatchObject({ ok: true });
  });

  it('wants every file inspected and the required fields filled', () => {
    expect(say(draft({ files: [{ ...file, progress: 'converted' }] }), maker)).toMatchObject({
      error: { code: 'wrong-state' },
    });
    expect(say(draft({ metadata: metadata.parse({}) }), maker)).toMatchObject({
      error: { code: 'metadata-incomplete' },
    });
    expect(say(draft({ files: [] }), maker)).toMatchObject({ error: { code: 'metadata-incomplete' } });
  });
});

describe('no single person', () => {
  it('reaches the machines, whatever roles they hold and whatever they try', () => {
    const everything = actor(
      'alone',
      'maker',
      'first-reviewer',
      'second-reviewer',
      'principal',
      'administrator',
    );
    const verdicts = fc.array(fc.constantFrom('approve', 'return', 'refuse', 'recall'), { maxLength: 12 });
    fc.assert(
      fc.property(verdicts, fc.boolean(), (tries, major) => {
        let item = { ...draft({ major }), maker: 'alone', editors: ['alone'] };
        for (const what of tries) {
          const next =
            what === 'recall'
              ? recall(item, everything, now)
              : (() => {
                  const said = say(item, everything, {
                    verdict: what as Ask['verdict'],
                    reason: 'r',
                    ground: 'privacy',
                  });
                  return said.ok ? { ok: true as const, value: said.value.item } : said;
                })();
          if (next.ok) item = next.value as typeof item;
          expect(['draft', 'first-review', 'refused']).toContain(item.state);
        }
      }),
    );
  });
});
