import type { Finding, Inspection } from '../document/index.ts';
import type { Publication } from '../publication/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { bindingOf } from '../review/index.ts';

/** Same thing wherever it stands: form and spacing do not make two of one. */
const sameText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\ufeff]+/g, '')
    .toLowerCase();

const key = (finding: Pick<Finding, 'kind' | 'text'>): string =>
  `${finding.kind}\u0000${sameText(finding.text)}`;

/** Findings whose words shrink when a part of them is redacted: the names of a table without their numbers. */
const shrinking: ReadonlySet<string> = new Set(['aggregation', 'name-with-address', 'salary']);

/** Whether every character of `less` stands in `more`, in this order. */
const isPartOf = (less: string, more: string): boolean => {
  let at = 0;
  for (const character of more) if (character === less[at]) at += 1;
  return at === less.length;
};

/** The kept finding that covers this one: the same, or for some kinds one that said no less. */
const covering = (kept: ReadonlyMap<string, number>, finding: Finding): string | undefined => {
  const own = key(finding);
  if ((kept.get(own) ?? 0) > 0) return own;
  if (!shrinking.has(finding.kind)) return undefined;
  return [...kept].find(
    ([other, left]) => left > 0 && other.startsWith(`${finding.kind}\u0000`) && isPartOf(own, other),
  )?.[0];
};

/** The decisions that let a release out: approved by two different people who had no hand in it, for this content. */
export const fourEyes = (item: Publication): Result<void, Refusal> => {
  const binding = bindingOf(item);
  const wanted = item.major
    ? (['self', 'first', 'second', 'principal'] as const)
    : (['self', 'first', 'second'] as const);
  const people = new Set<string>();
  for (const checkpoint of wanted) {
    const found = item.decisions.find(
      (decision) => decision.checkpoint === checkpoint && decision.verdict === 'approve',
    );
    if (!found || found.binding !== binding) return err(refusal('bytes-changed'));
    if (checkpoint === 'self') continue;
    if (item.editors.includes(found.person) || people.has(found.person)) return err(refusal('same-person'));
    people.add(found.person);
  }
  return ok(undefined);
};

/** What one file of the edition looked like to the reviewers, and what its release looks like to the gate. */
export type GateView = {
  readonly original: Inspection;
  readonly release: Inspection;
  /** Texts that the stamp itself prints (索引号, office, verification address). */
  readonly stampTexts: readonly string[];
};

/**
 * 出口检查: passes only when every finding in the release bytes is one that a person decided to keep, no more
 * often than decided. What was to be redacted, what the renderer promised to remove, and anything new stops it.
 */
export const examineRelease = (
  item: Publication,
  views: readonly GateView[],
  metadata: readonly Finding[] = [],
): Result<void, Refusal> => {
  const eyes = fourEyes(item);
  if (!eyes.ok) return eyes;
  const decided = new Map<string, number>();
  for (const [index, view] of views.entries()) {
    const kept = new Map<string, number>();
    for (const finding of view.original.findings) {
      const answer = item.dispositions[finding.id]?.answer;
      const stays =
        finding.severity === 'low'
          ? answer !== 'redact'
          : answer !== undefined && answer !== 'redact' && answer !== 'removed';
      if (!stays) continue;
      kept.set(key(finding), (kept.get(key(finding)) ?? 0) + 1);
      decided.set(key(finding), 1);
    }
    const stamp = view.stampTexts.map(sameText);
    for (const finding of view.release.findings) {
      if (finding.severity === 'low') continue;
      if (finding.kind !== 'not-searched' && stamp.some((text) => text.includes(sameText(finding.text))))
        continue;
      const cover = covering(kept, finding);
      if (cover === undefined) {
        const page = finding.boxes[0]?.page;
        const where = page === undefined ? (finding.part ?? '') : `p. ${page}`;
        return err(refusal('gate-findings', { detail: `file ${index + 1}, ${where}: ${finding.kind}` }));
      }
      kept.set(cover, (kept.get(cover) ?? 0) - 1);
    }
  }
  // Title, summary and keywords are public too; they may say what the pages were allowed to say, as often as they like.
  const loose = metadata.find(
    (finding) => finding.severity !== 'low' && covering(decided, finding) === undefined,
  );
  if (loose) return err(refusal('gate-findings', { detail: `${loose.part ?? 'metadata'}: ${loose.kind}` }));
  return ok(undefined);
};
