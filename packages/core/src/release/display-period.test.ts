import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chinaCalendar, localDate } from '../calendar/index.ts';
import type { Policy } from '../policy/index.ts';
import type { Display } from '../publication/metadata.ts';
import { checkDisplay, expiry, floor, floorUntil, reminderAt, yearlyCheckAt } from './display-period.ts';

/** 10:00 in the office on that day. */
const ten = (date: string) => `${date}T02:00:00.000Z`;
/** 24:00 in the office on that day. */
const endOf = (date: string) => `${date}T16:00:00.000Z`;

const stands = (display: Display, publishedAt = ten('2026-05-01')) => {
  const answer = expiry({ publishedAt, display, calendar: chinaCalendar });
  return answer.ok ? answer.value : answer.error;
};

const policy = {
  calendar: chinaCalendar,
  columns: [
    { key: 'publicity', section: 'content', name: '公示', en: 'x', display: 'publicity', clause: 'x' },
    { key: 'standing', section: 'content', name: '长期', en: 'x', display: 'standing', clause: 'x' },
  ],
  displayRules: [
    {
      key: 'publicity',
      kinds: ['days', 'until'],
      proposed: { kind: 'days', amount: 7 },
      floorDays: 7,
      maxDays: 15,
      yearlyReview: false,
      clause: '实施办法 五(一)',
    },
    {
      key: 'standing',
      kinds: ['long-term'],
      proposed: { kind: 'long-term' },
      floorDays: 3,
      yearlyReview: true,
      clause: 'x',
    },
  ],
} satisfies Pick<Policy, 'calendar' | 'columns' | 'displayRules'>;

const asked = (display: Display, column = 'publicity', publishedAt = ten('2026-05-01')) => {
  const answer = checkDisplay(policy, column, display, publishedAt);
  return answer.ok ? answer.value : answer.error;
};

describe('公示期', () => {
  it('stands through the end of the last day, the first not counted, holiday or not', () => {
    expect(stands({ kind: 'days', amount: 7 })).toMatchObject({
      until: endOf('2026-05-08'),
      lastDay: '2026-05-08',
      provisional: false,
      why: {
        zh: '2026-05-01 发布，公示 7 天，发布当日不计，至 2026-05-08 24 时止',
        en: 'published 2026-05-01, displayed for 7 days, the first not counted, until the end of 2026-05-08',
      },
    });
    expect(stands({ kind: 'days', amount: 1 })).toMatchObject({ until: endOf('2026-05-02') });
  });

  it('takes the day from the clock in the office', () => {
    const week: Display = { kind: 'days', amount: 7 };
    expect(stands(week, '2026-04-30T15:59:59.999Z')).toMatchObject({ until: endOf('2026-05-07') });
    expect(stands(week, '2026-04-30T16:00:00.000Z')).toMatchObject({ until: endOf('2026-05-08') });
  });

  it('counts working days with 调休, and is provisional where no notice is out', () => {
    expect(stands({ kind: 'working-days', amount: 5 }, ten('2026-04-30'))).toMatchObject({
      lastDay: '2026-05-11',
    });
    expect(stands({ kind: 'working-days', amount: 5 }, ten('2026-12-28'))).toMatchObject({
      provisional: true,
      why: { zh: expect.stringContaining('（暂定）') },
    });
  });

  it('ends on a day given, or never', () => {
    expect(stands({ kind: 'until', date: '2026-05-20' })).toMatchObject({ until: endOf('2026-05-20') });
    expect(stands({ kind: 'until', date: '2026-05-01' })).toMatchObject({ until: endOf('2026-05-01') });
    expect(stands({ kind: 'long-term' })).toMatchObject({ until: undefined, lastDay: undefined });
  });

  it.each([
    ['2026-02-29', 'date-invalid'],
    ['2026-04-31', 'date-invalid'],
    ['tomorrow', 'date-invalid'],
    ['2026-04-30', 'date-past'],
    ['2206-05-01', 'date-invalid'],
    ['2126-05-01', 'display-too-long'],
  ])('refuses %s as an end: %s', (date, code) => {
    expect(stands({ kind: 'until', date })).toMatchObject({ code });
  });

  it('takes 29 February in a leap year', () => {
    expect(stands({ kind: 'until', date: '2028-02-29' })).toMatchObject({ until: endOf('2028-02-29') });
  });

  it('never stands for less than the days asked for, and less than one day more', () => {
    const instant = fc
      .integer({ min: 0, max: 3_000_000_000 })
      .map((n) => new Date(1_600_000_000_000 + n * 100).toISOString());
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 400 }), (publishedAt, amount) => {
        const answer = expiry({ publishedAt, display: { kind: 'days', amount }, calendar: chinaCalendar });
        const length = answer.ok ? Date.parse(answer.value.until ?? '') - Date.parse(publishedAt) : 0;
        expect(length).toBeGreaterThan(amount * 86_400_000);
        expect(length).toBeLessThanOrEqual((amount + 1) * 86_400_000);
        expect(floorUntil(publishedAt, amount)).toBe(answer.ok && answer.value.until);
      }),
    );
  });
});

describe('what a column allows', () => {
  it('is between its floor and its limit', () => {
    expect(asked({ kind: 'days', amount: 7 })).toMatchObject({
      until: endOf('2026-05-08'),
      floorUntil: endOf('2026-05-08'),
    });
    expect(asked({ kind: 'days', amount: 15 })).toMatchObject({ floorUntil: endOf('2026-05-08') });
    expect(asked({ kind: 'until', date: '2026-05-08' })).toMatchObject({ until: endOf('2026-05-08') });
    expect(asked({ kind: 'days', amount: 6 })).toMatchObject({
      code: 'display-too-short',
      details: { floor: 7, until: '2026-05-08', clause: '实施办法 五(一)' },
    });
    expect(asked({ kind: 'until', date: '2026-05-07' })).toMatchObject({ code: 'display-too-short' });
    expect(asked({ kind: 'days', amount: 16 })).toMatchObject({
      code: 'display-too-long',
      details: { limit: 15 },
    });
  });

  it('is only of its kinds, and only in a column that exists', () => {
    expect(asked({ kind: 'long-term' })).toMatchObject({ code: 'display-kind' });
    expect(asked({ kind: 'long-term' }, 'standing')).toMatchObject({
      until: undefined,
      floorUntil: endOf('2026-05-04'),
    });
    expect(asked({ kind: 'days', amount: 7 }, 'nowhere')).toMatchObject({ code: 'invalid-input' });
  });

  it('falls back on the strictest floor where a column has since gone', () => {
    expect(floor(policy, 'standing', ten('2026-05-01'))).toBe(endOf('2026-05-04'));
    expect(floor(policy, 'nowhere', ten('2026-05-01'))).toBe(endOf('2026-05-08'));
  });
});

describe('reminders', () => {
  it('come on a working day at nine, before the last day', () => {
    const about = { publishedAt: ten('2026-04-20'), lastDay: '2026-05-05' };
    const at = reminderAt(about, 1, chinaCalendar);
    expect(at).toBe('2026-04-30T01:00:00.000Z'); // the last working day before the holiday
    expect(localDate(at ?? '')).toBe('2026-04-30');
  });

  it('do not come when they would be over before it began, or when nothing ends', () => {
    expect(
      reminderAt({ publishedAt: ten('2026-05-01'), lastDay: '2026-05-05' }, 1, chinaCalendar),
    ).toBeUndefined();
    expect(
      reminderAt({ publishedAt: ten('2026-05-01'), lastDay: undefined }, 1, chinaCalendar),
    ).toBeUndefined();
  });

  it('ask about long-term display every year, on 28 February for one of the 29th', () => {
    expect(yearlyCheckAt(ten('2026-05-01'))).toBe('2027-05-01T01:00:00.000Z');
    expect(yearlyCheckAt(ten('2028-02-29'))).toBe('2029-02-28T01:00:00.000Z');
  });
});
