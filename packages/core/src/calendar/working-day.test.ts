import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarFrom, chinaCalendar, chinaNotices, dayKind, isWorkingDay } from './calendar.ts';
import { addDays } from './date.ts';
import { addWorkingDays, countWorkingDays, subtractWorkingDays } from './working-day.ts';

const day = fc.integer({ min: 0, max: 20 * 365 }).map((n) => addDays('2007-01-01', n));

describe('working days with 调休', () => {
  it.each([
    ['2026-02-10', 7, '2026-02-26'],
    ['2026-02-10', 15, '2026-03-09'],
    ['2026-02-10', 20, '2026-03-16'],
    ['2026-02-10', 40, '2026-04-14'],
    ['2026-02-14', 20, '2026-03-20'], // a Saturday, worked
    ['2026-04-30', 20, '2026-06-01'],
    ['2026-05-09', 7, '2026-05-19'], // a Saturday, worked
    ['2026-05-09', 20, '2026-06-05'],
    ['2026-09-18', 7, '2026-09-29'],
    ['2026-09-18', 20, '2026-10-22'],
    ['2026-09-25', 20, '2026-10-29'], // a holiday
    ['2025-01-24', 20, '2025-02-27'],
    ['2020-01-20', 15, '2020-02-18'], // Spring Festival prolonged by an amended notice
    ['2020-01-20', 20, '2020-02-25'],
    ['2026-11-23', 20, '2026-12-21'],
    ['2026-11-23', 40, '2027-01-18'],
  ])('%s + %i working days is %s (domain.md §4)', (from, count, due) => {
    expect(addWorkingDays(from, count)).toBe(due);
  });

  it('agrees with counting, both ways', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (from, count) => {
        const due = addWorkingDays(from, count);
        expect(isWorkingDay(due)).toBe(true);
        expect(countWorkingDays(from, due)).toBe(count);
        expect(addWorkingDays(subtractWorkingDays(due, count), count)).toBe(due);
      }),
    );
  });

  it('is monotone in the start and strictly monotone in the number', () => {
    fc.assert(
      fc.property(day, fc.nat(40), fc.nat(40), (from, count, later) => {
        expect(addWorkingDays(from, count) < addWorkingDays(from, count + 1)).toBe(true);
        expect(addWorkingDays(from, count + 1) <= addWorkingDays(addDays(from, later), count + 1)).toBe(true);
      }),
    );
  });

  it('is Monday to Friday wherever no notice says otherwise', () => {
    fc.assert(
      fc.property(day, (date) => {
        const announced = chinaCalendar.days.get(date);
        const expected = announced ? !announced.off : ![0, 6].includes(new Date(date).getUTCDay());
        expect(isWorkingDay(date)).toBe(expected);
      }),
    );
  });
});

describe('coverage', () => {
  it('knows which years were announced', () => {
    expect([...chinaCalendar.covered]).toEqual(Array.from({ length: 20 }, (_, i) => 2007 + i));
    expect(dayKind('2027-01-01')).toEqual({ working: true, certain: false });
    expect(dayKind('2026-12-28').certain).toBe(true);
    expect(dayKind('2006-12-30').certain).toBe(false);
  });

  it('holds the last days of December for uncertain until the next notice is out', () => {
    expect(dayKind('2026-12-29').certain).toBe(false);
    expect(dayKind('2018-12-29')).toEqual({ working: true, festival: '元旦', certain: true });
  });

  it('has no notice that reaches further back than 29 December', () => {
    for (const { year, days } of chinaNotices as { year: number; days: { date: string }[] }[])
      for (const { date } of days) expect(date >= `${year - 1}-12-29`).toBe(true);
  });

  it('takes a newer notice, and says so in its version', () => {
    const notice = { year: 2027, days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }] };
    const newer = calendarFrom([...chinaNotices, notice]);
    expect(dayKind('2027-01-01', newer)).toEqual({ working: false, festival: '元旦', certain: true });
    expect(newer.version).not.toBe(chinaCalendar.version);
    expect(newer.version).toMatch(/^2007-2027\.[0-9a-f]{8}$/);
    expect(calendarFrom(chinaNotices).version).toBe(chinaCalendar.version);
  });

  it('refuses a notice with a day that does not exist', () => {
    const wrong = { year: 2027, days: [{ name: '元旦', date: '2027-02-29', isOffDay: true }] };
    expect(() => calendarFrom([wrong])).toThrow();
  });
});
