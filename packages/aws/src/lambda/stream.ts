import { message } from '@gongkai/core';
import * as z from 'zod';
import type { BatchAnswer } from './batch.ts';
import type { Lines } from './lines.ts';
import { trigger } from './trigger.ts';
import type { Wake } from './wake-up.ts';

const text = z.object({ S: z.string() });

/** DynamoDB's stream, as filtered in infra/: new rows of the outbox. */
const streamEvent = z.object({
  Records: z.array(
    z.object({
      eventName: z.string(),
      dynamodb: z.object({
        SequenceNumber: z.string(),
        NewImage: z.object({ pk: text, sk: text, data: text }).loose().optional(),
      }),
    }),
  ),
});

const outboxData = z.object({ message: message.pick({ id: true, correlationId: true }) });

/**
 * From the table's stream to the stations' queue. A shard is read in order and stands still at the first failure, so
 * a row that cannot be read is logged and passed over: the clock finds its message in the records all the same.
 * When SQS does not take a wake-up, everything from there on comes again.
 */
export const streamToQueue = (wake: Wake, lines: Lines) =>
  trigger(
    { name: 'stream', envelope: streamEvent, run: ({ Records }) => handOver(Records, wake, lines) },
    lines,
  );

const handOver = async (
  Records: z.infer<typeof streamEvent>['Records'],
  wake: Wake,
  { log, count }: Lines,
): Promise<BatchAnswer> => {
  for (const { eventName, dynamodb } of Records) {
    if (eventName !== 'INSERT' || dynamodb.NewImage?.pk.S !== 'outbox') continue;
    let data: z.infer<typeof outboxData>;
    try {
      data = outboxData.parse(JSON.parse(dynamodb.NewImage.data.S));
    } catch {
      count({ Failed: 1 });
      log('error', 'stream.unreadable', { sequence: dynamodb.SequenceNumber });
      continue;
    }
    try {
      await wake([data.message]);
      log('info', 'stream', { correlation: data.message.correlationId, message: data.message.id });
    } catch (cause) {
      count({ Failed: 1 });
      log('error', 'stream.failed', { message: data.message.id, error: String(cause) });
      return { batchItemFailures: [{ itemIdentifier: dynamodb.SequenceNumber }] };
    }
  }
  return { batchItemFailures: [] };
};
