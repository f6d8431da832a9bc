import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, aYearAfter, daysBetween, isDate, localDate, localHour, weekday } from './date.ts';

it.each([
  '2026-02-29',
  '2026-2-9',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '20260210',
  '0000-01-01',
  ' 2026-02-10',
  '',
])('refuses %j as a date', (text) => expect(isDate(text)).toBe(false));

it('knows leap years', () => {
  expect(isDate('2028-02-29')).toBe(true);
  expect(isDate('2100-02-29')).toBe(false);
  expect(aYearAfter('2028-02-29')).toBe('2029-02-28');
  expect(aYearAfter('2026-05-01')).toBe('2027-05-01');
});

it('adds and takes away days', () => {
  const day = fc.integer({ min: 0, max: 100_000 }).map((n) => addDays('1901-01-01', n));
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 3000 }), (date, n) => {
      expect(daysBetween(date, addDays(date, n))).toBe(n);
      expect(addDays(addDays(date, n), -n)).toBe(date);
      expect(weekday(addDays(date, 7))).toBe(weekday(date));
    }),
  );
  expect(weekday('2026-02-10')).toBe(2);
});

it('takes the day in the office, not in UTC', () => {
  expect(localDate('2026-05-01T15:59:59.999Z')).toBe('2026-05-01');
  expect(localDate('2026-05-01T16:00:00.000Z')).toBe('2026-05-02');
  expect(localHour('2026-05-01', 0)).toBe('2026-04-30T16:00:00.000Z');
  expect(localHour('2026-05-01', 24)).toBe(localHour('2026-05-02', 0));
});
