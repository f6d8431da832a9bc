/** One JSON object a line, as on one machine (packages/local/src/log.ts). Never document text. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  event: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

/**
 * Counts what happened. Names are those that the foundation's alarms and dashboard look at: Done, Retried, Dead,
 * Failed, Swept, Woken, DeadLetters.
 */
export type Count = (values: Readonly<Record<string, number>>) => void;

export type Lines = { readonly log: Log; readonly count: Count };

/**
 * Log and metrics of a function, both as lines on stdout: CloudWatch makes metrics of those in its embedded metric
 * format (EMF 0), so a metric costs no request. `now` in milliseconds since 1970.
 */
export const lines = (
  namespace: string,
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
  now: () => number = Date.now,
): Lines => ({
  log: (level, event, fields = {}) =>
    write(JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...fields })),
  count: (values) =>
    write(
      JSON.stringify({
        _aws: {
          Timestamp: now(),
          CloudWatchMetrics: [
            {
              Namespace: namespace,
              Dimensions: [[]],
              Metrics: Object.keys(values).map((Name) => ({ Name, Unit: 'Count' })),
            },
          ],
        },
        ...values,
      }),
    ),
});

/** A log that also counts what broke, for who only logs (the API). */
export const counting =
  ({ log, count }: Lines): Log =>
  (level, event, fields) => {
    log(level, event, fields);
    if (level === 'error') count({ Failed: 1 });
  };
