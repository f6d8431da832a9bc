import { type Calendar, chinaCalendar, isWorkingDay } from './calendar.ts';
import { addDays, type CalendarDate } from './date.ts';

/** The `count`th working day after `date`, which itself is not counted. 0 gives `date`. */
export const addWorkingDays = (
  date: CalendarDate,
  count: number,
  calendar: Calendar = chinaCalendar,
): CalendarDate => {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return day;
};

/** Working days after `from` up to and including `to`; 0 when `to` is not later. */
export const countWorkingDays = (
  from: CalendarDate,
  to: CalendarDate,
  calendar: Calendar = chinaCalendar,
): number => {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
    if (isWorkingDay(day, calendar)) count += 1;
  return count;
};

/** The `count`th working day before `date`, which itself is not counted. 0 gives `date`. */
export const subtractWorkingDays = (
  date: CalendarDate,
  count: number,
  calendar: Calendar = chinaCalendar,
): CalendarDate => {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, -1);
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return day;
};
