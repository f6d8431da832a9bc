import { type Box, type Finding, type FindingKind, saysMore } from '../document/index.ts';
import type { Publication } from '../publication/index.ts';

/** Same thing wherever it stands: form and spacing do not make two of one. */
export const sameText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\ufeff]+/g, '')
    .toLowerCase();

const key = (finding: Pick<Finding, 'kind' | 'text'>): string =>
  `${finding.kind}\u0000${sameText(finding.text)}`;

/**
 * Kinds that are read from what stands around them: where a number is redacted, its neighbours read otherwise (a shorter
 * row, a label that has come nearer). What stands where such a thing was kept is what was kept.
 */
const readInContext: ReadonlySet<FindingKind> = new Set([
  'address',
  'aggregation',
  'birth-date',
  'medical',
  'minor',
  'name-with-address',
  // The stamp gives a scan its first words: then its picture is what was not searched, and no longer the page.
  'not-searched',
  'person-name',
  'salary',
]);
/** Of these also the words shrink: the names of a table without their numbers. */
const shrinking: ReadonlySet<FindingKind> = new Set(['aggregation', 'name-with-address', 'salary']);

/** Whether every character of `less` stands in `more`, in this order. */
const isPartOf = (less: string, more: string): boolean => {
  let at = 0;
  for (const character of more) if (character === less[at]) at += 1;
  return at === less.length;
};

const overlap = (a: Box, b: Box): number =>
  a.page !== b.page
    ? 0
    : Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
      Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

const mostly = 0.8;

/** What people decided to keep in one file: the only things that its release may still show. */
export class Kept {
  readonly #left = new Map<string, number>();
  readonly #places = new Map<FindingKind, Box[]>();

  constructor(findings: readonly Finding[], dispositions: Publication['dispositions']) {
    for (const finding of findings) {
      const answer = dispositions[finding.id]?.answer;
      const stays =
        finding.severity === 'low'
          ? answer !== 'redact'
          : answer !== undefined && answer !== 'redact' && answer !== 'removed';
      if (!stays) continue;
      this.#left.set(key(finding), (this.#left.get(key(finding)) ?? 0) + 1);
      this.#places.set(finding.kind, [...(this.#places.get(finding.kind) ?? []), ...finding.boxes]);
    }
  }

  /** The same thing, as often as it was kept; what is read in context also where it was kept. */
  take(finding: Finding): boolean {
    const own = this.#covering(finding);
    if (own === undefined) return this.#standsWhereKept(finding);
    this.#left.set(own, (this.#left.get(own) ?? 0) - 1);
    return true;
  }

  /** Whether it was kept at all: for what repeats a page outside of it. */
  knows(finding: Finding): boolean {
    return [...this.#left.keys()].some((other) => other === key(finding) || this.#saysNoLess(other, finding));
  }

  #saysNoLess(other: string, finding: Finding): boolean {
    return (
      shrinking.has(finding.kind) &&
      other.startsWith(`${finding.kind}\u0000`) &&
      isPartOf(key(finding), other)
    );
  }

  #covering(finding: Finding): string | undefined {
    const own = key(finding);
    if ((this.#left.get(own) ?? 0) > 0) return own;
    return [...this.#left].find(([other, left]) => left > 0 && this.#saysNoLess(other, finding))?.[0];
  }

  #standsWhereKept(finding: Finding): boolean {
    if (!readInContext.has(finding.kind) || finding.boxes.length === 0) return false;
    const kept = [finding.kind, ...(saysMore.get(finding.kind) ?? [])].flatMap(
      (kind) => this.#places.get(kind) ?? [],
    );
    return finding.boxes.every((box) => {
      const covered = kept.reduce((sum, other) => sum + overlap(box, other), 0);
      return covered >= mostly * box.width * box.height;
    });
  }
}
