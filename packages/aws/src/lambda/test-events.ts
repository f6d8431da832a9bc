import type { Message } from '@gongkai/core';
import { type Lines, lines } from './lines.ts';

/** Events as AWS sends them, by hand; for tests. */

export const unhurried = { getRemainingTimeInMillis: () => 900_000 };

export const sqs = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, at) => ({
    messageId: `sqs-${at}`,
    receiptHandle: 'r',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: '1' },
    eventSource: 'aws:sqs',
  })),
});

export const wakeUpFor = ({ id, correlationId }: Pick<Message, 'id' | 'correlationId'>) => ({
  version: 1,
  type: 'wake-up',
  message: id,
  correlation: correlationId,
});

export const failed = (...at: readonly number[]) => ({
  batchItemFailures: at.map((each) => ({ itemIdentifier: `sqs-${each}` })),
});

export const work = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  type: 'notify',
  version: 1,
  subject: 'psn_nobody',
  payload: { about: 'waiting' },
  occurredAt: '2026-02-10T01:00:00.000Z',
  causationId: 'cmd_1',
  correlationId: 'up_1',
  ...more,
});

/** Lines that are kept: `said` are the log's, `counted` the sums of the metrics by name. */
export const kept = (): Lines & { said: Record<string, unknown>[]; counted: Record<string, number> } => {
  const said: Record<string, unknown>[] = [];
  const counted: Record<string, number> = {};
  const { log } = lines('gongkai/test', (line) => said.push(JSON.parse(line)));
  return {
    log,
    count: (values) => {
      for (const [name, value] of Object.entries(values)) counted[name] = (counted[name] ?? 0) + value;
    },
    said,
    counted,
  };
};
