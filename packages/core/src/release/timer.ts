import type { Instant } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';

/** The next thing that the clock has to do for a publication; recomputed at every commit, swept by state. */
export type Due = { readonly at: Instant; readonly what: 'publish' | 'expire' | 'remind' | 'yearly-check' };

export type TimerRules = { readonly reminderDays: number };

const plusDays = (at: Instant, days: number): Instant =>
  new Date(Date.parse(at) + days * 86_400_000).toISOString();

export const nextDue = (item: Publication, rules: TimerRules): Due | undefined => {
  if (item.state === 'scheduled' && item.publishedAt !== undefined)
    return { at: item.publishedAt, what: 'publish' };
  if (item.state !== 'published' || item.publishedAt === undefined) return undefined;
  if (item.until !== undefined) {
    const remindAt = plusDays(item.until, -rules.reminderDays);
    return item.remindedAt === undefined && remindAt > item.publishedAt
      ? { at: remindAt, what: 'remind' }
      : { at: item.until, what: 'expire' };
  }
  // Long-term display is looked at once a year (seed 8: 一般每年更新一次; 条例 §18).
  return { at: plusDays(item.yearlyCheckAt ?? item.publishedAt, 365), what: 'yearly-check' };
};
