import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A native program, to measure ourselves against; undefined when this machine has none of that name. */
export const hasProgram = (name: string): boolean =>
  spawnSync(name, ['-v'], { stdio: 'ignore' }).error === undefined;

/** Peak resident memory of a process that still runs, in MB; undefined where there is no /proc. */
const peakOf = (pid: number | undefined): number | undefined => {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
};

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });

/** Runs a program to its end: how long from start to end, ms, and its peak memory as far as a look every 2 ms sees it. */
export const runProgram = async (
  name: string,
  args: readonly string[],
): Promise<{ ms: number; peakMb: number | undefined }> => {
  const started = performance.now();
  const child = spawn(name, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (piece: Buffer) => {
    words += piece.toString();
  });
  let peakMb: number | undefined;
  const look = setInterval(() => {
    peakMb = peakOf(child.pid) ?? peakMb;
  }, 2);
  const code = await ended(child);
  clearInterval(look);
  const ms = performance.now() - started;
  // 3: qpdf went through with warnings.
  if (code !== 0 && code !== 3) throw new Error(`${name} ${args.join(' ')}: ${code}: ${words.slice(0, 500)}`);
  return { ms, peakMb };
};

const clock = '/usr/bin/time';

/**
 * As `runProgram`, with the processor time of the program and its children, ms, which others at work on this machine do not
 * lengthen as they do the time on the wall; undefined where GNU time is missing.
 */
export const timedProgram = async (
  name: string,
  args: readonly string[],
): Promise<{ ms: number; processorMs: number | undefined; peakMb: number | undefined }> => {
  if (!existsSync(clock)) return { ...(await runProgram(name, args)), processorMs: undefined };
  const report = join(mkdtempSync(join(tmpdir(), 'gongkai-time-')), 'report');
  const { ms } = await runProgram(clock, ['-q', '-f', '%U %S %M', '-o', report, name, ...args]);
  const [user = 0, system = 0, kilobytes = 0] = readFileSync(report, 'utf8').trim().split(/\s+/).map(Number);
  rmSync(dirname(report), { recursive: true });
  return { ms, processorMs: (user + system) * 1_000, peakMb: kilobytes / 1024 };
};

/**
 * Runs a module of ours in a process of its own, so that its memory is its own: it reads its job by `jobGiven` and answers once
 * with `process.send`. The job goes by a file: 3,000 seals are longer than a command line.
 */
export const apart = async <T>(module: URL, job: unknown): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-apart-'));
  try {
    const file = join(folder, 'job.json');
    writeFileSync(file, JSON.stringify(job));
    const child = fork(module, [file], { execArgv: ['--disable-warning=ExperimentalWarning'] });
    const answers: T[] = [];
    child.on('message', (answer) => answers.push(answer as T)); // T is what that module sends
    const code = await ended(child);
    const answer = answers[0];
    if (code !== 0 || answer === undefined) throw new Error(`${module.pathname}: ended with ${code}`);
    return answer;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** What `apart` was given, in the process that it started. */
export const jobGiven = <T>(): T => JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as T; // what the caller of `apart` sends
