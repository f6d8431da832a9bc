import * as z from 'zod';
import { type CalendarDate, calendarDate } from '../calendar/index.ts';

/** Keys stand in records and addresses: lower-case words joined by hyphens. */
export const key = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);

/** What every rule carries: where it comes from, and from when to when (inclusive) it is in force. */
export const rule = {
  clause: z.string().min(1),
  validFrom: calendarDate.optional(),
  validUntil: calendarDate.optional(),
};

/** What stands on screen, in both languages. */
export const named = { key, name: z.string().min(1), en: z.string().min(1) };

type Validity = {
  readonly validFrom?: CalendarDate | undefined;
  readonly validUntil?: CalendarDate | undefined;
};

export const inForce = ({ validFrom, validUntil }: Validity, on: CalendarDate): boolean =>
  (validFrom === undefined || validFrom <= on) && (validUntil === undefined || on <= validUntil);
