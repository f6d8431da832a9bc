import * as z from 'zod';

/** What makes a machine station run. Written in the same commit as the change that causes it. */
export const message = z.object({
  id: z.string(),
  type: z.enum([
    'intake',
    'convert',
    'inspect',
    'render',
    'gate',
    'publish',
    'index',
    'notify',
    'discard',
    'try-words',
  ]),
  version: z.literal(1),
  /** The publication (or person, for `notify`; or trial, for `try-words`) that it is about. */
  subject: z.string(),
  payload: z.record(z.string(), z.unknown()),
  occurredAt: z.string(),
  causationId: z.string(),
  /** One id from upload to catalogue, in every log line. */
  correlationId: z.string(),
});
export type Message = z.infer<typeof message>;

export type Delivery = { readonly message: Message; readonly attempt: number; readonly receipt: string };

export type DeadLetter = {
  readonly message: Message;
  readonly attempts: number;
  readonly lastError: string;
  readonly diedAt: string;
};

/** Not done and not dead. */
export type WaitingMessage = {
  readonly message: Message;
  /** How often it was handed out. */
  readonly attempts: number;
  readonly enqueuedAt: string;
  /** When it is handed out next; while it is in hand, when it is taken away again. */
  readonly visibleAt: string;
  readonly inHand: boolean;
  readonly lastError?: string;
};

/** At least once, in any order; what is not settled in time is delivered again. */
export interface Queue {
  receive(limit: number, visibilitySeconds: number): Promise<readonly Delivery[]>;
  done(delivery: Delivery): Promise<void>;
  /** Delivered again after `delaySeconds`. */
  retry(delivery: Delivery, delaySeconds: number, error: string): Promise<void>;
  dead(delivery: Delivery, error: string): Promise<void>;
  /** The longest due first, at most `limit`. */
  waiting(limit: number): Promise<readonly WaitingMessage[]>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Puts a dead letter back to work; false when there is none with this id. */
  revive(messageId: string): Promise<boolean>;
  depth(): Promise<{ readonly waiting: number; readonly dead: number; readonly oldest?: string }>;
}
