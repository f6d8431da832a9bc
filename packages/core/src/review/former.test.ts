import { describe, expect, it } from 'vitest';
import type { Finding } from '../document/index.ts';
import { answersOf, type FormerAnswer, mergedAnswers, offersFor } from './former.ts';

const finding = (id: string, text: string, more: Partial<Finding> = {}): Finding => ({
  id,
  kind: 'mobile',
  severity: 'high',
  rule: 'mobile',
  sure: 1,
  text,
  boxes: [{ page: 1, x: 0, y: 0, width: 1, height: 1 }],
  removedByRender: false,
  why: { zh: '', en: '' },
  ...more,
});
const said = (answer: FormerAnswer['answer'], at = '2026-01-01', reason = 'x') => ({
  answer,
  reason,
  person: 'p',
  at,
});

describe('former answers', () => {
  it('are offered to the same thing, however it is written now, with the ground of its box', () => {
    const box = { id: 'r', file: 0, boxes: [], ground: 'privacy', finding: 'a' };
    const former = answersOf({ dispositions: { a: said('redact') }, redactions: [box] }, [
      finding('a', '13800138000'),
      finding('unanswered', '13900139000'),
    ]);
    const offers = offersFor(
      { dispositions: {} },
      [finding('n', '138-0013-8000'), finding('m', '13900139000')],
      former,
    );
    expect(Object.keys(offers)).toEqual(['n']);
    expect(offers.n).toMatchObject({ answer: 'redact', ground: 'privacy', person: 'p' });
  });

  it('are not offered where somebody has answered, where nothing is to be answered, or a box has no place', () => {
    const former = answersOf({ dispositions: { a: said('redact') }, redactions: [] }, [finding('a', '1')]);
    const ask = (one: Finding, dispositions = {}) => Object.keys(offersFor({ dispositions }, [one], former));
    expect(ask(finding('n', '1'))).toEqual(['n']);
    expect(ask(finding('n', '1'), { n: said('consent') })).toEqual([]);
    expect(ask(finding('n', '1', { removedByRender: true }))).toEqual([]);
    expect(ask(finding('n', '1', { boxes: [] }))).toEqual([]);
    expect(ask(finding('n', '1', { kind: 'landline' }))).toEqual([]);
  });

  it('never speak for a page that was looked at', () => {
    const scan = finding('a', '1', { kind: 'not-searched' });
    expect(answersOf({ dispositions: { a: said('not-sensitive') }, redactions: [] }, [scan])).toEqual([]);
  });

  it('say the careful thing where one version said two, and what a later version said before all', () => {
    const one = { ...said('not-sensitive', '2026-02-02'), value: 'v' };
    const careful = { ...said('redact', '2026-01-01'), value: 'v' };
    expect(mergedAnswers([], [one, careful])).toEqual([careful]);
    expect(mergedAnswers([], [careful, one])).toEqual([careful]);
    expect(mergedAnswers([careful], [one])).toEqual([one]);
  });
});
