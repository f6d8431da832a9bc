import type * as z from 'zod';
import type { triggerAudit } from './audit-duties.ts';
import type { Lines } from './lines.ts';

export type LambdaContext = { getRemainingTimeInMillis(): number; readonly awsRequestId?: string };

/** An event that this version does not understand: it goes to the dead letters as it is, a newer version may. */
export class Unreadable extends Error {
  override name = 'Unreadable';
}

/** Several steps of one run broke; each has been told already. */
export class StepsFailed extends AggregateError {
  override name = 'StepsFailed';
}

/** Where it is wrong, never what it says: events may carry names. */
export const places = ({ issues }: z.ZodError): string =>
  issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join('; ');

export const said = (cause: unknown): string =>
  cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);

/** As its file in functions/ is called; what it writes into the audit stands in audit-duties.ts under the same name. */
export type TriggerName = keyof typeof triggerAudit;

export type Trigger<E, A> = {
  readonly name: TriggerName;
  readonly envelope: z.ZodType<E>;
  readonly run: (event: E, context: LambdaContext) => Promise<A>;
};

/**
 * The one wrapper around every function but `api`, whose own is packages/api/src/route/mount.ts: the event is parsed before
 * anything looks at it, what breaks is logged under AWS's request id, counted, and thrown, so that whoever sent the event
 * keeps it and sends it again. What is done twice is found out in the records, not here: a function remembers nothing.
 */
export const trigger =
  <E, A>({ name, envelope, run }: Trigger<E, A>, { log, count }: Lines) =>
  async (event?: unknown, context?: LambdaContext): Promise<A> => {
    const request = context?.awsRequestId;
    const failed = (what: 'unreadable' | 'failed', error: string): void => {
      count({ Failed: 1 });
      log('error', `${name}.${what}`, { ...(request === undefined ? {} : { request }), error });
    };
    const parsed = envelope.safeParse(event);
    if (!parsed.success) {
      failed('unreadable', places(parsed.error));
      throw new Unreadable(`${name}: ${places(parsed.error)}`);
    }
    try {
      return await run(parsed.data, context ?? { getRemainingTimeInMillis: () => Number.POSITIVE_INFINITY });
    } catch (cause) {
      if (!(cause instanceof StepsFailed)) failed('failed', said(cause));
      throw cause;
    }
  };

/** Work that stands alone: one that fails does not hold up the next, and is told at the end by throwing. */
export const inSteps = async (
  name: string,
  { log, count }: Lines,
  steps: Readonly<Record<string, () => Promise<void>>>,
): Promise<void> => {
  const failures: unknown[] = [];
  for (const [step, work] of Object.entries(steps)) {
    try {
      await work();
    } catch (cause) {
      failures.push(cause);
      count({ Failed: 1 });
      log('error', `${name}.${step}`, { error: String(cause) });
    }
  }
  if (failures.length > 0) throw new StepsFailed(failures, `${name}: ${failures.length} steps failed`);
};
