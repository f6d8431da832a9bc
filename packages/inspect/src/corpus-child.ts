import { handle, type InspectJob } from './worker.ts';

/** The child of corpus.test.ts: answers one job at a time, so that a hang or an abort costs only this process. */
process.on('message', (job: InspectJob) => {
  handle(job).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) =>
      process.send?.({ threw: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
