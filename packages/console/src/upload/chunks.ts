/** Where the bytes go: the API's three verbs for one upload. */
export type Line = {
  /** Sends bytes that begin at `offset`; answers the new offset. */
  readonly send: (offset: number, bytes: Blob, signal: AbortSignal) => Promise<number>;
  /** How many bytes have safely arrived. */
  readonly offset: (signal: AbortSignal) => Promise<number>;
};

export type Options = {
  readonly chunk: number;
  /** How often in a row a broken line is tried again before giving up. */
  readonly tries: number;
  readonly wait: (attempt: number, signal: AbortSignal) => Promise<void>;
  /** Whether the failure is the line's (worth another try) or the server's word (final). */
  readonly broken: (error: unknown) => boolean;
};

/**
 * Sends a file from `from` to its end. After a broken connection the server is asked how much has arrived and
 * the rest is sent: nothing twice, nothing missing. Throws what `send` threw when it is final or tries ran out.
 */
export const sendAll = async (
  file: Blob,
  from: number,
  line: Line,
  options: Options,
  progress: (sent: number) => void,
  signal: AbortSignal,
): Promise<void> => {
  let offset = from;
  let failures = 0;
  progress(offset);
  while (offset < file.size) {
    signal.throwIfAborted();
    try {
      const next = await line.send(offset, file.slice(offset, offset + options.chunk), signal);
      if (next <= offset) throw new Error(`upload does not move on from ${offset}`);
      offset = next;
      failures = 0;
      progress(offset);
    } catch (error) {
      failures += 1;
      if (signal.aborted || !options.broken(error) || failures >= options.tries) throw error;
      await options.wait(failures, signal);
      offset = await line.offset(signal).catch((still: unknown) => {
        if (options.broken(still)) return offset;
        throw still;
      });
    }
  }
};
