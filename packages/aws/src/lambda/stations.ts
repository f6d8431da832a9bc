import { type Office, type RecordsQueue, settle } from '@gongkai/core';
import { type BatchAnswer, workOff } from './batch.ts';
import type { Lines } from './lines.ts';
import type { LambdaContext } from './trigger.ts';
import { wakeUp } from './wake-up.ts';

export type WorkingOffice = Office & { readonly queue: RecordsQueue };

const counted = { done: 'Done', retry: 'Retried', dead: 'Dead' } as const;

/**
 * The machine stations. `visibilitySeconds` is longer than the function may run, so that nobody else takes what is in
 * its hands; `neededMs` is the longest that a station takes. What fails is tried again by the records' own queue, five
 * times, and then waits in the console: SQS only ever sees failures of the machinery.
 */
export const stations = (
  office: WorkingOffice,
  lines: Lines,
  { visibilitySeconds, neededMs }: { visibilitySeconds: number; neededMs: number },
): ((event: unknown, context?: LambdaContext) => Promise<BatchAnswer>) =>
  workOff(
    'stations',
    {
      name: 'station',
      envelope: wakeUp,
      correlation: ({ correlation }) => correlation,
      neededMs,
      work: async ({ message }) => {
        const delivery = await office.queue.take(message, visibilitySeconds);
        if (delivery === undefined) return { message, outcome: 'nothing to do' };
        const { outcome, error } = await settle(office, delivery);
        lines.count({ [counted[outcome]]: 1 });
        return {
          message,
          station: delivery.message.type,
          subject: delivery.message.subject,
          attempt: delivery.attempt,
          outcome,
          ...(error === undefined ? {} : { error }),
        };
      },
    },
    lines,
  );
