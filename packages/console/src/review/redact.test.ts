import type { Publication, Redaction } from '@gongkai/core';
import { describe, expect, it } from 'vitest';
import type { Found } from './order.ts';
import {
  addRedactions,
  adopt,
  answerFindings,
  moveBox,
  reached,
  redactFindings,
  removeRedaction,
  takeBack,
  takeOffers,
  uncovered,
  undoing,
} from './redact.ts';

const box = { page: 2, x: 10, y: 20, width: 30, height: 10 };
const finding: Found = {
  id: 'f1',
  file: 1,
  kind: 'mobile',
  severity: 'high',
  rule: 'mobile',
  sure: 1,
  text: '13800138000',
  boxes: [box],
  removedByRender: false,
  why: { zh: '', en: '' },
};
const byHand: Redaction = { id: 'hand', file: 0, boxes: [box], ground: 'privacy' };
const item = (given: Partial<Publication> = {}) =>
  ({ redactions: [], demanded: [], dispositions: {}, ...given }) as unknown as Publication;

describe('an answer for several places', () => {
  const other: Found = { ...finding, id: 'f2', file: 0 };
  const gone: Found = { ...finding, id: 'f3', removedByRender: true };

  it('reaches those that nobody has answered, and always the one at which it is given', () => {
    const answered = item({
      dispositions: {
        f1: { answer: 'consent', reason: 'x', person: 'p', at: '' },
        f2: { answer: 'consent', reason: 'x', person: 'p', at: '' },
      },
    });
    expect(reached(item(), [finding, other, gone], finding)).toEqual([finding, other]);
    expect(reached(answered, [finding, other, gone], finding)).toEqual([finding]);
  });

  it('covers each in its own file, each with the ground of its kind', () => {
    const email: Found = { ...other, kind: 'email' };
    const { redactions = [] } = redactFindings([finding, email], ({ kind }) => `for ${kind}`)(item());
    expect(redactions.map(({ file, ground, finding }) => [file, ground, finding])).toEqual([
      [1, 'for mobile', 'f1'],
      [0, 'for email', 'f2'],
    ]);
  });
});

describe('taking the answers of an earlier version', () => {
  const answer = { answer: 'consent' as const, reason: '书面同意', at: '', personName: '王' };
  const other: Found = { ...finding, id: 'f2', file: 0 };

  it('says them again: boxes with their ground, reasons as they were', () => {
    const offers = {
      f1: { ...answer, answer: 'redact' as const, reason: '', ground: 'third-party' },
      f2: answer,
    };
    const edit = takeOffers([finding, other], offers, () => 'privacy')(item({ redactions: [byHand] }));
    expect(edit.redactions?.map(({ ground, finding }) => [ground, finding])).toEqual([
      ['privacy', undefined],
      ['third-party', 'f1'],
    ]);
    expect(edit.dispositions).toEqual({
      f1: { answer: 'redact', reason: '' },
      f2: { answer: 'consent', reason: '书面同意' },
    });
  });

  it('leaves alone what somebody has answered meanwhile', () => {
    const taken = item({
      dispositions: { f1: { answer: 'public-interest', reason: 'x', person: 'p', at: '' } },
    });
    expect(takeOffers([finding], { f1: answer }, () => 'privacy')(taken)).toEqual({
      redactions: [],
      dispositions: {},
    });
  });
});

describe('answering a finding', () => {
  it('by redaction puts a box a little larger than the letters, in the right file, and keeps boxes drawn by hand', () => {
    const { redactions = [], dispositions } = redactFindings(
      [finding],
      () => 'privacy',
    )(item({ redactions: [byHand] }));
    expect(redactions[0]).toBe(byHand);
    expect(redactions[1]).toMatchObject({ file: 1, finding: 'f1', ground: 'privacy' });
    expect(redactions[1]?.boxes).toEqual([{ page: 2, x: 9, y: 19, width: 32, height: 12 }]);
    expect(dispositions).toEqual({ f1: { answer: 'redact', reason: '' } });
  });

  it('twice leaves one box, not two', () => {
    const once = redactFindings([finding], () => 'privacy')(item());
    const twice = redactFindings([finding], () => 'other')(item({ redactions: once.redactions ?? [] }));
    expect(twice.redactions?.map(({ ground }) => ground)).toEqual(['other']);
  });

  it('otherwise takes its box away and keeps the reason', () => {
    const redacted = redactFindings([finding], () => 'privacy')(item({ redactions: [byHand] }));
    const next = answerFindings(
      [finding],
      'consent',
      ' 本人同意 ',
    )(item({ redactions: redacted.redactions ?? [] }));
    expect(next).toEqual({
      redactions: [byHand],
      dispositions: { f1: { answer: 'consent', reason: '本人同意' } },
    });
    expect(takeBack([finding])(item())).toEqual({ redactions: [], dispositions: { f1: null } });
  });
});

describe('boxes', () => {
  it('are added, moved one by one, and deleted together with the answer that they were', () => {
    expect(addRedactions([byHand])(item()).redactions).toEqual([byHand]);
    const two = { ...byHand, boxes: [box, { ...box, page: 3 }] };
    const moved = moveBox('hand', 1, { ...box, page: 3, x: 99 })(item({ redactions: [two] }));
    expect(moved.redactions?.[0]?.boxes.map(({ x }) => x)).toEqual([10, 99]);
    const answered = item({
      redactions: [{ ...byHand, finding: 'f1' }],
      dispositions: { f1: { answer: 'redact', reason: '', person: 'p', at: '' } },
    });
    expect(removeRedaction('hand')(answered)).toEqual({ redactions: [], dispositions: { f1: null } });
    expect(removeRedaction('hand')(item({ redactions: [byHand] }))).toEqual({ redactions: [] });
  });

  it('that a reviewer demands are adopted, with the finding answered', () => {
    const demanded = [
      { ...byHand, finding: 'f1' },
      { ...byHand, id: 'second' },
    ];
    expect(adopt(['hand'])(item({ demanded }))).toEqual({
      redactions: [demanded[0]],
      demanded: [demanded[1]],
      dispositions: { f1: { answer: 'redact', reason: '' } },
    });
  });
});

describe('places of words that were searched for', () => {
  it('are those that no box covers wholly yet, in their own file', () => {
    const place = (file: number, x: number) => ({ file, text: '张三', boxes: [{ ...box, x }] });
    const covering = { ...byHand, boxes: [{ ...box, x: 5, width: 50 }] };
    expect(uncovered([place(0, 10), place(0, 40), place(1, 10)], [covering])).toEqual([
      place(0, 40),
      place(1, 10),
    ]);
  });
});

describe('undoing', () => {
  const change = redactFindings([finding], () => 'privacy');

  it('gives back what was there before: boxes, grounds, answers', () => {
    const before = item({
      redactions: [byHand],
      dispositions: { f1: { answer: 'consent', reason: '有', person: 'p', at: '' } },
    });
    const edit = change(before);
    const now = item({
      redactions: edit.redactions ?? [],
      dispositions: { f1: { answer: 'redact', reason: '', person: 'p', at: '' } },
    });
    expect(undoing(before, edit)(now)).toEqual({
      redactions: [byHand],
      dispositions: { f1: { answer: 'consent', reason: '有' } },
    });
    const removed = removeRedaction('hand')(before);
    expect(undoing(before, removed)(item()).redactions).toEqual([byHand]);
    const moved = moveBox('hand', 0, { ...box, x: 99 })(before);
    expect(undoing(before, moved)(item({ redactions: moved.redactions ?? [] })).redactions).toEqual([byHand]);
  });

  it('leaves alone what somebody else has drawn since', () => {
    const before = item();
    const edit = change(before);
    const other = { ...byHand, id: 'other' };
    expect(undoing(before, edit)(item({ redactions: [...(edit.redactions ?? []), other] }))).toEqual({
      redactions: [other],
      dispositions: { f1: null },
    });
  });
});
