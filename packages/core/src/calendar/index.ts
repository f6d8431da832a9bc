export {
  type Calendar,
  calendarFrom,
  chinaCalendar,
  chinaNotices,
  type DayKind,
  dayKind,
  type HolidayNotice,
  holidayNotice,
  isWorkingDay,
} from './calendar.ts';
export {
  addDays,
  aYearAfter,
  type CalendarDate,
  calendarDate,
  daysBetween,
  isDate,
  localDate,
  localHour,
  weekday,
} from './date.ts';
export { type Deadline, type DeadlineInputs, deadline, deadlineInputs } from './deadline.ts';
export type { DeadlineReason } from './deadline-reason.ts';
export { addWorkingDays, countWorkingDays, subtractWorkingDays } from './working-day.ts';
