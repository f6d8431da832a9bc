import { type Box, type FindingKind, foundValue, type Redaction } from '@gongkai/core';
import { useMemo, useRef, useState } from 'react';
import { findPlaces, type Places, type View } from '../api/publications.ts';
import type { Change, Edits } from '../draft/edits.ts';
import type { Target } from '../pdf/page.tsx';
import { keyOf } from './marks.ts';
import { type Found, grouped, neighbour, nextOpen, type Scope, scopesAt, within } from './order.ts';
import {
  addRedactions,
  adopt,
  answerFindings,
  changeGround,
  decline,
  moveBox,
  newId,
  reached,
  redactFindings,
  redactionsFor,
  removeRedaction,
  type Said,
  takeBack,
  takeOffers,
  undoing,
  withBox,
} from './redact.ts';

export type Panel = 'findings' | 'redactions' | 'decisions' | 'entry';

/** What the review page knows beside the publication itself, and everything that can be done on it. */
export const useReview = (view: View, edits: Edits, groundFor: (kind: FindingKind | undefined) => string) => {
  const groups = useMemo(() => grouped(view.findings), [view.findings]);
  const all = groups.flatMap(({ findings }) => findings);
  const editable = view.may.includes('edit');
  const reviewing = view.may.includes('return');
  const [file, setFile] = useState(0);
  const [panel, setPanel] = useState<Panel>('findings');
  const [chosen, setChosen] = useState<string>();
  const [scope, setScope] = useState<Scope>('value');
  const [grounds, setGrounds] = useState<Readonly<Partial<Record<FindingKind, string>>>>({});
  const [asking, setAsking] = useState<Said>();
  const [target, setTarget] = useState<Target>();
  const [compares, setCompares] = useState(false);
  const [drawing, setDrawing] = useState(false);
  const [drafts, setDrafts] = useState<readonly Redaction[]>([]);
  const page = useRef(1);

  const aim = (at: number, key: string, focus = false) =>
    setTarget((now) => ({ page: at, key, focus, count: (now?.count ?? 0) + 1 }));
  /**
   * Every change can be taken back, the last one first; also one that is on its way, for it is on the screen already. What takes
   * it back is known once it is its turn, and taking it back comes after it.
   */
  type Step = { inverse: Change | undefined };
  const done = useRef<readonly Step[]>([]);
  const [undoable, setUndoable] = useState(0);
  const keep = (steps: readonly Step[]) => {
    done.current = steps;
    setUndoable(steps.length);
  };
  const apply = (change: Change): Promise<boolean> => {
    const step: Step = { inverse: undefined };
    keep([...done.current, step]);
    return edits
      .apply((item) => {
        const edit = change(item);
        step.inverse = undoing(item, edit);
        return edit;
      })
      .then((went) => {
        if (!went) keep(done.current.filter((one) => one !== step));
        return went;
      });
  };
  const undo = () => {
    const last = done.current.at(-1);
    if (!last) return;
    keep(done.current.slice(0, -1));
    void edits.apply((item) => last.inverse?.(item) ?? {});
  };
  const found = all.find(({ id }) => id === chosen);
  const groundOf = (kind: FindingKind) => grounds[kind] ?? groundFor(kind);
  const choose = (finding: Found | undefined) => {
    if (!finding) return;
    setFile(finding.file);
    setCompares(false);
    setPanel('findings');
    setChosen(finding.id);
    setAsking(undefined);
    // Whoever goes on to another thing has not said that its answer is for the whole kind.
    if (found && foundValue(found) !== foundValue(finding)) setScope('value');
    const [box] = finding.boxes;
    if (box) aim(box.page, keyOf(finding.id, 0));
  };
  const answered = (those: readonly Found[], at: Found) => {
    const done = new Set(those.map(({ id }) => id));
    setAsking(undefined);
    choose(
      nextOpen(
        all,
        at.id,
        view.unanswered.filter((id) => !done.has(id)),
      ),
    );
  };
  const goal = (finding: Found): readonly Found[] =>
    reached(view.item, within(groups, finding, finding.id === chosen ? scope : 'value'), finding);
  const show = (redaction: Redaction) => {
    setCompares(false);
    setFile(redaction.file);
    const [box] = redaction.boxes;
    if (box) aim(box.page, keyOf(redaction.id, 0));
  };

  const drafted = (id: string, change: (one: Redaction) => Redaction) =>
    setDrafts((now) => now.map((one) => (one.id === id ? change(one) : one)));
  const isDraft = (id: string) => drafts.some((one) => one.id === id);

  /** A maker's boxes stand at once, a reviewer's go with "return". */
  const cover = (redactions: readonly Redaction[]) => {
    if (editable) void apply(addRedactions(redactions));
    else setDrafts((now) => [...now, ...redactions]);
  };
  const draw = (box: Box, made?: Redaction['made']): Redaction => {
    const redaction: Redaction = {
      id: newId(),
      file,
      boxes: [box],
      ground: groundFor(undefined),
      ...(made ? { made } : {}),
    };
    setPanel('redactions');
    cover([redaction]);
    return redaction;
  };

  return {
    all,
    groups,
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
    found,
    scope,
    setScope,
    nextScope: () => {
      if (!found) return;
      const scopes = scopesAt(groups, found).map((one) => one.scope);
      setScope(scopes[(Math.max(0, scopes.indexOf(scope)) + 1) % scopes.length] ?? 'one');
    },
    goal,
    groundOf,
    chooseGround: (kind: FindingKind, ground: string) => setGrounds((now) => ({ ...now, [kind]: ground })),
    asking,
    target,
    drawing,
    compares,
    setCompares,
    drafts,
    page,
    choose,
    step: (by: 1 | -1) => choose(neighbour(all, chosen, by)),
    ask: (finding: Found, answer: Said | undefined) => {
      if (finding.id !== chosen) choose(finding);
      setAsking(answer);
    },
    toOpen: () => choose(nextOpen(all, chosen, view.unanswered)),
    /** Covers everything that the answer at this finding is for, as far as it has a place on a page. */
    redact: (finding: Found) => {
      const those = goal(finding).filter(({ boxes }) => boxes.length > 0);
      if (those.length === 0) return;
      void apply(redactFindings(those, ({ kind }) => groundOf(kind)));
      answered(those, finding);
    },
    redactAll: (findings: readonly Found[]) =>
      void apply(redactFindings(findings, ({ kind }) => groundOf(kind))),
    answer: (finding: Found, said: Said, reason: string) => {
      const those = goal(finding);
      void apply(answerFindings(those, said, reason));
      answered(those, finding);
    },
    /** Takes back what was answered alike here and wherever the answer was for. */
    takeBack: (finding: Found) => {
      const { dispositions } = view.item;
      const alike = within(groups, finding, finding.id === chosen ? scope : 'value').filter(
        ({ id }) => dispositions[id]?.answer === dispositions[finding.id]?.answer,
      );
      void apply(takeBack(alike));
    },
    /** What the answer at this finding is for and somebody answered in an earlier version. */
    offered: (finding: Found) => goal(finding).filter(({ id }) => view.offers[id]),
    takeOffers: (findings: readonly Found[], at?: Found) => {
      void apply(takeOffers(findings, view.offers, ({ kind }) => groundOf(kind)));
      if (at) answered(findings, at);
    },
    toggleDrawing: () => setDrawing((on) => !on),
    draw,
    undo,
    undoable,
    /** 遮盖每一处 of what was searched for, or a table's column. */
    coverPlaces: (places: Places['items'], made: 'search' | 'pattern', asked?: string) => {
      setPanel('redactions');
      cover(redactionsFor(places, groundFor(undefined), made, asked));
    },
    /** All boxes there are: a maker's, and a reviewer's own. */
    covering: [...view.item.redactions, ...drafts],
    /** The keyboard's way to a box: in the middle of the page, to be moved by the arrow keys. */
    addBox: () => {
      const { id } = draw({ page: page.current, x: 200, y: 380, width: 160, height: 24 });
      aim(page.current, keyOf(id, 0), true);
    },
    show,
    goTo: (to: number, at: number, key?: string) => {
      setFile(to);
      setCompares(false);
      setTarget((now) => ({ page: at, ...(key ? { key } : {}), count: (now?.count ?? 0) + 1 }));
    },
    /** A box becomes the whole column of its table, on this page and the next ones; false where there is no table. */
    toColumn: async (redaction: Redaction): Promise<boolean> => {
      const [box] = redaction.boxes;
      if (!box) return false;
      const { items } = await findPlaces(view.item.id, { column: box, file: redaction.file });
      const boxes = items.flatMap((place) => place.boxes);
      if (boxes.length === 0) return false;
      const wider = (one: Redaction): Redaction => ({ ...one, boxes, made: 'column' });
      if (isDraft(redaction.id)) drafted(redaction.id, wider);
      else
        await apply((item) => ({
          redactions: item.redactions.map((one) => (one.id === redaction.id ? wider(one) : one)),
        }));
      return true;
    },
    move: (id: string, n: number, box: Box) =>
      isDraft(id) ? drafted(id, (one) => withBox(one, n, box)) : void apply(moveBox(id, n, box)),
    remove: (id: string) =>
      isDraft(id) ? setDrafts((now) => now.filter((one) => one.id !== id)) : void apply(removeRedaction(id)),
    changeGround: (id: string, to: string) =>
      isDraft(id) ? drafted(id, (one) => ({ ...one, ground: to })) : void apply(changeGround(id, to)),
    adopt: (ids: readonly string[]) => void apply(adopt(ids)),
    decline: (id: string) => void apply(decline(id)),
  };
};
export type Review = ReturnType<typeof useReview>;
