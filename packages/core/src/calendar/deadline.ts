import * as z from 'zod';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { type Calendar, chinaCalendar, dayKind } from './calendar.ts';
import { addDays, type CalendarDate, isDate } from './date.ts';
import { type DeadlineReason, type DeadlineStep, explain } from './deadline-reason.ts';

const amount = z.number().int().min(1).max(2000);

/**
 * What a deadline is computed from, kept with it for ever.
 * A pause (征求第三方意见, 补正) runs like any period: the day it begins (发出) still counts, the days after it
 * up to and including `to` (收到) do not. The law leaves the ends open (条例 §33③), so they are written out here.
 */
export const deadlineInputs = z.object({
  /** The event's own day; it is not counted (民法典 §201). */
  from: z.string(),
  amount,
  unit: z.enum(['working-day', 'day']),
  pauses: z.array(z.object({ from: z.string(), to: z.string(), reason: z.string() })).default([]),
  extension: z.object({ amount, reason: z.string() }).optional(),
});
export type DeadlineInputs = z.infer<typeof deadlineInputs>;

export type Deadline = {
  /** The last day on which it is in time. */
  readonly due: CalendarDate;
  /** 暂定: it hangs on a day for which no holiday notice is known yet; compute it again when there is one. */
  readonly provisional: boolean;
  readonly calendarVersion: string;
  readonly inputs: DeadlineInputs;
  /** Why this date: every day from the first to the last, in ranges. */
  readonly reasons: readonly DeadlineReason[];
};

/** Refused with `date-invalid` (a day that does not exist, a pause that ends before it begins) or `invalid-input`. */
export const deadline = (
  given: z.input<typeof deadlineInputs>,
  calendar: Calendar = chinaCalendar,
): Result<Deadline, Refusal> => {
  const parsed = deadlineInputs.safeParse(given);
  if (!parsed.success) return err(refusal('invalid-input', { detail: z.prettifyError(parsed.error) }));
  const inputs = parsed.data;
  const bad = badDate(inputs);
  if (bad !== undefined) return err(refusal('date-invalid', { detail: bad }));

  const steps: DeadlineStep[] = [];
  let day = inputs.from;
  for (let left = inputs.amount + (inputs.extension?.amount ?? 0); left > 0; ) {
    day = addDays(day, 1);
    const step = stepOn(day, inputs, calendar);
    steps.push(step);
    if (step.counted) left -= 1;
  }
  // 民法典 §203: a last day that is a statutory day of rest gives way to the day after the rest.
  while (inputs.unit === 'day' && !dayKind(day, calendar).working) {
    day = addDays(day, 1);
    steps.push({ ...stepOn(day, inputs, calendar), counted: false, rolled: true });
  }
  // Plain days hang on the calendar only from the last counted day on, where it may roll over.
  const consulted =
    inputs.unit === 'day' ? steps.slice(steps.findLastIndex(({ counted }) => counted)) : steps;
  const provisional = consulted.some(({ kind }) => !kind.certain);
  const outcome = { due: day, provisional, calendarVersion: calendar.version, inputs };
  return ok({ ...outcome, reasons: explain(outcome, steps) });
};

const stepOn = (date: CalendarDate, inputs: DeadlineInputs, calendar: Calendar): DeadlineStep => {
  const kind = dayKind(date, calendar);
  const pause = inputs.pauses.find(({ from, to }) => from < date && date <= to);
  if (pause !== undefined) return { date, kind, counted: false, paused: pause.reason };
  return { date, kind, counted: inputs.unit === 'day' || kind.working };
};

const badDate = ({ from, pauses }: DeadlineInputs): string | undefined => {
  if (!isDate(from)) return from;
  for (const pause of pauses) {
    if (!isDate(pause.from)) return pause.from;
    if (!isDate(pause.to)) return pause.to;
    if (pause.to < pause.from) return `${pause.from} > ${pause.to}`;
  }
  return undefined;
};
