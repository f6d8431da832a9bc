import { isDate } from '../calendar/index.ts';
import type { Redaction } from '../document/index.ts';
import { type Actor, holds, type Role } from '../people/index.ts';
import type { Instant } from '../ports/index.ts';
import type { Publication, State } from '../publication/index.ts';
// Not by its door: what a publication is made of is read by this folder's own schemas.
import { plain } from '../publication/plain.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { unanswered } from './answers.ts';
import { bindingOf } from './binding.ts';
import type { Checkpoint, Decision } from './decision.ts';

/** What the policy says about reviewing. */
export type ReviewRules = {
  readonly grounds: readonly string[];
  readonly requiredMetadata: readonly string[];
  readonly newReviewerWaitHours: number;
  /** Whether its column allows the display that is asked for. */
  readonly checkDisplay: (item: Publication) => Result<unknown, Refusal>;
};

export type Ask = {
  readonly verdict: Decision['verdict'];
  /** The binding that the person saw; anything else means the content changed under their eyes. */
  readonly binding: string;
  readonly reason?: string;
  readonly ground?: string;
  /** With `return`: what must be redacted. */
  readonly demanded?: readonly Redaction[];
};

/** The checkpoint at which a publication in this state waits, and who may decide it. */
export const checkpointOf = (state: State): { checkpoint: Checkpoint; role: Role } | undefined => {
  switch (state) {
    case 'draft':
      return { checkpoint: 'self', role: 'maker' };
    case 'first-review':
      return { checkpoint: 'first', role: 'first-reviewer' };
    case 'second-review':
      return { checkpoint: 'second', role: 'second-reviewer' };
    case 'principal-review':
      return { checkpoint: 'principal', role: 'principal' };
    default:
      return undefined;
  }
};

/** 自审 ▸ 初审 ▸ 复核 ▸ (重大) 主要负责人 ▸ the machines. */
const afterApproval = (checkpoint: Checkpoint, major: boolean): State => {
  switch (checkpoint) {
    case 'self':
      return 'first-review';
    case 'first':
      return 'second-review';
    case 'second':
      return major ? 'principal-review' : 'rendering';
    case 'principal':
      return 'rendering';
  }
};

const complete = (item: Publication, rules: ReviewRules): Refusal | undefined => {
  if (item.files.length === 0) return refusal('metadata-incomplete', { fields: '正文 (main document)' });
  const unfinished = item.files.find((file) => file.progress !== 'inspected');
  if (unfinished) return refusal('wrong-state', { state: `file-${unfinished.progress}` });
  const fields = item.metadata as Readonly<Record<string, unknown>>;
  // What nobody can see is not there: the catalogue shows none of it either.
  const missing = rules.requiredMetadata.filter((field) => plain(String(fields[field] ?? '')) === '');
  if (missing.length > 0) return refusal('metadata-incomplete', { fields: missing.join(', ') });
  const { generatedOn } = item.metadata;
  if (generatedOn !== '' && !isDate(generatedOn)) return refusal('date-invalid', { detail: generatedOn });
  const stands = rules.checkDisplay(item);
  if (!stands.ok) return stands.error;
  const open = unanswered(item);
  return open.length > 0 ? refusal('findings-unanswered', { count: open.length }) : undefined;
};

const mayDecide = (
  item: Publication,
  who: Actor,
  reviewerSince: Instant | undefined,
  rules: ReviewRules,
  now: Instant,
): Result<Checkpoint, Refusal> => {
  const here = checkpointOf(item.state);
  if (!here) return err(refusal('wrong-state', { state: item.state }));
  if (!holds(who, here.role)) return err(refusal('not-allowed', { role: here.role }));
  if (here.checkpoint === 'self') return ok('self');
  // Four eyes: not the uploader, not an editor, not an earlier reviewer of this edition; people, not accounts.
  if (item.editors.includes(who.person) || item.decisions.some((decision) => decision.person === who.person))
    return err(refusal('same-person'));
  if (reviewerSince !== undefined) {
    const waited = Date.parse(now) - Date.parse(reviewerSince);
    if (waited < rules.newReviewerWaitHours * 3_600_000)
      return err(refusal('new-reviewer', { hours: rules.newReviewerWaitHours }));
  }
  return ok(here.checkpoint);
};

/**
 * 审查决定. Returns the publication after the decision and the decision itself, not yet signed
 * (`signature: ''`): the caller signs it and puts it in place before the commit.
 */
export const decide = (
  item: Publication,
  ask: Ask,
  who: Actor & { reviewerSince?: Instant | undefined },
  context: { now: Instant; id: string; rules: ReviewRules },
): Result<{ item: Publication; decision: Decision }, Refusal> => {
  const { now, rules } = context;
  const may = mayDecide(item, who, who.reviewerSince, rules, now);
  if (!may.ok) return may;
  const checkpoint = may.value;
  const binding = bindingOf(item);
  if (ask.binding !== binding) return err(refusal('bytes-changed'));

  const decision: Decision = {
    id: context.id,
    checkpoint,
    verdict: ask.verdict,
    person: who.person,
    personName: who.name,
    at: now,
    binding,
    ...(ask.reason ? { reason: ask.reason } : {}),
    ...(ask.ground ? { ground: ask.ground } : {}),
    signature: '',
  };

  switch (ask.verdict) {
    case 'approve': {
      const gap = complete(item, rules);
      if (gap) return err(gap);
      // The decision must be on what the earlier ones were on; a change in between has voided those.
      if (item.decisions.some((earlier) => earlier.binding !== binding)) return err(refusal('bytes-changed'));
      const { trouble: _, ...clean } = item;
      return ok({
        decision,
        item: {
          ...clean,
          state: afterApproval(checkpoint, item.major),
          since: now,
          decisions: [...item.decisions, decision],
        },
      });
    }
    case 'return':
      if (checkpoint === 'self') return err(refusal('wrong-state', { state: item.state }));
      if (!ask.reason?.trim()) return err(refusal('reason-needed'));
      return ok({
        decision,
        item: { ...backToMaker(item, who.person, now, decision), demanded: [...(ask.demanded ?? [])] },
      });
    case 'refuse':
      if (!ask.ground || !rules.grounds.includes(ask.ground)) return err(refusal('ground-needed'));
      if (!ask.reason?.trim()) return err(refusal('reason-needed'));
      return ok({
        decision,
        item: { ...item, state: 'refused', since: now, decisions: [...item.decisions, decision] },
      });
  }
};

/** Any way back to the maker voids what was decided and begins a new edition. */
export const backToMaker = (item: Publication, by: string, now: Instant, last?: Decision): Publication => {
  const { release: _r, pass: _p, publishedAt: _at, until: _u, floorUntil: _f, ...rest } = item;
  return {
    ...rest,
    state: 'draft',
    since: now,
    edition: item.edition + 1,
    decisions: [],
    voided: [
      ...item.voided,
      ...[...item.decisions, ...(last ? [last] : [])].map((decision) => ({
        ...decision,
        voidedAt: now,
        voidedBy: by,
      })),
    ],
  };
};

/** 撤回修改: the maker takes it back while it is under review; the decisions are void. */
export const recall = (item: Publication, who: Actor, now: Instant): Result<Publication, Refusal> => {
  if (!['first-review', 'second-review', 'principal-review', 'scheduled', 'refused'].includes(item.state))
    return err(refusal('wrong-state', { state: item.state }));
  if (!holds(who, 'maker') || !item.editors.includes(who.person))
    return err(refusal('not-allowed', { role: 'maker' }));
  // Once the hour has come it is public, whatever the record still says: from then on only a withdrawal ends it.
  if (item.state === 'scheduled' && (item.publishAt === undefined || item.publishAt <= now))
    return err(refusal('wrong-state', { state: 'published' }));
  return ok(backToMaker(item, who.person, now));
};
