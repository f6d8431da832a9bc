import type { AuditEvent } from '../audit/index.ts';
import { addWorkingDays, localDate } from '../calendar/index.ts';
import { type Actor, holds } from '../people/index.ts';
import type { Instant } from '../ports/index.ts';
import type { Publication, State } from '../publication/index.ts';
import { keys, type Loaded, list, load } from '../repository/index.ts';
import { checkpointOf } from '../review/index.ts';
import type { Office } from './office.ts';

type Filter = (item: Publication) => boolean;

/** `since#id`, the place of a publication in the list of its state, and of all states together. */
const placeOf = (item: Publication): string => `${item.since}#${item.id}`;

/**
 * Publications of these states, newest change first, across states: each state is one ordered list, and the lists
 * are merged. `after` is the place that the page before ended at. At most `scan` records are read for one page, so
 * a rare match costs more pages, not more time.
 */
export const publicationsNewestFirst = async (
  office: Office,
  states: readonly State[],
  options: { filter?: Filter; limit?: number; after?: string; scan?: number } = {},
): Promise<{ readonly items: readonly Loaded[]; readonly cursor?: string }> => {
  const { filter = () => true, limit = 50, after, scan = 1000 } = options;
  const found: Loaded[] = [];
  let to = after;
  for (let read = 0; read < scan; ) {
    const pages = await Promise.all(
      states.map((state) =>
        list(office, {
          index: 'work',
          partition: `state/${state}`,
          descending: true,
          limit: 100,
          ...(to === undefined ? {} : { to }),
        }),
      ),
    );
    // Below the lowest place of a list that has more, other lists may hold what comes in between: stop there.
    const floor = pages
      .filter((page) => page.cursor !== undefined)
      .flatMap((page) => page.items.slice(-1))
      .map(({ item }) => placeOf(item))
      .sort()
      .at(-1);
    const merged = pages
      .flatMap((page) => page.items)
      .filter(({ item }) => floor === undefined || placeOf(item) >= floor)
      .sort((a, b) => (placeOf(a.item) < placeOf(b.item) ? 1 : -1));
    for (const loaded of merged) {
      to = placeOf(loaded.item);
      read += 1;
      if (filter(loaded.item)) found.push(loaded);
      if (found.length === limit) return { items: found, cursor: to };
    }
    if (floor === undefined) return { items: found };
  }
  return to === undefined ? { items: found } : { items: found, cursor: to };
};

const oldestFirst = async (office: Office, state: State, filter: Filter): Promise<readonly Loaded[]> => {
  const found: Loaded[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(office, {
      index: 'work',
      partition: `state/${state}`,
      limit: 500,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.items.filter(({ item }) => filter(item)));
    cursor = page.cursor;
  } while (cursor !== undefined && found.length < 500);
  return found;
};

const underWay: readonly State[] = [
  'draft',
  'first-review',
  'second-review',
  'principal-review',
  'rendering',
  'gating',
  'scheduled',
];
const underReview: readonly State[] = ['first-review', 'second-review', 'principal-review'];

/** Whether it waits at its checkpoint for longer than the policy thinks right. */
export const isOverdue = (office: Pick<Office, 'policy'>, item: Publication, now: Instant): boolean => {
  const here = checkpointOf(item.state);
  const rule = office.policy.checkpoints.find(({ key }) => key === here?.checkpoint);
  if (rule === undefined) return false;
  const last = addWorkingDays(localDate(item.since), rule.remindAfterWorkingDays, office.policy.calendar);
  return localDate(now) > last;
};

export type Work = {
  /** At a checkpoint of this person, oldest first, major matters before others of the same lateness. */
  readonly waiting: readonly (Loaded & { readonly overdue: boolean })[];
  /** Made by this person and not yet public; what was sent back first. */
  readonly mine: readonly Loaded[];
  /** Whose display ends within a week. */
  readonly expiring: readonly Loaded[];
  /** What this person did last, newest first. */
  readonly did: readonly Did[];
};

export type Did = {
  readonly publication: string;
  /** Of the publication as it is now; empty where it may not be told (stopped). */
  readonly title: string;
  readonly action: string;
  readonly at: Instant;
};

const shownOfLog = 20;

const didBy = async (office: Office, who: Actor, now: Instant): Promise<readonly Did[]> => {
  const { rows } = await office.records.query({
    partition: keys.did(who.person, now, '').partition,
    descending: true,
    limit: 50,
  });
  const log = rows
    .map(({ data }) => data as { subject: string; action: string; at: string })
    .filter(({ subject }) => subject.startsWith('pub_'))
    .slice(0, shownOfLog);
  const titles = new Map<string, string>();
  for (const { subject } of log)
    if (!titles.has(subject)) titles.set(subject, (await load(office, subject))?.item.metadata.title ?? '');
  return log.map(({ subject, action, at }) => ({
    publication: subject,
    title: titles.get(subject) ?? '',
    action,
    at,
  }));
};

const week = 7 * 86_400_000;

const expiringFor = async (office: Office, who: Actor, now: Instant): Promise<readonly Loaded[]> => {
  const soon = new Date(Date.parse(now) + week).toISOString();
  const { items } = await list(office, { index: 'due', partition: 'timer', to: `${soon}~`, limit: 1000 });
  return items.filter(
    ({ item }) =>
      item.state === 'published' &&
      item.until !== undefined &&
      item.until > now &&
      item.until <= soon &&
      (item.maker === who.person || holds(who, 'records-officer', 'supervisor')),
  );
};

/** 我的工作: what waits for this person, what of theirs is under way, what ends soon, what they did. */
export const workOf = async (office: Office, who: Actor): Promise<Work> => {
  const now = office.clock.now();
  const held = underReview.filter((state) => {
    const role = checkpointOf(state)?.role;
    return role !== undefined && holds(who, role);
  });
  const notMine: Filter = (item) =>
    !item.editors.includes(who.person) && !item.decisions.some(({ person }) => person === who.person);
  const waiting = (await Promise.all(held.map((state) => oldestFirst(office, state, notMine))))
    .flat()
    .map((loaded) => ({ ...loaded, overdue: isOverdue(office, loaded.item, now) }))
    .sort(
      (a, b) =>
        Number(b.overdue) - Number(a.overdue) ||
        Number(b.item.major) - Number(a.item.major) ||
        (placeOf(a.item) < placeOf(b.item) ? -1 : 1),
    );

  const own: Filter = ({ maker }) => maker === who.person;
  const sentBack = ({ item }: Loaded): number =>
    Number(item.state === 'draft' && (item.trouble !== undefined || item.edition > 1));
  const mine = holds(who, 'maker')
    ? (await Promise.all(underWay.map((state) => oldestFirst(office, state, own))))
        .flat()
        .sort((a, b) => sentBack(b) - sentBack(a) || (placeOf(a.item) < placeOf(b.item) ? 1 : -1))
    : [];

  return { waiting, mine, expiring: await expiringFor(office, who, now), did: await didBy(office, who, now) };
};

/** Everything that was ever recorded about a subject, oldest first. */
export const historyOf = async (office: Office, subject: string) => {
  const { rows } = await office.records.query({
    partition: keys.history(subject, '', '').partition,
    limit: 1000,
  });
  return rows.map(({ data }) => data as AuditEvent);
};
