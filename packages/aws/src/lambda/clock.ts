import {
  type AuditCheckpoint,
  auditState,
  fillSearch,
  type KnownIndex,
  type Reconciled,
  reconcile,
  sequenceAudit,
  sweep,
} from '@gongkai/core';
import * as z from 'zod';
import type { Lines } from './lines.ts';
import type { WorkingOffice } from './stations.ts';
import { inSteps, trigger } from './trigger.ts';
import type { Wake } from './wake-up.ts';

export type ClockHands = {
  readonly wake: Wake;
  /** Puts a signed checkpoint where nobody can take it back (the audit bucket). Must bear being told one twice. */
  readonly keep: (checkpoint: AuditCheckpoint) => Promise<void>;
  /** Brings in the next signing key, where one is given, before anything is signed. */
  readonly keys?: (office: WorkingOffice) => Promise<void>;
  /** The index that the stations write into. */
  readonly search: KnownIndex;
};

/** At most so many wake-ups a minute; what is beyond them comes with the next. */
const wakesAtOnce = 500;

/**
 * Every minute: what is due in the records, the audit's order, and wake-ups for messages that still wait (their try
 * failed, their wake-up was lost, or their function died). Each step stands alone: one that fails does not hold up
 * the others, and is told at the end by throwing.
 */
export const clock = (office: WorkingOffice, hands: ClockHands, lines: Lines) =>
  trigger({ name: 'clock', envelope: z.unknown(), run: () => minute(office, hands, lines) }, lines);

const minute = (
  office: WorkingOffice,
  { wake, keep, keys, search }: ClockHands,
  lines: Lines,
): Promise<void> => {
  const { log, count } = lines;
  return inSteps('clock', lines, {
    sweep: async () => {
      const swept = await sweep(office);
      for (const { id, what } of swept) log('info', `clock.${what}`, { subject: id });
      count({ Swept: swept.length });
    },
    search: async () => {
      const filled = await fillSearch(office, search);
      if (filled > 0) log('info', 'clock.search-filled', { items: filled });
    },
    reconcile: async () => {
      // Every tenth minute: what is under way in more than that was missed.
      if (new Date(office.clock.now()).getUTCMinutes() % 10 === 0) tellMissed(await reconcile(office), lines);
    },
    wake: async () => {
      const waiting = await office.queue.due(wakesAtOnce);
      await wake(waiting);
      count({ Woken: waiting.length });
    },
    audit: async () => {
      await keys?.(office);
      await sequenceAudit(office);
      const { checkpoint } = await auditState(office);
      if (checkpoint) await keep(checkpoint);
    },
    depth: async () => {
      const { dead } = await office.queue.depth();
      count({ DeadLetters: dead });
    },
  });
};

export const tellMissed = (missed: readonly Reconciled[], { log, count }: Lines): void => {
  for (const { subject, what, detail } of missed) log('warn', `reconciled.${what}`, { subject, detail });
  count({ Reconciled: missed.length });
};
