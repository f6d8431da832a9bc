import type { Box, Redaction } from '@gongkai/core';
import { useRef, useState } from 'react';
import type { View } from '../api/publications.ts';
import type { Edits } from '../draft/edits.ts';
import type { Target } from '../pdf/page.tsx';
import { keyOf } from './marks.ts';
import { type Found, inOrder, neighbour, nextOpen } from './order.ts';
import {
  addRedaction,
  adopt,
  answerFinding,
  changeGround,
  decline,
  moveBox,
  newId,
  redactFindings,
  removeRedaction,
  type Said,
  takeBack,
  withBox,
} from './redact.ts';

export type Panel = 'findings' | 'redactions' | 'decisions' | 'entry';

/** What the review page knows beside the publication itself, and everything that can be done on it. */
export const useReview = (view: View, edits: Edits, ground: string) => {
  const all = inOrder(view.findings);
  const editable = view.may.includes('edit');
  const reviewing = view.may.includes('return');
  const [file, setFile] = useState(0);
  const [panel, setPanel] = useState<Panel>('findings');
  const [chosen, setChosen] = useState<string>();
  const [asking, setAsking] = useState<Said>();
  const [target, setTarget] = useState<Target>();
  const [drawing, setDrawing] = useState(false);
  const [drafts, setDrafts] = useState<readonly Redaction[]>([]);
  const page = useRef(1);

  const aim = (at: number, key: string, focus = false) =>
    setTarget((now) => ({ page: at, key, focus, count: (now?.count ?? 0) + 1 }));
  const choose = (finding: Found | undefined) => {
    if (!finding) return;
    setFile(finding.file);
    setPanel('findings');
    setChosen(finding.id);
    setAsking(undefined);
    const [box] = finding.boxes;
    if (box) aim(box.page, keyOf(finding.id, 0));
  };
  const answered = (finding: Found) => {
    setAsking(undefined);
    choose(nextOpen(all, finding.id, view.unanswered));
  };
  const show = (redaction: Redaction) => {
    setFile(redaction.file);
    const [box] = redaction.boxes;
    if (box) aim(box.page, keyOf(redaction.id, 0));
  };

  const drafted = (id: string, change: (one: Redaction) => Redaction) =>
    setDrafts((now) => now.map((one) => (one.id === id ? change(one) : one)));
  const isDraft = (id: string) => drafts.some((one) => one.id === id);

  const draw = (box: Box): Redaction => {
    const redaction: Redaction = { id: newId(), file, boxes: [box], ground };
    setPanel('redactions');
    if (editable) void edits.apply(addRedaction(redaction));
    else setDrafts((now) => [...now, redaction]);
    return redaction;
  };

  return {
    all,
    here: all.filter((finding) => finding.file === file),
    editable,
    reviewing,
    mayDraw: editable || reviewing,
    file,
    toFile: (to: number) => {
      setFile(to);
      setChosen(undefined);
      setTarget(undefined);
    },
    panel,
    setPanel,
    chosen,
    found: all.find(({ id }) => id === chosen),
    asking,
    target,
    drawing,
    drafts,
    page,
    choose,
    step: (by: 1 | -1) => choose(neighbour(all, chosen, by)),
    ask: (finding: Found, answer: Said | undefined) => {
      if (finding.id !== chosen) choose(finding);
      setAsking(answer);
    },
    redact: (findings: readonly Found[]) => {
      const [only, more] = findings;
      void edits.apply(redactFindings(findings, ground));
      if (only && !more) answered(only);
    },
    answer: (finding: Found, said: Said, reason: string) => {
      void edits.apply(answerFinding(finding.id, said, reason));
      answered(finding);
    },
    takeBack: (finding: Found) => void edits.apply(takeBack(finding.id)),
    toggleDrawing: () => setDrawing((on) => !on),
    draw,
    /** The keyboard's way to a box: in the middle of the page, to be moved by the arrow keys. */
    addBox: () => {
      const { id } = draw({ page: page.current, x: 200, y: 380, width: 160, height: 24 });
      aim(page.current, keyOf(id, 0), true);
    },
    show,
    move: (id: string, n: number, box: Box) =>
      isDraft(id) ? drafted(id, (one) => withBox(one, n, box)) : void edits.apply(moveBox(id, n, box)),
    remove: (id: string) =>
      isDraft(id)
        ? setDrafts((now) => now.filter((one) => one.id !== id))
        : void edits.apply(removeRedaction(id)),
    changeGround: (id: string, to: string) =>
      isDraft(id) ? drafted(id, (one) => ({ ...one, ground: to })) : void edits.apply(changeGround(id, to)),
    adopt: (ids: readonly string[]) => void edits.apply(adopt(ids)),
    decline: (id: string) => void edits.apply(decline(id)),
  };
};
export type Review = ReturnType<typeof useReview>;
