import type { Instant } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';
import { sentence } from '../refusal/index.ts';
import { checkDisplay, expiry } from '../release/index.ts';
import type { Office } from './office.ts';

export type StandingView = {
  readonly until?: Instant;
  readonly lastDay?: string;
  readonly floorUntil?: Instant;
  readonly why: { readonly zh: string; readonly en: string };
  readonly provisional: boolean;
};

/** 展示期限 of what was published at `at`, or would be: until when, and why; or why it cannot stand like this. */
export const standingIn = (
  office: Pick<Office, 'policy'>,
  asked: Pick<Publication, 'display'> & { readonly column: string },
  at: Instant,
): StandingView => {
  const stands = checkDisplay(office.policy, asked.column, asked.display, at);
  if (!stands.ok) return { why: sentence(stands.error), provisional: false };
  const { until, lastDay, floorUntil, why, provisional } = stands.value;
  return {
    ...(until === undefined ? {} : { until }),
    ...(lastDay === undefined ? {} : { lastDay }),
    floorUntil,
    why,
    provisional,
  };
};

/** As it stands where it is published or scheduled (the record counts, not what the rules say today), else as it would. */
export const standingOf = (office: Pick<Office, 'policy'>, item: Publication, now: Instant): StandingView => {
  if (item.publishedAt === undefined || item.floorUntil === undefined) {
    const at = item.publishAt !== undefined && item.publishAt > now ? item.publishAt : now;
    return standingIn(office, { display: item.display, column: item.metadata.column }, at);
  }
  const { publishedAt, display, until, floorUntil, endedEarly } = item;
  const told = expiry({ publishedAt, display, calendar: office.policy.calendar });
  const why = endedEarly
    ? { zh: `公示期满后于 ${endedEarly.at} 提前下架`, en: `taken down after its floor at ${endedEarly.at}` }
    : told.ok
      ? told.value.why
      : sentence(told.error);
  return {
    ...(until === undefined ? {} : { until }),
    floorUntil,
    why,
    provisional: told.ok && told.value.provisional,
  };
};
