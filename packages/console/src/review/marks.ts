import type { Box, Redaction } from '@gongkai/core';
import type { View } from '../api/publications.ts';
import type { Mark } from '../pdf/mark.tsx';
import { isUnseen } from './hidden.tsx';
import type { Found } from './order.ts';
import { isPicture } from './pictures.ts';

type Given = {
  readonly view: View;
  readonly file: number;
  readonly findings: readonly Found[];
  readonly drafts: readonly Redaction[];
  readonly chosen: string | undefined;
  readonly names: {
    readonly finding: (found: Found) => string;
    readonly ground: (key: string) => string;
    readonly weak: (word: { readonly text: string; readonly sure: number }) => string;
  };
  readonly onFinding: (found: Found) => void;
  /** Absent: the redactions may only be looked at. */
  readonly own?: { move: (id: string, n: number, box: Box) => void; remove: (id: string) => void };
  readonly draft: { move: (id: string, n: number, box: Box) => void; remove: (id: string) => void };
};

export const keyOf = (id: string, n: number): string => `${id}:${n}`;
export const weakKey = (page: number, n: number): string => keyOf(`weak ${page}`, n);

const boxesOf = (
  redactions: readonly Redaction[],
  file: number,
  kind: 'redaction' | 'demand',
  names: Given['names'],
  hands: Given['draft'] | undefined,
): Mark[] =>
  redactions
    .filter((one) => one.file === file)
    .flatMap((one) =>
      one.boxes.map((box, n) => ({
        key: keyOf(one.id, n),
        box,
        kind,
        label: names.ground(one.ground),
        ...(hands
          ? { onMove: (to: Box) => hands.move(one.id, n, to), onDelete: () => hands.remove(one.id) }
          : {}),
      })),
    );

/** Everything that is shown on the pages of one file; later marks lie above earlier ones. */
export const marksOf = (given: Given): readonly Mark[] => {
  const { view, file, findings, drafts, chosen, names } = given;
  const found = findings.flatMap((finding) =>
    finding.boxes.map(
      (box, n): Mark => ({
        key: keyOf(finding.id, n),
        box,
        kind: !view.unanswered.includes(finding.id) ? 'answered' : isPicture(finding) ? 'picture' : 'finding',
        label: names.finding(finding),
        chosen: finding.id === chosen,
        // Said once, at the first of its boxes.
        ...(n === 0 && isUnseen(finding) ? { reveals: finding.text } : {}),
        onChoose: () => given.onFinding(finding),
      }),
    ),
  );
  const weak = (view.recognition[file] ?? []).flatMap(({ page, weak }) =>
    weak.map(
      (word, n): Mark => ({
        key: weakKey(page, n),
        box: { page, x: word.x, y: word.y, width: word.width, height: word.height },
        kind: 'weak',
        label: names.weak(word),
      }),
    ),
  );
  return [
    ...weak,
    ...found,
    ...boxesOf(view.item.redactions, file, 'redaction', names, given.own),
    ...boxesOf(view.item.demanded, file, 'demand', names, undefined),
    ...boxesOf(drafts, file, 'demand', names, given.draft),
  ];
};
