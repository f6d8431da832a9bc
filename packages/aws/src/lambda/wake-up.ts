import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Message } from '@gongkai/core';
import * as z from 'zod';

/**
 * What travels in SQS. The work itself stays in the records (`outbox`), so a wake-up may be lost, late, doubled or out
 * of order: whoever gets it looks there, and the clock wakes again for what still waits.
 */
export const wakeUp = z.object({
  version: z.literal(1),
  type: z.literal('wake-up'),
  message: z.string().min(1),
  correlation: z.string(),
});
export type WakeUp = z.infer<typeof wakeUp>;

export type Wake = (messages: readonly Pick<Message, 'id' | 'correlationId'>[]) => Promise<void>;

/** SQS takes ten messages a request. */
const together = 10;

/** Sends a wake-up for each message. Throws when SQS refuses one: the stream, or the clock, does it again. */
export const wakeOver =
  (client: SQSClient, queueUrl: string): Wake =>
  async (messages) => {
    for (let start = 0; start < messages.length; start += together) {
      const Entries = messages.slice(start, start + together).map(({ id, correlationId }) => ({
        Id: randomUUID(),
        MessageBody: JSON.stringify({
          version: 1,
          type: 'wake-up',
          message: id,
          correlation: correlationId,
        } satisfies WakeUp),
      }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      if (Failed.length > 0) throw new Error(`SQS refused ${Failed.length} messages: ${Failed[0]?.Code}`);
    }
  };
