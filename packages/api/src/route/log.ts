/** One JSON line for each request and message. Never document text, never a secret. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  event: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

export const quiet: Log = () => {};
