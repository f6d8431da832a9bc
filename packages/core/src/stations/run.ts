import type { Office } from '../commands/office.ts';
import type { Delivery, Message } from '../ports/index.ts';
import { audited } from '../repository/index.ts';
import { stationAudit } from './audit-duties.ts';
import { convert } from './convert.ts';
import { discard } from './discard.ts';
import { gate } from './gate.ts';
import { inspect } from './inspect.ts';
import { intake } from './intake.ts';
import { NotReady } from './not-ready.ts';
import { notify } from './notify.ts';
import { index, publish } from './publish.ts';
import { render } from './render.ts';
import { tryWords } from './try-words.ts';

/** Runs one message. Idempotent: run twice, late, or after a kill half-way, it comes out the same. */
export const runMessage = async (given: Office, message: Message): Promise<void> => {
  const office = audited(given, stationAudit[message.type]);
  switch (message.type) {
    case 'intake':
      return intake(office, message);
    case 'convert':
      return convert(office, message);
    case 'inspect':
      return inspect(office, message);
    case 'render':
      return render(office, message);
    case 'gate':
      return gate(office, message);
    case 'publish':
      return publish(office, message);
    case 'index':
      return index(office, message);
    case 'notify':
      return notify(office, message);
    case 'discard':
      return discard(office, message);
    case 'try-words':
      return tryWords(office, message);
    default: {
      const never: never = message.type;
      throw new Error(`unknown message ${String(never)}`);
    }
  }
};

/** Tries before a message becomes a dead letter, with its button in the console. */
export const maxAttempts = 5;

const wait = (attempt: number, cause: unknown): number =>
  cause instanceof NotReady ? Math.min(900, 10 * 3 ** attempt) : Math.min(300, 2 ** attempt);

export type Settled = {
  readonly message: Message;
  readonly outcome: 'done' | 'retry' | 'dead';
  readonly error?: string;
};

/** Settles one delivery: done, tried again later, or dead after `maxAttempts`. Never throws for a station's fault. */
export const settle = async (office: Office, delivery: Delivery): Promise<Settled> => {
  const { message } = delivery;
  // A message that takes the whole process down never reaches the catch below; its attempts tell.
  if (delivery.attempt > maxAttempts) {
    const error = 'the worker died each time';
    await office.queue.dead(delivery, error);
    return { message, outcome: 'dead', error };
  }
  try {
    await runMessage(office, message);
    await office.queue.done(delivery);
    return { message, outcome: 'done' };
  } catch (cause) {
    const error = cause instanceof Error ? cause.message : String(cause);
    if (delivery.attempt >= maxAttempts) {
      await office.queue.dead(delivery, error);
      return { message, outcome: 'dead', error };
    }
    await office.queue.retry(delivery, wait(delivery.attempt, cause), error);
    return { message, outcome: 'retry', error };
  }
};
