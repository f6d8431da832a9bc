import type { Policy } from '../policy/index.ts';
import type { Instant } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';

/** S3 Object Lock knows no "for ever"; the longest that its date may lie ahead is a hundred years. */
const permanentYears = 99;

const yearsAfter = (at: Instant, years: number): Instant => {
  const date = new Date(at);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString();
};

/**
 * 保管期限: until when the originals and releases of a publication may not be destroyed: the policy's years after the
 * end of its display, or, while it stands without end, after `now`. Undefined for what never became public.
 */
export const retainedUntil = (
  item: Publication,
  { retention }: Pick<Policy, 'retention'>,
  now: Instant,
): Instant | undefined => {
  if (item.publishedAt === undefined) return undefined;
  const years = retention.record === 'permanent' ? permanentYears : retention.record;
  return yearsAfter(item.until !== undefined && item.until > now ? item.until : now, years);
};
