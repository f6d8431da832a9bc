import * as z from 'zod';
import type { Lines } from './lines.ts';
import { type LambdaContext, places, said, type TriggerName, trigger, Unreadable } from './trigger.ts';

/** What Lambda hands over from an SQS queue. Only what is used; the rest may change without asking us. */
const sqsEvent = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string() })),
});

/** AWS: "Implementing partial batch responses": what is named here comes again, the rest is deleted. */
export type BatchAnswer = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

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
  if (!result.success) throw new Unreadable(places(result.error));
  return result.data;
};

/**
 * For every function that works off a queue: runs the messages one after the other, logs each with its correlation id,
 * counts, and answers which ones must come again. Throws only when the event itself is not one of SQS: then Lambda
 * returns the whole batch.
 */
export const workOff = <T>(name: TriggerName, duty: Duty<T>, lines: Lines) =>
  trigger(
    { name, envelope: sqsEvent, run: ({ Records }, context) => batch(Records, duty, lines, context) },
    lines,
  );

const batch = async <T>(
  Records: z.infer<typeof sqsEvent>['Records'],
  duty: Duty<T>,
  { log, count }: Lines,
  context: LambdaContext,
): Promise<BatchAnswer> => {
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
        error: said(cause),
      });
    }
  }
  return { batchItemFailures };
};
