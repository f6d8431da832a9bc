import { type Office, type Settled, sequenceAudit, settle, sweep } from '@gongkai/core';

/** Time of one message at its station, ms: the work, its commit and its place in the queue. */
export type Step = { readonly subject: string; readonly station: string; readonly ms: number };

const visibilitySeconds = 600;

/**
 * Works the queue and the clock until nothing is due, one message at a time so that each ms belongs to one station,
 * and brings the audit log up to date. A message that does not go through at once fails the bench: it measures the
 * good way.
 */
export const drainTimed = async (office: Office): Promise<Step[]> => {
  const steps: Step[] = [];
  for (;;) {
    const started = performance.now();
    const [delivery] = await office.queue.receive(1, visibilitySeconds);
    if (delivery === undefined) break;
    const settled: Settled = await settle(office, delivery);
    if (settled.outcome !== 'done') throw new Error(`${settled.message.type}: ${settled.error}`);
    const { subject, type } = delivery.message;
    steps.push({ subject, station: type, ms: performance.now() - started });
  }
  const started = performance.now();
  await sweep(office);
  await sequenceAudit(office);
  return [...steps, { subject: '', station: 'clock and audit', ms: performance.now() - started }];
};
