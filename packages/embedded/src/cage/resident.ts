/**
 * The main program of a caged process: loads the entry module named on the command line, then does one job at a
 * time. The entry exports `handle(job)`, which resolves to a Result, and may export `warm()`.
 */
import type { Answer, Order } from './marks.ts';

type Entry = { handle(job: unknown): Promise<unknown>; warm?(): Promise<void> };

const answer = (it: Answer): void => {
  process.send?.(it);
};
process.on('disconnect', () => process.exit(0));

const url = process.argv[2];
if (url === undefined) throw new Error('usage: resident <entry url>');
const entry: Entry = await import(url);
if (typeof entry.handle !== 'function') throw new Error(`${url} exports no handle(job)`);
await entry.warm?.();

process.on('message', async ({ id, job }: Order) => {
  try {
    answer({ is: 'done', id, result: await entry.handle(job) });
  } catch (error) {
    answer({
      is: 'threw',
      id,
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
});
answer({ is: 'ready' });
