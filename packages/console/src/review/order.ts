import type { Finding, FindingKind, Publication } from '@gongkai/core';
import type { View } from '../api/publications.ts';

/** A finding, and in which file of the publication it stands. */
export type Found = Finding & { readonly file: number };

const weight: Readonly<Record<Finding['severity'], number>> = { stop: 0, high: 1, medium: 2, low: 3 };

/** All findings, gravest first within a file and then as they stand in the document: the order of j and k. */
export const inOrder = (findings: View['findings']): readonly Found[] =>
  findings.flatMap((ofFile, file) =>
    ofFile
      .map((finding) => ({ ...finding, file }))
      .toSorted(
        (a, b) =>
          weight[a.severity] - weight[b.severity] ||
          a.kind.localeCompare(b.kind) ||
          (a.boxes[0]?.page ?? 0) - (b.boxes[0]?.page ?? 0) ||
          (a.boxes[0]?.y ?? 0) - (b.boxes[0]?.y ?? 0),
      ),
  );

export type Group = { readonly kind: FindingKind; readonly findings: readonly Found[] };

export const grouped = (findings: readonly Found[]): readonly Group[] =>
  [...Map.groupBy(findings, ({ kind }) => kind)].map(([kind, those]) => ({ kind, findings: those }));

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
  chosen: string,
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
