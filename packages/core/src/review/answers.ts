import type { BriefFinding, Publication } from '../publication/index.ts';

const mustBeAnswered = (finding: BriefFinding): boolean =>
  !finding.removedByRender &&
  (finding.severity === 'high' || finding.severity === 'medium' || finding.severity === 'stop');

/** The findings that still keep the publication from being approved. */
export const unanswered = (item: Publication): readonly BriefFinding[] =>
  item.files
    .flatMap((file) => file.findings)
    .filter((finding) => {
      if (!mustBeAnswered(finding)) return false;
      const answer = item.dispositions[finding.id];
      if (!answer) return true;
      // "Redact" is an answer only when a box says where.
      if (answer.answer === 'redact') return !item.redactions.some((box) => box.finding === finding.id);
      if (answer.answer === 'removed') return true; // only machines promise removal, see removedByRender
      return answer.reason.trim() === '';
    });
