import type { IndexPlaces, Key } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';
import { nextDue, type TimerRules } from '../release/timer.ts';

/** Every key of the one table; docs/access-patterns.md lists who reads what by which. */
export const keys = {
  publication: (id: string): Key => ({ partition: `publication/${id}`, sort: 'record' }),
  code: (code: string): Key => ({ partition: `code/${code}`, sort: 'publication' }),
  indexNumber: (number: string): Key => ({ partition: `index-number/${number}`, sort: 'publication' }),
  counter: (name: string): Key => ({ partition: `counter/${name}`, sort: 'value' }),
  /** Which publications hold these bytes, as original or as release. */
  holder: (sha256: string, id: string): Key => ({ partition: `holder/${sha256}`, sort: id }),
  did: (person: string, at: string, id: string): Key => ({ partition: `did/${person}`, sort: `${at}#${id}` }),
  history: (publication: string, at: string, id: string): Key => ({
    partition: `history/${publication}`,
    sort: `${at}#${id}`,
  }),
  auditPending: (id: string): Key => ({ partition: 'audit-pending', sort: id }),
  searchFilled: { partition: 'search-filled', sort: 'mark' } satisfies Key,
  /** Its version; the entries stand in a partition of their own. */
  dictionary: { partition: 'dictionary', sort: 'head' } satisfies Key,
  dictionaryEntries: 'dictionary-entry',
  word: (id: string): Key => ({ partition: 'dictionary-entry', sort: `word/${id}` }),
  allowance: (id: string): Key => ({ partition: 'dictionary-entry', sort: `allowed/${id}` }),
  trial: (id: string): Key => ({ partition: `trial/${id}`, sort: 'record' }),
  trialHit: (id: string, at: string, publication: string): Key => ({
    partition: `trial/${id}`,
    sort: `hit/${at}#${publication}`,
  }),
  trialListed: (at: string, id: string): Key => ({ partition: 'trials', sort: `${at}#${id}` }),
  upload: (id: string): Key => ({ partition: `upload/${id}`, sort: 'record' }),
} as const;

const wasPublic = new Set(['scheduled', 'published', 'expired', 'withdrawn', 'replaced']);

/** Where a publication stands in the indexes. */
export const placesOf = (item: Publication, timers: TimerRules): IndexPlaces => {
  const due = nextDue(item, timers);
  const sort = `${item.publishedAt ?? ''}#${item.id}`;
  return {
    work: { partition: `state/${item.state}`, sort: `${item.since}#${item.id}` },
    ...(due ? { due: { partition: 'timer', sort: `${due.at}#${item.id}` } } : {}),
    ...(wasPublic.has(item.state) && item.publishedAt !== undefined
      ? {
          public: { partition: `column/${item.metadata.column}`, sort },
          recent: { partition: 'public', sort },
        }
      : {}),
  };
};
