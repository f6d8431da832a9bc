/** One JSON object a line, with the correlation id that runs from upload to catalogue. Never document text. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  event: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

export const jsonLog =
  (write: (line: string) => void = (line) => process.stderr.write(`${line}\n`)): Log =>
  (level, event, fields = {}) =>
    write(JSON.stringify({ at: new Date().toISOString(), level, event, ...fields }));

export const quiet: Log = () => {};
