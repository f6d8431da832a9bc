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

/** A minute that fails is followed by the next one, so it is not tried again. */
export const clock = new sst.aws.CronV2('Clock', {
  schedule: 'rate(1 minute)',
  function: worker('clock', { timeout: '55 seconds' }),
  retries: 0,
});

export const upkeep = new sst.aws.CronV2('Upkeep', {
  schedule: 'cron(30 3 * * ? *)',
  timezone: 'Asia/Shanghai',
  function: worker('upkeep', { timeout: '900 seconds' }),
  retries: 1,
});
