import * as z from 'zod';
import { canonicalJson, sha256Hex } from '../hash/index.ts';
import { type CalendarDate, calendarDate, weekday, yearOf } from './date.ts';
import { notices } from './holidays.ts';

/** One yearly notice on 节假日安排, in the form of holiday-cn. No days: not announced yet. */
export const holidayNotice = z.object({
  year: z.number().int(),
  days: z.array(z.object({ name: z.string(), date: calendarDate, isOffDay: z.boolean() })),
});
export type HolidayNotice = z.infer<typeof holidayNotice>;

export type Calendar = {
  /** Changes whenever a day or the coverage changes; stored with every date computed from it. */
  readonly version: string;
  /** Years whose own notice is known. */
  readonly covered: ReadonlySet<number>;
  readonly days: ReadonlyMap<CalendarDate, { readonly name: string; readonly off: boolean }>;
};

export type DayKind = {
  readonly working: boolean;
  /** The festival, for a holiday (working: false) or a make-up workday (调休, working: true). */
  readonly festival?: string;
  /** False where no notice is known: then it is Monday to Friday by assumption only. */
  readonly certain: boolean;
};

/**
 * A calendar from notices. A later notice for the same year replaces an earlier one (the 2020 Spring Festival
 * was changed in mid-January), so an office adds its own: `calendarFrom([...chinaNotices, amended])`.
 * Throws on data that is not a notice.
 */
export const calendarFrom = (given: readonly unknown[]): Calendar => {
  const byYear = new Map<number, HolidayNotice>();
  for (const one of given) {
    const notice = holidayNotice.parse(one);
    if (notice.days.length > 0) byYear.set(notice.year, notice);
  }
  // By notice year: 2019's notice speaks about December 2018 too, and the later notice wins.
  const known = [...byYear.values()].sort((a, b) => a.year - b.year);
  const days = new Map<CalendarDate, { name: string; off: boolean }>();
  for (const { days: own } of known)
    for (const { date, name, isOffDay } of own) days.set(date, { name, off: isOffDay });
  const years = known.map(({ year }) => year);
  const hash = sha256Hex(canonicalJson(known)).slice(0, 8);
  return { version: `${years[0] ?? 0}-${years.at(-1) ?? 0}.${hash}`, covered: new Set(years), days };
};

export const chinaNotices: readonly unknown[] = notices;
export const chinaCalendar: Calendar = calendarFrom(notices);

/**
 * Whether a notice speaks about that day. The last days of December hang on the next year's notice as well:
 * the earliest such day in the notices of 2007–2026 is 29 December (2007, 2018).
 */
const isCertain = (date: CalendarDate, calendar: Calendar): boolean =>
  calendar.covered.has(yearOf(date)) && (date.slice(5) < '12-29' || calendar.covered.has(yearOf(date) + 1));

export const dayKind = (date: CalendarDate, calendar: Calendar = chinaCalendar): DayKind => {
  const certain = isCertain(date, calendar);
  const announced = calendar.days.get(date);
  if (announced !== undefined) return { working: !announced.off, festival: announced.name, certain };
  const day = weekday(date);
  return { working: day !== 0 && day !== 6, certain };
};

export const isWorkingDay = (date: CalendarDate, calendar: Calendar = chinaCalendar): boolean =>
  dayKind(date, calendar).working;
