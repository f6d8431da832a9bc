import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { err, type Refusal, type Result, refusal } from '@gongkai/core';
import { cleanEnvironment, commandLine, type Folders } from './isolation.ts';
import { type Answer, type Order, outOfMemoryMark } from './marks.ts';

/** The process died or threw: the machine's fault, not the file's. The caller may try again. */
export type Crash = { readonly crashed: true; readonly detail: string };

export type CellOptions = {
  readonly entry: URL;
  readonly memoryMb: number;
  readonly startMs: number;
  /** A process that is at work and uses no processor for so long will never end: it is killed as crashed, and may be tried again. */
  readonly stalledMs: number;
  readonly folders: Folders | undefined;
  readonly env: Readonly<Record<string, string>>;
};

type Ending = 'out-of-time' | 'out-of-memory' | 'stalled' | 'closed';
type Waiting = {
  readonly id: number;
  settle(answer: Result<unknown, Refusal | Crash>): void;
  readonly limit: string;
};

const pageBytes = 4096;
const pollMs = 100;
const keptStderr = 4_000;
/** The share of one processor that a process without work may use for its timers and garbage; one that works gets more. */
const idleShare = 0.03;
const tickMs = 10;

/** Processor time of all threads of a process, in clock ticks (proc(5), `utime` and `stime`). */
const ticksOf = (pid: number | undefined): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
};

/** One caged process. It does one job at a time, and is thrown away after any trouble. */
export class Cell {
  readonly ready: Promise<boolean>;
  jobsDone = 0;
  alive = true;
  #child: ChildProcess;
  #waiting: Waiting | undefined;
  #ending: Ending | undefined;
  #stderr = '';
  #watch: NodeJS.Timeout | undefined;
  #ticks = 0;
  /** Looks in a row that saw no progress: looks, not time, for a machine that was frozen stood still with us. */
  #still = 0;
  #starting = true;
  #gone: Promise<void>;

  constructor(options: CellOptions) {
    const [program = process.execPath, ...rest] = commandLine(
      options.entry,
      options.memoryMb,
      options.folders,
    );
    this.#child = spawn(program, rest, {
      // A process group of its own, so that killing it takes whatever it has started along.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
      env: cleanEnvironment(options.env, options.memoryMb),
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-keptStderr);
    });
    this.#watch = this.#watchFromOutside(options);
    let started: (is: boolean) => void = () => {};
    this.ready = new Promise((resolve) => {
      started = resolve;
    });
    const slow = setTimeout(() => this.#kill('out-of-time'), options.startMs);
    this.#child.on('message', (answer: Answer) => {
      if (answer.is === 'ready') {
        clearTimeout(slow);
        this.#starting = false;
        started(true);
      } else if (answer.id === this.#waiting?.id) {
        this.#settle(
          answer.is === 'done'
            ? (answer.result as Result<unknown, Refusal>) // what `handle` promises by its type
            : err({ crashed: true, detail: answer.detail }),
        );
        if (answer.is === 'threw') this.#kill('closed');
      }
    });
    this.#gone = new Promise((resolve) => {
      const over = (why: string): void => {
        this.alive = false;
        clearTimeout(slow);
        clearInterval(this.#watch);
        this.#settle(this.#verdict(why));
        started(false);
        resolve();
      };
      this.#child.on('error', (error) => over(error.message));
      // `close` comes after stderr is read to its end, unlike `exit`: the out-of-memory mark is in there.
      this.#child.on('close', (code, signal) => over(`exit ${code ?? signal}`));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The last of what it wrote to stderr. */
  get lastWords(): string {
    return this.#stderr.trim();
  }

  run(order: Order, timeoutMs: number): Promise<Result<unknown, Refusal | Crash>> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#kill('out-of-time'), timeoutMs);
      const settle = (answer: Result<unknown, Refusal | Crash>): void => {
        clearTimeout(timer);
        this.jobsDone++;
        resolve(answer);
      };
      this.#still = 0;
      this.#waiting = { id: order.id, settle, limit: `${Math.round(timeoutMs / 1000)} s` };
      this.#child.send(order, (error) => {
        if (error !== null) this.#kill('closed');
      });
    });
  }

  /** Kills it and waits until it is gone. */
  async close(): Promise<void> {
    this.#kill('closed');
    await this.#gone;
  }

  #settle(answer: Result<unknown, Refusal | Crash>): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.settle(answer);
  }

  #verdict(why: string): Result<never, Refusal | Crash> {
    const tooBig = this.#ending === 'out-of-memory' || this.#stderr.includes(outOfMemoryMark);
    // V8 says this before it aborts at --max-old-space-size.
    if (tooBig || /JavaScript heap out of memory/.test(this.#stderr)) return err(refusal('out-of-memory'));
    if (this.#ending === 'out-of-time') {
      return err(refusal('out-of-time', { limit: this.#waiting?.limit ?? '—' }));
    }
    const cause = this.#ending === 'stalled' ? 'it stood still' : why;
    return err({ crashed: true, detail: `${cause}: ${this.lastWords}`.slice(0, 1_000) });
  }

  #kill(why: Ending): void {
    this.#ending ??= why;
    const pid = this.#child.pid;
    if (pid === undefined) return;
    this.alive = false;
    try {
      if (process.platform === 'win32') this.#child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      this.#child.kill('SIGKILL'); // the group is gone already
    }
  }

  /** From outside, where /proc is there; everywhere else the watchdog thread inside does it for memory (lockdown.ts). */
  #watchFromOutside({ memoryMb, stalledMs }: CellOptions): NodeJS.Timeout | undefined {
    if (process.platform !== 'linux') return undefined;
    return setInterval(() => {
      try {
        const resident = Number(readFileSync(`/proc/${this.#child.pid}/statm`, 'utf8').split(' ')[1]);
        if (resident * pageBytes > memoryMb * 1024 * 1024) this.#kill('out-of-memory');
        const ticks = ticksOf(this.#child.pid);
        const idle = !this.#starting && this.#waiting === undefined;
        if (idle || (ticks - this.#ticks) * tickMs > idleShare * stalledMs)
          [this.#ticks, this.#still] = [ticks, 0];
        else if (++this.#still > stalledMs / pollMs) this.#kill('stalled');
      } catch {
        // It has just gone; `close` says so.
      }
    }, pollMs);
  }
}
