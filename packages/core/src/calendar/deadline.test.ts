import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarFrom, chinaNotices } from './calendar.ts';
import { addDays } from './date.ts';
import { type DeadlineInputs, deadline } from './deadline.ts';
import { addWorkingDays, countWorkingDays } from './working-day.ts';

const due = (inputs: Parameters<typeof deadline>[0]) => {
  const answer = deadline(inputs);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
};
const zh = (inputs: Parameters<typeof deadline>[0]) => due(inputs).reasons.map((reason) => reason.zh);
const wd = { unit: 'working-day' } as const;

describe('a deadline in working days', () => {
  it('explains every day between the event and the date', () => {
    expect(zh({ ...wd, from: '2026-02-10', amount: 7 })).toEqual([
      '2026-02-10 为起算日，不计入（民法典 §201）',
      '2026-02-11 至 2026-02-13 工作日，计入 3 天',
      '2026-02-14 春节调休上班，计入',
      '2026-02-15 至 2026-02-23 春节放假，不计',
      '2026-02-24 至 2026-02-26 工作日，计入 3 天',
      expect.stringMatching(/^截止日 2026-02-26：共 7 个工作日（日历 2007-2026\.[0-9a-f]{8}）$/),
    ]);
    expect(due({ ...wd, from: '2026-02-10', amount: 7 }).reasons[3]?.en).toBe(
      '2026-02-15 to 2026-02-23 Spring Festival holiday, not counted',
    );
  });

  it('adds an extension to the same count (条例 §33: 20 + 20)', () => {
    const extended = due({
      ...wd,
      from: '2026-02-10',
      amount: 20,
      extension: { amount: 20, reason: '需多部门核实' },
    });
    expect(extended.due).toBe('2026-04-14');
    expect(extended.reasons.at(-1)?.zh).toContain('20 + 延长 20：需多部门核实');
  });

  it('does not count the days after a pause began up to the day it ended (条例 §33③)', () => {
    const pauses = [{ from: '2026-03-02', to: '2026-03-11', reason: '征求第三方意见' }];
    const paused = due({ ...wd, from: '2026-02-25', amount: 10, pauses });
    const lost = countWorkingDays('2026-03-02', '2026-03-11');
    expect(paused.due).toBe(addWorkingDays('2026-02-25', 10 + lost));
    expect(paused.reasons.map((reason) => reason.zh)).toContain(
      '2026-03-03 至 2026-03-11 暂停计算（征求第三方意见），不计',
    );
  });

  it('counts a day under two pauses only once', () => {
    const one = { from: '2026-03-02', to: '2026-03-11', reason: 'a' };
    const two = { from: '2026-03-05', to: '2026-03-09', reason: 'b' };
    const inputs = { ...wd, from: '2026-02-25', amount: 10 };
    expect(due({ ...inputs, pauses: [one, two] }).due).toBe(due({ ...inputs, pauses: [one] }).due);
  });

  it('is provisional as soon as it crosses a day without a notice, and certain once the notice is there', () => {
    expect(due({ ...wd, from: '2026-11-23', amount: 20 })).toMatchObject({
      due: '2026-12-21',
      provisional: false,
    });
    const late = due({ ...wd, from: '2026-11-23', amount: 40 });
    expect(late).toMatchObject({ due: '2027-01-18', provisional: true });
    expect(late.reasons.at(-1)?.zh).toContain('暂定');
    const days = [{ name: '元旦', date: '2027-01-01', isOffDay: true }];
    const again = deadline(late.inputs, calendarFrom([...chinaNotices, { year: 2027, days }]));
    expect(again.ok && again.value).toMatchObject({ due: '2027-01-19', provisional: false });
  });

  it('always reaches the date that plain counting reaches, and its ranges add up without a gap', () => {
    const start = fc.integer({ min: 0, max: 19 * 365 }).map((n) => addDays('2007-01-01', n));
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 60 }), (from, amount) => {
        const answer = due({ ...wd, from, amount });
        expect(answer.due).toBe(addWorkingDays(from, amount));
        const ranges = answer.reasons.slice(1, -1);
        expect(ranges.reduce((sum, range) => sum + range.counted, 0)).toBe(amount);
        let next = addDays(from, 1);
        for (const range of ranges) {
          expect(range.from).toBe(next);
          next = addDays(range.to, 1);
        }
        expect(next).toBe(addDays(answer.due, 1));
      }),
    );
  });
});

describe('a deadline in plain days', () => {
  it('ends on the day itself when that is worked', () => {
    expect(due({ from: '2026-03-02', amount: 7, unit: 'day' })).toMatchObject({
      due: '2026-03-09',
      provisional: false,
    });
    // 2026-05-09 is a Saturday, but worked.
    expect(due({ from: '2026-05-02', amount: 7, unit: 'day' }).due).toBe('2026-05-09');
  });

  it('moves past a holiday to the first working day (民法典 §203)', () => {
    const rolled = due({ from: '2026-04-24', amount: 7, unit: 'day' });
    expect(rolled.due).toBe('2026-05-06');
    expect(rolled.reasons.map(({ from, to, counted }) => [from, to, counted])).toEqual([
      ['2026-04-24', '2026-04-24', 0],
      ['2026-04-25', '2026-05-01', 7],
      ['2026-05-02', '2026-05-05', 0],
      ['2026-05-06', '2026-05-06', 0],
      ['2026-05-06', '2026-05-06', 0],
    ]);
  });

  it('hangs on the calendar only at its end', () => {
    expect(due({ from: '2006-12-01', amount: 60, unit: 'day' }).provisional).toBe(false);
    expect(due({ from: '2026-12-20', amount: 15, unit: 'day' }).provisional).toBe(true);
  });
});

describe('bad input', () => {
  const bad: Partial<DeadlineInputs>[] = [
    { from: '2026-02-29' },
    { from: '10.02.2026' },
    { pauses: [{ from: '2026-03-02', to: '2026-03-32', reason: 'a' }] },
    { pauses: [{ from: '2026-03-02', to: '2026-03-01', reason: 'a' }] },
  ];
  it.each(bad)('refuses %j as a date', (part) => {
    const answer = deadline({ ...wd, from: '2026-02-10', amount: 7, ...part });
    expect(answer).toMatchObject({ ok: false, error: { code: 'date-invalid' } });
  });

  it.each([0, -1, 1.5, 2001, Number.NaN])('refuses %d days', (amount) => {
    const answer = deadline({ ...wd, from: '2026-02-10', amount });
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });
});
