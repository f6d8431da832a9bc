import { type Finding, type FindingKind, foundValue, type Publication } from '@gongkai/core';
import type { View } from '../api/publications.ts';

/** A finding, and in which file of the publication it stands. */
export type Found = Finding & { readonly file: number };

const weight: Readonly<Record<Finding['severity'], number>> = { stop: 0, high: 1, medium: 2, low: 3 };

const heaviest = (findings: readonly Found[]): number =>
  findings.reduce((least, { severity }) => Math.min(least, weight[severity]), weight.low);

/** As they stand in the publication: file by file, down the pages. */
const byPlace = (a: Found, b: Found): number =>
  a.file - b.file ||
  (a.boxes[0]?.page ?? 0) - (b.boxes[0]?.page ?? 0) ||
  (a.boxes[0]?.y ?? 0) - (b.boxes[0]?.y ?? 0) ||
  (a.boxes[0]?.x ?? 0) - (b.boxes[0]?.x ?? 0);

/** 同值: one thing in every place where it stands, over all files. */
export type Same = { readonly key: string; readonly findings: readonly Found[] };
/** One kind of finding; `findings` are those of its values, in order. */
export type Group = {
  readonly kind: FindingKind;
  readonly values: readonly Same[];
  readonly findings: readonly Found[];
};

const sameOf = (findings: readonly Found[]): readonly Same[] =>
  [...Map.groupBy(findings, (found) => foundValue(found) ?? found.id)]
    .map(([key, those]) => ({ key, findings: those }))
    .toSorted((a, b) => heaviest(a.findings) - heaviest(b.findings));

/** All findings by kind and by value, the gravest first; what is equally grave stands as in the publication. */
export const grouped = (findings: View['findings']): readonly Group[] => {
  const placed = findings
    .flatMap((ofFile, file) => ofFile.map((finding): Found => ({ ...finding, file })))
    .toSorted(byPlace);
  return [...Map.groupBy(placed, ({ kind }) => kind)]
    .map(([kind, those]): Group => {
      const values = sameOf(those);
      return { kind, values, findings: values.flatMap((same) => same.findings) };
    })
    .toSorted((a, b) => heaviest(a.findings) - heaviest(b.findings) || a.kind.localeCompare(b.kind));
};

/** What an answer is for: this place, every place of the same value, or the whole kind. */
export type Scope = 'one' | 'value' | 'kind';

/** The findings that an answer given at this one is for. Pages that nobody searched are answered one by one. */
export const within = (groups: readonly Group[], found: Found, scope: Scope): readonly Found[] => {
  const value = foundValue(found);
  if (scope === 'one' || value === undefined) return [found];
  const group = groups.find(({ kind }) => kind === found.kind);
  if (scope === 'kind') return group?.findings.filter((one) => foundValue(one) !== undefined) ?? [found];
  return group?.values.find(({ key }) => key === value)?.findings ?? [found];
};

/** The scopes between which there is a choice at this finding, from narrow to wide. */
export const scopesAt = (
  groups: readonly Group[],
  found: Found,
): readonly { readonly scope: Scope; readonly n: number }[] => {
  let before = 0;
  return (['one', 'value', 'kind'] as const).flatMap((scope) => {
    const n = within(groups, found, scope).length;
    const wider = n > before;
    before = n;
    return wider ? [{ scope, n }] : [];
  });
};

/** The one after (or before) the chosen one, going round. */
export const neighbour = (
  findings: readonly Found[],
  chosen: string | undefined,
  step: 1 | -1,
): Found | undefined => {
  const here = findings.findIndex(({ id }) => id === chosen);
  if (here === -1) return step === 1 ? findings[0] : findings.at(-1);
  return findings[(here + step + findings.length) % findings.length];
};

/** The next one that still wants an answer, after the chosen one. */
export const nextOpen = (
  findings: readonly Found[],
  chosen: string | undefined,
  unanswered: readonly string[],
): Found | undefined => {
  const here = findings.findIndex(({ id }) => id === chosen);
  const round = [...findings.slice(here + 1), ...findings.slice(0, Math.max(0, here))];
  return round.find(({ id }) => id !== chosen && unanswered.includes(id));
};

/** Whether a person has to answer it before anyone can approve; as core's `unanswered`. */
export const mustAnswer = (finding: Pick<Finding, 'severity' | 'removedByRender'>): boolean =>
  !finding.removedByRender && finding.severity !== 'low';

export const answerOf = (item: Publication, finding: string) => item.dispositions[finding];
