// A reader in a process of its own: asks for the paths in turn over a few kept-open connections, for a while.
import { Agent, get } from 'node:http';
import { jobGiven } from './program.ts';

export type ReaderJob = {
  readonly base: string;
  readonly paths: readonly string[];
  readonly connections: number;
  readonly forMs: number;
};
export type ReaderAnswer = {
  readonly times: readonly number[];
  readonly elapsedMs: number;
  readonly bytes: number;
};

const job = jobGiven<ReaderJob>();
const agent = new Agent({ keepAlive: true, maxSockets: job.connections });

const fetched = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(job.base + path, { agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${path}: ${answer.statusCode}`));
      let bytes = 0;
      answer.on('data', (piece: Buffer) => {
        bytes += piece.length;
      });
      answer.on('end', () => resolve(bytes));
      answer.on('error', reject);
    }).on('error', reject);
  });

const times: number[] = [];
let bytes = 0;
let asked = 0;
const started = performance.now();
const reader = async (): Promise<void> => {
  while (performance.now() - started < job.forMs) {
    const before = performance.now();
    bytes += await fetched(job.paths[asked++ % job.paths.length] ?? '/');
    times.push(performance.now() - before);
  }
};
await Promise.all(Array.from({ length: job.connections }, reader));
const elapsedMs = performance.now() - started;
agent.destroy();
process.send?.({ times, elapsedMs, bytes } satisfies ReaderAnswer);
