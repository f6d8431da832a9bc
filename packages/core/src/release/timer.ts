import { type Calendar, localDate } from '../calendar/index.ts';
import type { Instant } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';
import { reminderAt, yearlyCheckAt } from './display-period.ts';

/** The next thing that the clock has to do for a publication; recomputed at every commit, swept by state. */
export type Due = { readonly at: Instant; readonly what: 'publish' | 'expire' | 'remind' | 'yearly-check' };

/** Of the policy: working days before the end of a display at which its maker is told. */
export type TimerRules = { readonly timers: { readonly reminderDays: number }; readonly calendar: Calendar };

/** `until` is the midnight that ends the last day. */
const lastDayBefore = (until: Instant) => localDate(new Date(Date.parse(until) - 1).toISOString());

export const nextDue = (item: Publication, { timers, calendar }: TimerRules): Due | undefined => {
  const { publishedAt, until } = item;
  if (publishedAt === undefined) return undefined;
  if (item.state === 'scheduled') return { at: publishedAt, what: 'publish' };
  if (item.state !== 'published') return undefined;
  // Long-term display is looked at once a year (条例 §12, §18).
  if (until === undefined)
    return { at: yearlyCheckAt(item.yearlyCheckAt ?? publishedAt), what: 'yearly-check' };
  const remind =
    item.remindedAt === undefined
      ? reminderAt({ publishedAt, lastDay: lastDayBefore(until) }, timers.reminderDays, calendar)
      : undefined;
  return remind === undefined ? { at: until, what: 'expire' } : { at: remind, what: 'remind' };
};

/** What is to be done now, if anything. A reminder that comes too late to be of use gives way to the end itself. */
export const dueNow = (item: Publication, rules: TimerRules, now: Instant): Due | undefined => {
  const due = nextDue(item, rules);
  if (!due || due.at > now) return undefined;
  const over = item.until !== undefined && item.until <= now;
  return due.what === 'remind' && over ? { at: item.until ?? now, what: 'expire' } : due;
};
