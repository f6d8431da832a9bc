import { err, ok, type Refusal, type Result } from '@gongkai/core';
import { Cell, type Crash } from './cell.ts';
import type { Folders } from './isolation.ts';

export type { Crash } from './cell.ts';
export { type Folders, kernelIsolation } from './isolation.ts';

export type CageOptions = {
  /** Module that exports `handle(job): Promise<Result<T, Refusal>>` and may export `warm(): Promise<void>`. */
  readonly entry: URL;
  /** Resident memory of one process, MiB, at which it is killed. */
  readonly memoryMb: number;
  /** How many processes are kept ready; as many jobs run at once. */
  readonly warm: number;
  /** A process is replaced after this many jobs: libraries leak. Default 50. */
  readonly maxJobs?: number;
  /** Folders that the code may touch besides its own (Node's permission model). Undefined: no such limit. */
  readonly folders?: Folders;
  /** The whole environment of the process beyond PATH and locale. Never put a secret here. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long a process may take to start and warm up, ms. Default 180,000: LibreOffice needs 4 s, and 60 s where eight others want the same two processors. */
  readonly startMs?: number;
  /**
   * Milliseconds without any use of the processor, at the start or in a job, after which a process is taken for hung and tried
   * again (Linux). Default 30,000: nothing in a cage waits for anything but the processor and the disk. LibreOffice (WebAssembly)
   * hangs so at about one cold start in twenty under load.
   */
  readonly stalledMs?: number;
};

export const isCrash = (error: Refusal | Crash): error is Crash => 'crashed' in error;

/** After so many failed starts in a row, waiting jobs are given back instead of trying for ever. */
const startsTried = 3;

/**
 * Runs hostile work in processes of its own: no network, no secrets, limited time, memory and files. A file that
 * hangs or bursts costs its own process and nothing else; other jobs go on in theirs.
 */
export class Cage {
  readonly #options: CageOptions;
  readonly #idle: Cell[] = [];
  readonly #all = new Set<Cell>();
  readonly #queue: ((cell: Cell | Crash) => void)[] = [];
  #nextId = 1;
  #failedStarts = 0;
  #closed = false;

  constructor(options: CageOptions) {
    this.#options = options;
  }

  /** Starts the processes now instead of with the first job. */
  start(): void {
    // As many as are missing now: where the system gives no process, asking until it does would stop everything else.
    for (let missing = this.#options.warm - this.#all.size; missing > 0 && !this.#closed; missing--)
      void this.#open();
  }

  /**
   * Hands the job (structured-clonable) to a free process, waiting for one in order of arrival. `timeoutMs` counts
   * from when the process begins. Errors: whatever `handle` refuses with; `out-of-time`, `out-of-memory`; or a Crash,
   * which says nothing about the file and may be tried again.
   */
  async run<T>(job: unknown, { timeoutMs }: { timeoutMs: number }): Promise<Result<T, Refusal | Crash>> {
    const cell = await this.#take();
    if ('crashed' in cell) return err(cell);
    const result = await cell.run({ id: this.#nextId++, job }, timeoutMs);
    this.#giveBack(cell);
    return result.ok ? ok(result.value as T) : result; // T is what the entry's handle promises
  }

  /** Process ids, for `doctor` and tests. */
  get pids(): number[] {
    return [...this.#all].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const give of this.#queue.splice(0)) give({ crashed: true, detail: 'the cage was closed' });
    await Promise.all([...this.#all].map((cell) => cell.close()));
  }

  #take(): Promise<Cell | Crash> {
    if (this.#closed) return Promise.resolve({ crashed: true, detail: 'the cage was closed' });
    return new Promise((resolve) => {
      this.#queue.push(resolve);
      this.start();
      this.#match();
    });
  }

  #giveBack(cell: Cell): void {
    if (cell.alive && cell.jobsDone < (this.#options.maxJobs ?? 50)) {
      this.#idle.push(cell);
      this.#match();
    } else {
      this.#discard(cell);
    }
  }

  #match(): void {
    while (this.#queue.length > 0) {
      const cell = this.#idle.shift();
      if (cell === undefined) return;
      if (cell.alive) this.#queue.shift()?.(cell);
      else this.#discard(cell); // it died while idle
    }
  }

  /** The replacement starts once the old one is gone: two LibreOffices at once would be too much memory. */
  #discard(cell: Cell): void {
    void cell.close().then(() => {
      this.#all.delete(cell);
      this.start();
    });
  }

  async #open(): Promise<void> {
    const { entry, memoryMb, startMs = 180_000, stalledMs = 30_000, folders, env = {} } = this.#options;
    let cell: Cell;
    try {
      cell = new Cell({ entry, memoryMb, startMs, stalledMs, folders, env });
    } catch (thrown) {
      // Not even spawned (ENOMEM, E2BIG). Whoever waits goes on waiting for the others, where there are any.
      if (this.#all.size === 0) this.#refuseWaiting(String(thrown));
      return;
    }
    this.#all.add(cell);
    if (await cell.ready) {
      this.#failedStarts = 0;
      this.#idle.push(cell);
      this.#match();
      return;
    }
    this.#failedStarts++;
    if (this.#failedStarts >= startsTried) {
      this.#refuseWaiting(cell.lastWords);
      this.#failedStarts = 0;
      this.#all.delete(cell);
      return; // the next job tries again
    }
    this.#discard(cell);
  }

  #refuseWaiting(why: string): void {
    const crash: Crash = { crashed: true, detail: `could not start: ${why}`.slice(0, 1_000) };
    for (const give of this.#queue.splice(0)) give(crash);
  }
}
