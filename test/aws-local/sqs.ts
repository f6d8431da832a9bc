import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Dice } from './dice.ts';

/** Share of messages that arrive twice. SQS promises at least once, and no order. */
const twice = 0.25;

type Held = { readonly messageId: string; readonly body: string; receives: number; visibleAt: number };

/** One message in the hands of a consumer. */
export type Received = { readonly messageId: string; readonly body: string };

/**
 * A standard queue as SQS is one: at least once, in no order, hidden while somebody has it, to the dead letters after
 * `maxReceives` tries.
 */
export class LocalQueue {
  readonly name: string;
  readonly #dice: Dice;
  readonly #visibilityMs: number;
  readonly #maxReceives: number;
  #messages: Held[] = [];
  /** What was given up, as it came. */
  readonly deadLetters: string[] = [];
  /** How often something was handed out, and how much of it a second time. */
  readonly tally = { sent: 0, doubled: 0, received: 0 };

  constructor(name: string, dice: Dice, visibilityMs: number, maxReceives = 5) {
    this.name = name;
    this.#dice = dice;
    this.#visibilityMs = visibilityMs;
    this.#maxReceives = maxReceives;
  }

  send(body: string): string {
    const messageId = randomUUID();
    this.tally.sent += 1;
    this.#messages.push({ messageId, body, receives: 0, visibleAt: 0 });
    if (this.#dice.happens(twice)) {
      this.tally.doubled += 1;
      this.#messages.push({ messageId, body, receives: 0, visibleAt: Date.now() + this.#dice.roll(2_000) });
    }
    return messageId;
  }

  /** Any that can be seen now; undefined when there is none. */
  receive(): Held | undefined {
    const now = Date.now();
    const seen = this.#messages.filter(({ visibleAt }) => visibleAt <= now);
    const held = seen[this.#dice.roll(seen.length)];
    if (held === undefined) return undefined;
    held.receives += 1;
    if (held.receives > this.#maxReceives) {
      this.delete(held);
      this.deadLetters.push(held.body);
      return this.receive();
    }
    held.visibleAt = now + this.#visibilityMs;
    this.tally.received += 1;
    return held;
  }

  delete(held: Received): void {
    this.#messages = this.#messages.filter((one) => one !== held);
  }

  get waiting(): number {
    return this.#messages.length;
  }
}

const sendBatch = z.object({
  QueueUrl: z.string(),
  Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })).max(10),
});

/** SQS's own words (AwsJson 1.0) for the one thing that the product asks of it. */
export const answerSqs = (queues: readonly LocalQueue[], target: string, body: string): object => {
  if (target !== 'AmazonSQS.SendMessageBatch') throw new Error(`sqs: ${target} is not played here`);
  const { QueueUrl, Entries } = sendBatch.parse(JSON.parse(body));
  const queue = queues.find(({ name }) => QueueUrl.endsWith(`/${name}`));
  if (queue === undefined) throw new Error(`sqs: there is no ${QueueUrl}`);
  return {
    Successful: Entries.map(({ Id, MessageBody }) => ({
      Id,
      MessageId: queue.send(MessageBody),
      MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
    })),
    Failed: [],
  };
};
