import * as z from 'zod';
import { type Finding, foundValue } from '../document/index.ts';
import type { Publication } from '../publication/index.ts';
import { disposition } from './decision.ts';

/** What somebody answered to a thing in an earlier version of the document. It is offered again, never applied by itself. */
export const formerAnswer = disposition.extend({
  /** Kind and text, however it was written: see `foundValue`. */
  value: z.string(),
  /** Ground of the redaction, with `redact`. */
  ground: z.string().optional(),
});
export type FormerAnswer = z.infer<typeof formerAnswer>;

/** The answers that stand in this publication, by what they were about. */
export const answersOf = (
  item: Pick<Publication, 'dispositions' | 'redactions'>,
  findings: readonly Finding[],
): readonly FormerAnswer[] => {
  const grounds = new Map(item.redactions.map(({ finding, ground }) => [finding, ground]));
  return findings.flatMap((finding) => {
    const value = foundValue(finding);
    const answer = item.dispositions[finding.id];
    if (value === undefined || answer === undefined || answer.answer === 'removed') return [];
    const ground = grounds.get(finding.id);
    return [{ ...answer, value, ...(ground === undefined ? {} : { ground }) }];
  });
};

/** Of two answers about one thing the more careful one, then the newer one. */
const preferred = (a: FormerAnswer, b: FormerAnswer): FormerAnswer => {
  if (a.answer === 'redact' && b.answer !== 'redact') return a;
  if (b.answer === 'redact' && a.answer !== 'redact') return b;
  return a.at >= b.at ? a : b;
};

/** One answer for each thing; what is said later about it takes the place of what was said before. */
export const mergedAnswers = (
  before: readonly FormerAnswer[],
  later: readonly FormerAnswer[],
): readonly FormerAnswer[] => {
  const merged = new Map(before.map((one) => [one.value, one]));
  const now = new Map<string, FormerAnswer>();
  for (const one of later) {
    const other = now.get(one.value);
    now.set(one.value, other ? preferred(other, one) : one);
  }
  for (const [value, one] of now) merged.set(value, one);
  return [...merged.values()];
};

/** For every finding that nobody has answered yet: what was answered to the same thing before. */
export const offersFor = (
  item: Pick<Publication, 'dispositions'>,
  findings: readonly Finding[],
  former: readonly FormerAnswer[],
): Readonly<Record<string, FormerAnswer>> => {
  const known = new Map(former.map((one) => [one.value, one]));
  return Object.fromEntries(
    findings.flatMap((finding): [string, FormerAnswer][] => {
      if (finding.removedByRender || item.dispositions[finding.id]) return [];
      const offer = known.get(foundValue(finding) ?? '');
      // A box needs a place.
      if (!offer || (offer.answer === 'redact' && finding.boxes.length === 0)) return [];
      return [[finding.id, offer]];
    }),
  );
};
