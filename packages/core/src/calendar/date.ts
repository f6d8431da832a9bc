import * as z from 'zod';
import type { Instant } from '../ports/index.ts';

/** A calendar day in the office's zone, `2026-02-10`. Dates compare as strings. */
export type CalendarDate = string;

const dayMs = 86_400_000;
/** Asia/Shanghai: UTC+8 all year round; the summer time of 1986–1991 lies before any record of this product. */
const offsetMs = 8 * 3_600_000;

const midnightUtc = (date: CalendarDate): number => Date.parse(`${date}T00:00:00.000Z`);
const dateOf = (ms: number): CalendarDate => new Date(ms).toISOString().slice(0, 10);

/** Whether the text is a day that exists: not 2026-02-29, not 2026-2-9. Years 1900 to 2199. */
export const isDate = (text: string): boolean => {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = midnightUtc(text);
  return !Number.isNaN(ms) && dateOf(ms) === text;
};

export const calendarDate = z.string().refine(isDate, { error: 'not a calendar date (YYYY-MM-DD)' });

export const addDays = (date: CalendarDate, days: number): CalendarDate =>
  dateOf(midnightUtc(date) + days * dayMs);

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  (midnightUtc(to) - midnightUtc(from)) / dayMs;

/** 0 is Sunday. */
export const weekday = (date: CalendarDate): number => new Date(midnightUtc(date)).getUTCDay();

export const yearOf = (date: CalendarDate): number => Number(date.slice(0, 4));

/** The same day a year later; 29 February becomes 28 February. */
export const aYearAfter = (date: CalendarDate): CalendarDate => {
  const next = `${yearOf(date) + 1}${date.slice(4)}`;
  return isDate(next) ? next : `${yearOf(date) + 1}-02-28`;
};

/** The day that it is in the office at that instant. */
export const localDate = (instant: Instant): CalendarDate => dateOf(Date.parse(instant) + offsetMs);

/** The instant at which the clock in the office shows `hour`:00 on that day; 24 is the end of the day. */
export const localHour = (date: CalendarDate, hour: number): Instant =>
  new Date(midnightUtc(date) + hour * 3_600_000 - offsetMs).toISOString();
