import type { Person } from '../people/index.ts';
import type { Instant } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';

/** Who is looking. A member of staff is looked up in the records for each request, never taken from a token. */
export type Viewer = { readonly kind: 'public' } | { readonly kind: 'staff'; readonly person: Person };

export const everyone: Viewer = { kind: 'public' };

/**
 * - `visible`: the release may be shown.
 * - `gone`: it was public and no longer is; only its tombstone may be shown (410).
 * - `hidden`: for this viewer it does not exist (404).
 */
export type Visibility = 'visible' | 'gone' | 'hidden';

const publicly = (item: Publication, now: Instant): Visibility => {
  switch (item.state) {
    case 'scheduled':
    case 'published':
      break;
    case 'expired':
    case 'withdrawn':
    case 'replaced':
      // Ended before its hour had come: it never was public, so there is nothing that a tombstone could tell of.
      return item.publishedAt !== undefined && item.publishedAt <= item.since && item.publishedAt <= now
        ? 'gone'
        : 'hidden';
    case 'draft':
    case 'first-review':
    case 'second-review':
    case 'principal-review':
    case 'rendering':
    case 'gating':
    case 'refused':
    case 'stopped':
    case 'discarded':
      return 'hidden';
    default: {
      const never: never = item.state;
      return never;
    }
  }
  if (!item.pass || !item.release || item.publishedAt === undefined || now < item.publishedAt)
    return 'hidden';
  return item.until !== undefined && item.until <= now ? 'gone' : 'visible';
};

/**
 * The one visibility function (design.md, rule 1). Page, file, list, search result, feed, file name: all ask this,
 * at the moment of reading. Time decides, not whether a job has run: a scheduled release appears and an expired
 * one is gone at that second even if every worker is down.
 */
export const visible = (item: Publication, viewer: Viewer, now: Instant): Visibility => {
  const open = publicly(item, now);
  if (viewer.kind === 'public' || open === 'visible') return open;
  // Drafts are for those who work on documents. The administrator manages people, not documents.
  const { person } = viewer;
  const works = person.roles.some((role) => role !== 'administrator');
  return !person.disabled && works ? 'visible' : open;
};
