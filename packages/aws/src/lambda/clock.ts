import {
  type AuditCheckpoint,
  auditState,
  fillSearch,
  type KnownIndex,
  reconcile,
  sequenceAudit,
  sweep,
} from '@gongkai/core';
import type { Lines } from './lines.ts';
import type { WorkingOffice } from './stations.ts';
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
export const clock =
  (office: WorkingOffice, { wake, keep, keys, search }: ClockHands, { log, count }: Lines) =>
  async (): Promise<void> => {
    const failures: unknown[] = [];
    const step = async (name: string, work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (cause) {
        failures.push(cause);
        count({ Failed: 1 });
        log('error', `clock.${name}`, { error: String(cause) });
      }
    };
    await step('sweep', async () => {
      const swept = await sweep(office);
      for (const { id, what } of swept) log('info', `clock.${what}`, { subject: id });
      count({ Swept: swept.length });
    });
    await step('search', async () => {
      const filled = await fillSearch(office, search);
      if (filled > 0) log('info', 'clock.search-filled', { items: filled });
    });
    // Every tenth minute: what is under way in more than that was missed.
    if (new Date(office.clock.now()).getUTCMinutes() % 10 === 0)
      await step('reconcile', async () => {
        const missed = await reconcile(office);
        for (const { subject, what, detail } of missed)
          log('warn', `reconciled.${what}`, { subject, detail });
        count({ Reconciled: missed.length });
      });
    await step('wake', async () => {
      const waiting = await office.queue.due(wakesAtOnce);
      await wake(waiting);
      count({ Woken: waiting.length });
    });
    await step('audit', async () => {
      await keys?.(office);
      await sequenceAudit(office);
      const { checkpoint } = await auditState(office);
      if (checkpoint) await keep(checkpoint);
    });
    await step('depth', async () => {
      const { dead } = await office.queue.depth();
      count({ DeadLetters: dead });
    });
    if (failures.length > 0) throw new AggregateError(failures, `clock: ${failures.length} steps failed`);
  };
