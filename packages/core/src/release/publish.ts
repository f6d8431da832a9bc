import { type Actor, holds } from '../people/index.ts';
import type { Instant } from '../ports/index.ts';
import type { GatePass, Publication, Release } from '../publication/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { bindingOf } from '../review/index.ts';
import { fourEyes } from './gate.ts';

/** The OFDs of a release, one for each file, or none. */
export const ofdsOf = ({ files }: Pick<Release, 'files'>): string[] =>
  files.flatMap(({ ofd }) => ofd?.sha256 ?? []);

/** When it stands and until when, computed from the policy and the calendar (display-period.ts). */
export type Standing = { readonly until?: Instant | undefined; readonly floorUntil: Instant };

/**
 * The only way into public: a pass for exactly these bytes and this content, and the decisions of two different
 * people. `publishedAt` is fixed here; `visible()` compares it with the clock.
 */
export const schedule = (
  item: Publication,
  pass: GatePass,
  at: Instant,
  standing: Standing,
  now: Instant,
): Result<Publication, Refusal> => {
  if (item.state !== 'gating') return err(refusal('wrong-state', { state: item.state }));
  const bytes = item.release?.files.map((file) => file.sha256) ?? [];
  const covered =
    bytes.length > 0 && bytes.length === pass.files.length && bytes.every((sha, i) => pass.files[i] === sha);
  const ofds = item.release ? ofdsOf(item.release) : [];
  const delivered =
    (ofds.length === 0 || ofds.length === bytes.length) && ofds.join(' ') === (pass.ofds ?? []).join(' ');
  if (!covered || !delivered || pass.binding !== bindingOf(item)) return err(refusal('bytes-changed'));
  const eyes = fourEyes(item);
  if (!eyes.ok) return eyes;
  const { until: _, ...rest } = item;
  return ok({
    ...rest,
    state: 'scheduled',
    since: now,
    pass,
    publishedAt: at,
    floorUntil: standing.floorUntil,
    ...(standing.until === undefined ? {} : { until: standing.until }),
  });
};

/** The record catches up with the clock: what became visible at `publishedAt` is marked so. */
export const markPublished = (item: Publication, now: Instant): Result<Publication, Refusal> => {
  if (item.state === 'published') return ok(item);
  if (item.state !== 'scheduled' || item.publishedAt === undefined || now < item.publishedAt)
    return err(refusal('wrong-state', { state: item.state }));
  return ok({ ...item, state: 'published', since: now });
};

export const markExpired = (item: Publication, now: Instant): Result<Publication, Refusal> => {
  if (item.state === 'expired') return ok(item);
  const due = item.until !== undefined && item.until <= now;
  if (!due || (item.state !== 'published' && item.state !== 'scheduled'))
    return err(refusal('wrong-state', { state: item.state }));
  return ok({ ...item, state: 'expired', since: now });
};

/** 撤回: at once, with a reason for the file and a notice for the public. Wins over a publishing under way. */
export const withdraw = (
  item: Publication,
  words: { reason: string; notice: string },
  who: Actor,
  now: Instant,
): Result<Publication, Refusal> => {
  if (!holds(who, 'first-reviewer', 'second-reviewer', 'principal', 'secrecy-officer'))
    return err(refusal('not-allowed', { role: 'first-reviewer' }));
  if (item.state !== 'published' && item.state !== 'scheduled')
    return err(refusal('wrong-state', { state: item.state }));
  if (!words.reason.trim() || !words.notice.trim()) return err(refusal('reason-needed'));
  return ok({
    ...item,
    state: 'withdrawn',
    since: now,
    withdrawal: { at: now, person: who.person, reason: words.reason.trim(), notice: words.notice.trim() },
  });
};

/** 到期前下架: only after the floor; before it there is the withdrawal alone. */
export const endDisplay = (item: Publication, who: Actor, now: Instant): Result<Publication, Refusal> => {
  if (!holds(who, 'maker', 'records-officer', 'principal'))
    return err(refusal('not-allowed', { role: 'maker' }));
  if (item.state !== 'published') return err(refusal('wrong-state', { state: item.state }));
  if (item.floorUntil === undefined || now < item.floorUntil)
    return err(refusal('display-floor', { until: item.floorUntil ?? '' }));
  return ok({
    ...item,
    state: 'expired',
    since: now,
    until: now,
    endedEarly: { at: now, person: who.person },
  });
};

/** The new edition is out: the old one points to it. */
export const replaceBy = (
  item: Publication,
  successor: string,
  now: Instant,
): Result<Publication, Refusal> => {
  if (item.state !== 'published' && item.state !== 'scheduled')
    return err(refusal('wrong-state', { state: item.state }));
  return ok({ ...item, state: 'replaced', since: now, replacedBy: successor });
};
