import { type Actor, holds } from '../people/index.ts';
import type { Instant } from '../ports/index.ts';
import { edit, type Publication } from '../publication/index.ts';
import type { Refusal } from '../refusal/index.ts';
import { checkDisplay, endDisplay, withdraw } from '../release/index.ts';
import { type Ask, bindingOf, checkpointOf, decide, type ReviewRules, recall } from '../review/index.ts';
import type { Office } from './office.ts';

export type Possible =
  | 'edit'
  | 'submit'
  | 'approve'
  | 'return'
  | 'refuse'
  | 'recall'
  | 'withdraw'
  | 'end-display'
  | 'discard'
  | 'replace';

/** The policy's rules of review, as `decide` wants them. */
export const reviewRulesOf = (office: Pick<Office, 'policy'>, now: Instant): ReviewRules => ({
  grounds: office.policy.grounds.map(({ key }) => key),
  requiredMetadata: office.policy.requiredMetadata,
  newReviewerWaitHours: office.policy.people.newReviewerWaitHours,
  checkDisplay: ({ metadata, display, publishAt }) =>
    checkDisplay(
      office.policy,
      metadata.column,
      display,
      publishAt !== undefined && publishAt > now ? publishAt : now,
    ),
});

/**
 * What this person could do now, found by trying the rules themselves on the record, so that no rule stands twice.
 * `why` is the rule that keeps them from deciding although it waits for their role. Only a courtesy to the screen:
 * each command decides again.
 */
export const whatMay = (
  office: Pick<Office, 'policy'>,
  item: Publication,
  who: Actor & { reviewerSince?: Instant | undefined },
  now: Instant,
): { readonly may: readonly Possible[]; readonly why?: Refusal } => {
  const rules = reviewRulesOf(office, now);
  const asked = (ask: Omit<Ask, 'binding'>) =>
    decide(item, { ...ask, binding: bindingOf(item) }, who, { now, id: '-', rules });
  const words = { reason: '-', notice: '-' };
  const approve = asked({ verdict: 'approve' });
  const back = asked({ verdict: 'return', reason: '-' });
  const refuse = asked({ verdict: 'refuse', reason: '-', ground: rules.grounds[0] ?? '' });
  const draft = item.state === 'draft';

  const possible: readonly (readonly [Possible, boolean])[] = [
    ['edit', edit(item, {}, who, now).ok],
    ['submit', draft && approve.ok],
    ['approve', !draft && approve.ok],
    ['return', back.ok],
    ['refuse', refuse.ok],
    ['recall', recall(item, who, now).ok],
    ['withdraw', withdraw(item, words, who, now).ok],
    ['end-display', endDisplay(item, who, now).ok],
    ['discard', draft && holds(who, 'maker') && item.editors.includes(who.person)],
    ['replace', item.state === 'published' && holds(who, 'maker')],
  ];
  const here = checkpointOf(item.state);
  const theirs = here !== undefined && holds(who, here.role);
  const gap = theirs && !approve.ok ? approve.error : undefined;
  return {
    may: possible.flatMap(([what, can]) => (can ? [what] : [])),
    ...(gap ? { why: gap } : {}),
  };
};
