/** Written to stderr by the watchdog thread, so that the host can tell "too big" from any other SIGKILL. */
export const outOfMemoryMark = '\u0001cage:out-of-memory\n';

/** From host to cell. */
export type Order = { readonly id: number; readonly job: unknown };

/** From cell to host. `threw` means a bug or a broken library: the cell is not used again. */
export type Answer =
  | { readonly is: 'ready' }
  | { readonly is: 'done'; readonly id: number; readonly result: unknown }
  | { readonly is: 'threw'; readonly id: number; readonly detail: string };
