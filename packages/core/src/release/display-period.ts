import {
  addDays,
  addWorkingDays,
  aYearAfter,
  type Calendar,
  type CalendarDate,
  dayKind,
  daysBetween,
  isDate,
  localDate,
  localHour,
  subtractWorkingDays,
} from '../calendar/index.ts';
import type { DisplayRule, Policy } from '../policy/index.ts';
import type { Instant } from '../ports/index.ts';
import type { Display } from '../publication/metadata.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';

/** 公示期 as it comes out: in the office's zone, the first day not counted, to 24:00 of the last (民法典 §201–203). */
export type Expiry = {
  /** The first instant at which it no longer stands; undefined for long-term display. */
  readonly until: Instant | undefined;
  /** The last whole day on which it stands. */
  readonly lastDay: CalendarDate | undefined;
  /** 暂定: counted in working days into a year whose holiday notice is not out. */
  readonly provisional: boolean;
  readonly why: { readonly zh: string; readonly en: string };
};

/** Nothing stands for longer than ten years by a date: beyond that it is a slip of the pen, or long-term. */
const longestDays = 3660;

type Asked = { readonly publishedAt: Instant; readonly display: Display; readonly calendar: Calendar };

/**
 * When a display that begins at `publishedAt` ends. A display does not give way to a holiday: the law's rolling
 * over protects who must act, and nobody must act here.
 * Refused: `date-invalid` (29 February of a common year), `date-past`, `display-too-long`.
 */
export const expiry = ({ publishedAt, display, calendar }: Asked): Result<Expiry, Refusal> => {
  const first = localDate(publishedAt);
  const ends = (
    lastDay: CalendarDate,
    zh: string,
    en: string,
    provisional = false,
  ): Result<Expiry, Refusal> =>
    daysBetween(first, lastDay) > longestDays
      ? err(refusal('display-too-long', { date: lastDay, limit: longestDays, clause: '—' }))
      : ok({
          until: localHour(lastDay, 24),
          lastDay,
          provisional,
          why: {
            zh: `${first} 发布，${zh}，至 ${lastDay} 24 时止${provisional ? '（暂定）' : ''}`,
            en: `published ${first}, ${en}, until the end of ${lastDay}${provisional ? ' (provisional)' : ''}`,
          },
        });
  switch (display.kind) {
    case 'long-term':
      return ok({
        until: undefined,
        lastDay: undefined,
        provisional: false,
        why: { zh: `${first} 发布，长期公开`, en: `published ${first}, long-term` },
      });
    case 'days':
      return ends(
        addDays(first, display.amount),
        `公示 ${display.amount} 天，发布当日不计`,
        `displayed for ${display.amount} days, the first not counted`,
      );
    case 'working-days': {
      const last = addWorkingDays(first, display.amount, calendar);
      return ends(
        last,
        `公示 ${display.amount} 个工作日，发布当日不计`,
        `displayed for ${display.amount} working days, the first not counted`,
        !allCertain(first, last, calendar),
      );
    }
    case 'until':
      if (!isDate(display.date)) return err(refusal('date-invalid', { detail: display.date }));
      if (display.date < first) return err(refusal('date-past', { date: display.date, published: first }));
      return ends(display.date, '按指定日期', 'by the date given');
  }
};

const allCertain = (from: CalendarDate, to: CalendarDate, calendar: Calendar): boolean => {
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
    if (!dayKind(day, calendar).certain) return false;
  return true;
};

/** Before this instant nobody takes it down, except by a reasoned withdrawal. */
export const floorUntil = (publishedAt: Instant, floorDays: number): Instant =>
  localHour(addDays(localDate(publishedAt), floorDays), 24);

/** The last whole day of a display that ends at `until` (exclusive). */
export const lastDayOf = (until: Instant): CalendarDate =>
  localDate(new Date(Date.parse(until) - 1).toISOString());

/** The rule of a column; the strictest floor of the policy where the column is unknown. */
export const displayRuleOf = (
  policy: Pick<Policy, 'columns' | 'displayRules'>,
  column: string,
): DisplayRule | undefined =>
  policy.displayRules.find(({ key }) => key === policy.columns.find((one) => one.key === column)?.display);

export const floor = (
  policy: Pick<Policy, 'columns' | 'displayRules'>,
  column: string,
  publishedAt: Instant,
): Instant => {
  const days =
    displayRuleOf(policy, column)?.floorDays ??
    Math.max(...policy.displayRules.map((rule) => rule.floorDays));
  return floorUntil(publishedAt, days);
};

/**
 * Whether a column allows this display: asked while drafting (with the planned time) and again when publishing.
 * Refused beyond `expiry`: `invalid-input` (no such column), `display-kind`, `display-too-short`, `display-too-long`.
 */
export const checkDisplay = (
  policy: Pick<Policy, 'columns' | 'displayRules' | 'calendar'>,
  column: string,
  display: Display,
  publishedAt: Instant,
): Result<Expiry & { readonly floorUntil: Instant }, Refusal> => {
  const rule = displayRuleOf(policy, column);
  if (rule === undefined) return err(refusal('invalid-input', { detail: `column ${column}` }));
  if (!rule.kinds.includes(display.kind))
    return err(refusal('display-kind', { kind: display.kind, allowed: rule.kinds.join(', ') }));
  const stands = expiry({ publishedAt, display, calendar: policy.calendar });
  if (!stands.ok) return stands;
  const { lastDay } = stands.value;
  const first = localDate(publishedAt);
  if (lastDay !== undefined) {
    const floorDay = addDays(first, rule.floorDays);
    if (lastDay < floorDay)
      return err(
        refusal('display-too-short', {
          date: lastDay,
          floor: rule.floorDays,
          until: floorDay,
          clause: rule.clause,
        }),
      );
    if (rule.maxDays !== undefined && lastDay > addDays(first, rule.maxDays))
      return err(refusal('display-too-long', { date: lastDay, limit: rule.maxDays, clause: rule.clause }));
  }
  return ok({ ...stands.value, floorUntil: floorUntil(publishedAt, rule.floorDays) });
};

/**
 * When to remind the maker that a display ends: at 09:00 in the office, `workingDays` working days before the last
 * day, so that there is still somebody to prolong it. Undefined when that hour had passed before it was published.
 */
export const reminderAt = (
  { publishedAt, lastDay }: { publishedAt: Instant; lastDay: CalendarDate | undefined },
  workingDays: number,
  calendar: Calendar,
): Instant | undefined => {
  if (lastDay === undefined) return undefined;
  const at = localHour(subtractWorkingDays(lastDay, workingDays, calendar), 9);
  return at > publishedAt ? at : undefined;
};

/** When long-term display is looked at again: a year after it was published or last looked at (条例 §12, §18). */
export const yearlyCheckAt = (since: Instant): Instant => localHour(aYearAfter(localDate(since)), 9);
