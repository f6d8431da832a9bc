import { type Office, type Settled, sequenceAudit, settle, sweep } from '@gongkai/core';
import type { Log } from './log.ts';

export type Workers = {
  /** Looks for work now instead of at the next tick. */
  wake(): void;
  /** Finishes what is in hand and stops. */
  stop(): Promise<void>;
  readonly lastSweep: () => string | undefined;
};

const visibilitySeconds = 600;
const tickMs = 1_000;
/** design.md, Choices: "a sweep every minute is the truth". */
const sweepMs = 60_000;

/**
 * The queue's workers, the clock and the audit sequencer, in this process. `atOnce` messages run side by side: the
 * cages do the heavy work in processes of their own, and a file that runs to its limit does not hold up the others.
 */
export const startWorkers = (office: Office, log: Log, atOnce = 3): Workers => {
  let stopping = false;
  let running = 0;
  let wanted = true;
  let lastSweep: string | undefined;
  const inHand = new Set<Promise<unknown>>();

  const note = (settled: Settled, ms: number): void =>
    log(
      settled.outcome === 'done' ? 'info' : settled.outcome === 'retry' ? 'warn' : 'error',
      `station.${settled.message.type}`,
      {
        correlation: settled.message.correlationId,
        subject: settled.message.subject,
        message: settled.message.id,
        outcome: settled.outcome,
        ms,
        ...(settled.error === undefined ? {} : { error: settled.error }),
      },
    );

  const once = async (): Promise<void> => {
    while (!stopping && wanted && running < atOnce) {
      wanted = false;
      const deliveries = await office.queue.receive(atOnce - running, visibilitySeconds);
      for (const delivery of deliveries) {
        running += 1;
        wanted = true;
        const started = Date.now();
        const job = settle(office, delivery)
          .then((settled) => note(settled, Date.now() - started))
          .catch((cause: unknown) => log('error', 'worker', { error: String(cause) }))
          .finally(() => {
            running -= 1;
            wanted = true;
            inHand.delete(job);
            void pump();
          });
        inHand.add(job);
      }
    }
  };

  // One look at a time: commits come in bursts and each asks for a look.
  let looking: Promise<void> | undefined;
  const pump = (): Promise<void> => {
    looking ??= once()
      .catch((cause: unknown) => log('error', 'worker', { error: String(cause) }))
      .finally(() => {
        looking = undefined;
        if (wanted && running < atOnce && !stopping) void pump();
      });
    return looking;
  };

  let sequencing: Promise<void> | undefined;
  const sequence = (): Promise<void> => {
    sequencing ??= sequenceAudit(office)
      .then(() => undefined)
      .catch((cause: unknown) => log('error', 'audit.sequencer', { error: String(cause) }))
      .finally(() => {
        sequencing = undefined;
      });
    return sequencing;
  };

  const clock = async (): Promise<void> => {
    for (const swept of await sweep(office)) log('info', `clock.${swept.what}`, { subject: swept.id });
    lastSweep = office.clock.now();
  };
  let sweeping: Promise<void> | undefined;
  const sweepOnce = (): void => {
    sweeping ??= clock()
      .catch((cause: unknown) => log('error', 'clock', { error: String(cause) }))
      .finally(() => {
        sweeping = undefined;
      });
  };

  const wake = (): void => {
    wanted = true;
    void pump();
    void sequence();
  };
  const tick = setInterval(wake, tickMs);
  const minute = setInterval(sweepOnce, sweepMs);
  sweepOnce();
  wake();

  return {
    wake,
    lastSweep: () => lastSweep,
    stop: async () => {
      stopping = true;
      clearInterval(tick);
      clearInterval(minute);
      await looking;
      await Promise.allSettled([...inHand, sequencing, sweeping].filter((job) => job !== undefined));
      await sequence();
    },
  };
};
