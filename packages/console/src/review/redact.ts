import type { Box, Publication, Redaction } from '@gongkai/core';
import type { Edit, Places, View } from '../api/publications.ts';
import type { Change } from '../draft/edits.ts';
import { grown } from '../pdf/coordinates.ts';
import type { Found } from './order.ts';

/** Which findings an answer reaches: the one it is given at, and of the others those that nobody has answered yet. */
export const reached = (item: Publication, findings: readonly Found[], at: Found): readonly Found[] =>
  findings.filter(({ id, removedByRender }) => id === at.id || (!removedByRender && !item.dispositions[id]));

/** `crypto.randomUUID` is missing on an intranet's plain http; this is there everywhere. */
export const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Points around a finding's letters, so that no edge of a stroke looks out. */
const margin = 1;

const boxesFor = (finding: Found, ground: string): Redaction => ({
  id: newId(),
  file: finding.file,
  boxes: finding.boxes.map((box) => grown(box, margin)),
  ground,
  finding: finding.id,
});

/** 遮盖: the answer, and the boxes that make it true. Replaces what was there for these findings. */
export const redactFindings =
  (findings: readonly Found[], groundFor: (found: Found) => string): Change =>
  (item) => {
    const ids = new Set(findings.map(({ id }) => id));
    return {
      redactions: [
        ...item.redactions.filter(({ finding }) => finding === undefined || !ids.has(finding)),
        ...findings.map((finding) => boxesFor(finding, groundFor(finding))),
      ],
      dispositions: Object.fromEntries(
        findings.map(({ id }) => [id, { answer: 'redact' as const, reason: '' }]),
      ),
    };
  };

export type Said = 'not-sensitive' | 'consent' | 'public-interest';

/** Any other answer; the boxes that stood for these findings go. */
export const answerFindings =
  (findings: readonly Found[], answer: Said, reason: string): Change =>
  (item) => {
    const ids = new Set(findings.map(({ id }) => id));
    return {
      redactions: item.redactions.filter(({ finding }) => finding === undefined || !ids.has(finding)),
      dispositions: Object.fromEntries([...ids].map((id) => [id, { answer, reason: reason.trim() }])),
    };
  };

export const takeBack =
  (findings: readonly Found[]): Change =>
  (item) => {
    const ids = new Set(findings.map(({ id }) => id));
    return {
      redactions: item.redactions.filter(({ finding }) => finding === undefined || !ids.has(finding)),
      dispositions: Object.fromEntries([...ids].map((id) => [id, null])),
    };
  };

/** 采用上一版的答复: what was answered to the same thing before is said again, now by this person. */
export const takeOffers =
  (findings: readonly Found[], offers: View['offers'], groundFor: (found: Found) => string): Change =>
  (item) => {
    const open = findings.filter(({ id }) => offers[id] && !item.dispositions[id]);
    const covered = open.filter(({ id }) => offers[id]?.answer === 'redact');
    return {
      redactions: [
        ...item.redactions,
        ...covered.map((finding) => boxesFor(finding, offers[finding.id]?.ground ?? groundFor(finding))),
      ],
      dispositions: Object.fromEntries(
        open.flatMap(({ id }) => {
          const offer = offers[id];
          return offer ? [[id, { answer: offer.answer, reason: offer.reason }]] : [];
        }),
      ),
    };
  };

export const addRedactions =
  (redactions: readonly Redaction[]): Change =>
  (item) => ({ redactions: [...item.redactions, ...redactions] });

const holds = (outer: Box, inner: Box): boolean =>
  outer.page === inner.page &&
  outer.x <= inner.x + 0.5 &&
  outer.y <= inner.y + 0.5 &&
  outer.x + outer.width >= inner.x + inner.width - 0.5 &&
  outer.y + outer.height >= inner.y + inner.height - 0.5;

/** The places that no box covers wholly yet. */
export const uncovered = (places: Places['items'], redactions: readonly Redaction[]): Places['items'] =>
  places.filter(
    ({ file, boxes }) =>
      !boxes.every((box) =>
        redactions.some((one) => one.file === file && one.boxes.some((cover) => holds(cover, box))),
      ),
  );

export const redactionsFor = (
  places: Places['items'],
  ground: string,
  made: NonNullable<Redaction['made']>,
  asked?: string,
): readonly Redaction[] =>
  places.map(({ file, boxes }) => ({
    id: newId(),
    file,
    boxes: boxes.map((box) => (made === 'column' ? box : grown(box, margin))),
    ground,
    made,
    ...(asked === undefined ? {} : { asked }),
  }));

/** 撤销: takes one change back and leaves alone what was done besides or since. */
export const undoing =
  (before: Publication, edit: Edit): Change =>
  (now) => {
    const restored = (was: readonly Redaction[], made: readonly Redaction[], is: readonly Redaction[]) => {
      const old = new Map(was.map((one) => [one.id, one]));
      const added = new Set(made.filter(({ id }) => !old.has(id)).map(({ id }) => id));
      const changed = new Set(
        made.filter((one) => old.has(one.id) && old.get(one.id) !== one).map(({ id }) => id),
      );
      const kept = is.filter(({ id }) => !added.has(id));
      const missing = was.filter(
        ({ id }) => !made.some((one) => one.id === id) && !kept.some((one) => one.id === id),
      );
      return [...kept.map((one) => (changed.has(one.id) ? (old.get(one.id) ?? one) : one)), ...missing];
    };
    return {
      ...(edit.redactions
        ? { redactions: restored(before.redactions, edit.redactions, now.redactions) }
        : {}),
      ...(edit.demanded ? { demanded: restored(before.demanded, edit.demanded, now.demanded) } : {}),
      ...(edit.dispositions
        ? {
            dispositions: Object.fromEntries(
              Object.keys(edit.dispositions).map((id) => {
                const was = before.dispositions[id];
                return [id, was ? { answer: was.answer, reason: was.reason } : null];
              }),
            ),
          }
        : {}),
    };
  };

/** A deleted box no longer answers its finding, so the answer goes with it. */
export const removeRedaction =
  (id: string): Change =>
  (item) => {
    const gone = item.redactions.find((one) => one.id === id);
    const answered = gone?.finding !== undefined && item.dispositions[gone.finding]?.answer === 'redact';
    return {
      redactions: item.redactions.filter((one) => one.id !== id),
      ...(answered && gone?.finding ? { dispositions: { [gone.finding]: null } } : {}),
    };
  };

export const withBox = (redaction: Redaction, n: number, box: Box): Redaction => ({
  ...redaction,
  boxes: redaction.boxes.map((there, i) => (i === n ? box : there)),
});

export const moveBox =
  (id: string, n: number, box: Box): Change =>
  (item) => ({ redactions: item.redactions.map((one) => (one.id === id ? withBox(one, n, box) : one)) });

export const changeGround =
  (id: string, ground: string): Change =>
  (item) => ({ redactions: item.redactions.map((one) => (one.id === id ? { ...one, ground } : one)) });

/** 采纳: what a reviewer demanded becomes a redaction; with a finding named, it is that finding's answer. */
export const adopt =
  (ids: readonly string[]): Change =>
  (item) => {
    const taken = item.demanded.filter(({ id }) => ids.includes(id));
    const answers = taken.flatMap(({ finding }) => (finding === undefined ? [] : [finding]));
    return {
      redactions: [
        ...item.redactions.filter(({ finding }) => finding === undefined || !answers.includes(finding)),
        ...taken,
      ],
      demanded: item.demanded.filter(({ id }) => !ids.includes(id)),
      ...(answers.length > 0
        ? {
            dispositions: Object.fromEntries(
              answers.map((id) => [id, { answer: 'redact' as const, reason: '' }]),
            ),
          }
        : {}),
    };
  };

export const decline =
  (id: string): Change =>
  (item: Publication) => ({ demanded: item.demanded.filter((one) => one.id !== id) });
