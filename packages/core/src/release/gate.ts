import { type Box, type Finding, type Inspection, kindNames } from '../document/index.ts';
import type { Publication } from '../publication/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { bindingOf } from '../review/index.ts';
import { Kept, sameText } from './kept.ts';

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
  /** Where the plan draws letters as outlines: watermark and seals. That nothing else came there is the proof's to say. */
  readonly drawn: readonly Box[];
};

/** Whether letters drawn as outlines lie between the marks that the plan draws there, and no further. */
const isDrawn = ({ rule, boxes }: Finding, drawn: readonly Box[]): boolean =>
  rule === 'outlines-not-searched' &&
  boxes.every((box) => {
    const marks = drawn.filter(({ page }) => page === box.page);
    const room = 6;
    return (
      marks.length > 0 &&
      box.x >= Math.min(...marks.map(({ x }) => x)) - room &&
      box.y >= Math.min(...marks.map(({ y }) => y)) - room &&
      box.x + box.width <= Math.max(...marks.map(({ x, width }) => x + width)) + room &&
      box.y + box.height <= Math.max(...marks.map(({ y, height }) => y + height)) + room
    );
  });

/** Where it stands and what it is; never the words themselves. */
const uncovered = ({ boxes, part, kind }: Finding, index: number): Refusal => {
  const page = boxes[0]?.page;
  const where = page === undefined ? (part ?? '') : `p. ${page}`;
  const file = index === 0 ? '正文' : `附件${index}`;
  const place = page === undefined ? (part ?? '') : `第 ${page} 页`;
  return refusal('gate-findings', {
    detail: `file ${index + 1}, ${where}: ${kind}`,
    detailZh: `${file} ${place}：${kindNames[kind][0]}`,
  });
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
  const decided: Kept[] = [];
  for (const [index, view] of views.entries()) {
    const kept = new Kept(view.original.findings, item.dispositions);
    decided.push(kept);
    const stamp = view.stampTexts.map(sameText);
    for (const finding of view.release.findings) {
      if (finding.severity === 'low') continue;
      if (finding.kind !== 'not-searched' && stamp.some((text) => text.includes(sameText(finding.text))))
        continue;
      if (isDrawn(finding, view.drawn)) continue;
      if (!kept.take(finding)) {
        return err(uncovered(finding, index));
      }
    }
  }
  // Title, summary and keywords are public too; they may say what the pages were allowed to say, as often as they like.
  const loose = metadata.find(
    (finding) => finding.severity !== 'low' && !decided.some((kept) => kept.knows(finding)),
  );
  if (loose)
    return err(
      refusal('gate-findings', {
        detail: `${loose.part ?? 'metadata'}: ${loose.kind}`,
        detailZh: `著录信息：${kindNames[loose.kind][0]}`,
      }),
    );
  return ok(undefined);
};
