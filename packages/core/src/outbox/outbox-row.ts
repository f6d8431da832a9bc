import { type Instant, type Key, type Message, message, type Write } from '../ports/index.ts';

/** What a queued message is in Records. Written and read only in this folder. */
export type OutboxRow = {
  readonly message: Message;
  /** How often it was handed to a worker. */
  readonly attempts: number;
  /** Handed out and not settled: its due time is when it is taken away from the worker again. */
  readonly inHand?: true;
  readonly enqueuedAt: Instant;
  readonly lastError?: string;
  readonly diedAt?: Instant;
};

/** Alive: index `due`, by the time it may be handed out. Dead: index `work`, by the time it died. */
export const waitingPartition = 'queue';
export const deadPartition = 'dead-letter';

export const outboxKey = (messageId: string): Key => ({ partition: 'outbox', sort: messageId });

export const waitingSince = (visibleAt: Instant) => ({
  due: { partition: waitingPartition, sort: visibleAt },
});

/**
 * The write that puts a message into the queue. It belongs in the same commit as the change that causes it:
 * then there is never a change without its message, nor a message without its change. `visibleAt` may lie ahead.
 * Throws when the message does not fit its schema (a bug in the sender).
 */
export const outboxWrite = (content: Message, now: Instant, visibleAt: Instant = now): Write => {
  const row: OutboxRow = { message: message.parse(content), attempts: 0, enqueuedAt: now };
  return {
    kind: 'put',
    key: outboxKey(content.id),
    data: row,
    indexes: waitingSince(visibleAt),
    expect: 'absent',
  };
};
