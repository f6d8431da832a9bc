import { timeoutSeconds } from './foundation/outputs.ts';
import { told } from './kept.ts';
import { worker } from './workers.ts';

/** One message at a time: a file that kills its function takes no other document's work with it. */
export const stations = sst.aws.Queue.subscribe(
  told('StationsQueueArn'),
  worker('stations', { timeout: `${timeoutSeconds.stations} seconds`, memory: '1024 MB' }),
  {
    batch: { size: 1, partialResponses: true },
    // Each may hold one of the machines.
    transform: { eventSourceMapping: { scalingConfig: { maximumConcurrency: 20 } } },
  },
);

export const uploads = sst.aws.Queue.subscribe(
  told('UploadsQueueArn'),
  worker('uploads', { timeout: `${timeoutSeconds.uploads} seconds` }),
  { batch: { size: 10, partialResponses: true } },
);

/** New rows of the outbox only. What it cannot hand over in an hour is told, and the clock finds it in the records. */
export const stream = sst.aws.Dynamo.subscribe('Outbox', told('TableStreamArn'), worker('stream'), {
  filters: [{ eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: ['outbox'] } } } }],
  transform: {
    eventSourceMapping: {
      functionResponseTypes: ['ReportBatchItemFailures'],
      batchSize: 100,
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 20,
      maximumRecordAgeInSeconds: 3600,
      parallelizationFactor: 2,
      destinationConfig: { onFailure: { destinationArn: told('StreamFailuresArn') } },
    },
  },
});

/**
 * Calls by the scheduler wait for nobody, so what fails goes nowhere unless it is said: both the call that did not reach
 * the function (`dlq`) and the one that broke in it (`onFailure`) end in the timers' dead letters, which have an alarm.
 */
const timer = (
  name: string,
  more: { schedule: `rate(${string})` | `cron(${string})`; timezone?: 'Asia/Shanghai' },
  args: sst.aws.FunctionArgs,
  retries: number,
) =>
  new sst.aws.CronV2(name, {
    ...more,
    function: {
      ...args,
      retries,
      transform: {
        eventInvokeConfig: {
          maximumEventAgeInSeconds: 3600,
          destinationConfig: { onFailure: { destination: told('TimersDeadLettersArn') } },
        },
      },
    },
    retries,
    dlq: told('TimersDeadLettersArn'),
  });

/** A minute that fails is followed by the next one, so it is not tried again. */
export const clock = timer(
  'Clock',
  { schedule: 'rate(1 minute)' },
  worker('clock', { timeout: '55 seconds' }),
  0,
);

export const upkeep = timer(
  'Upkeep',
  { schedule: 'cron(30 3 * * ? *)', timezone: 'Asia/Shanghai' },
  worker('upkeep', { timeout: '900 seconds' }),
  1,
);
