import * as z from 'zod';
import type { Lines } from './lines.ts';

/** What Lambda hands over from an SQS queue. Only what is used; the rest may change without asking us. */
const sqsEvent = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string() })),
});

/** AWS: "Implementing partial batch responses": what is named here comes again, the rest is deleted. */
export type BatchAnswer = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

export type LambdaContext = { getRemainingTimeInMillis(): number };

/** Work that one message in SQS asks for. */
export type Duty<T> = {
  readonly name: string;
  /** The envelope; an unknown version does not fit it. */
  readonly envelope: z.ZodType<T>;
  /** The one id that runs from upload to catalogue, where the envelope carries it. */
  readonly correlation: (body: T) => string | undefined;
  /** Begun only while at least this long is left, so that no message is cut off in the middle. */
  readonly neededMs: number;
  /** Must come out the same when it runs twice, late or out of order: it looks at the records before it acts. */
  readonly work: (body: T) => Promise<Readonly<Record<string, unknown>>>;
};

const parsed = <T>(envelope: z.ZodType<T>, body: string): T => {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Unreadable('not JSON');
  }
  const result = envelope.safeParse(json);
  // Where it is wrong, never what it says: bodies may carry names.
  if (!result.success)
    throw new Unreadable(
      result.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join('; '),
    );
  return result.data;
};

/** An event that this version does not understand. It goes to the dead letters as it is: a newer version may. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}

/**
 * The one wrapper around every function that works off a queue: parses the envelope, runs the messages one after the
 * other, logs each with its correlation id, counts, and answers which ones must come again. Throws only when the event
 * itself is not one of SQS: then Lambda returns the whole batch.
 */
export const workOff =
  <T>(duty: Duty<T>, { log, count }: Lines) =>
  async (event: unknown, context: LambdaContext): Promise<BatchAnswer> => {
    const { Records } = sqsEvent.parse(event);
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of Records) {
      if (context.getRemainingTimeInMillis() < duty.neededMs) {
        batchItemFailures.push({ itemIdentifier: messageId });
        log('warn', `${duty.name}.no-time`, { sqs: messageId });
        continue;
      }
      const started = performance.now();
      const note: Record<string, unknown> = { sqs: messageId };
      try {
        const content = parsed(duty.envelope, body);
        note.correlation = duty.correlation(content);
        const outcome = await duty.work(content);
        log('info', duty.name, { ...note, ...outcome, ms: Math.round(performance.now() - started) });
      } catch (cause) {
        batchItemFailures.push({ itemIdentifier: messageId });
        count({ Failed: 1 });
        log('error', cause instanceof Unreadable ? `${duty.name}.unreadable` : `${duty.name}.failed`, {
          ...note,
          error: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause),
        });
      }
    }
    return { batchItemFailures };
  };
