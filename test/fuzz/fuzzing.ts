import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { examination, type FileType, inspection, refusal, refusalCode, sentence } from '@gongkai/core';
import { Cage, isCrash } from '@gongkai/embedded';
import { broken } from './break.ts';
import { diceOf } from './dice.ts';

const made = fileURLToPath(new URL('../../packages/local/documents/made/', import.meta.url));
const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
/** Larger ones only slow the search down. */
const largest = 400_000;

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size <= largest)
    .sort();

/** What files to break: the documents of the demonstration, and the corpus where it is. */
export const sources = (): readonly string[] => [made, corpus].filter(existsSync).flatMap(filesIn);

export type Failure = {
  readonly seed: number;
  readonly source: string;
  readonly station: string;
  readonly why: string;
};
export type Fuzzed = {
  readonly runs: number;
  readonly tally: ReadonlyMap<string, number>;
  readonly failures: readonly Failure[];
  readonly slowest: { readonly ms: number; readonly seed: number };
};

type Wishes = {
  readonly first: number;
  readonly until: (runs: number) => boolean;
  readonly atOnce: number;
  /** Where the bytes of what failed are kept. */
  readonly keep?: string;
};

const withoutOffice: ReadonlySet<FileType> = new Set([
  'pdf',
  'png',
  'jpg',
  'tiff',
  'txt',
  'md',
  'html',
  'csv',
]);
/** Of one station for one file: a tenth of what the product gives. */
const timeoutMs = 15_000;

/**
 * Breaks real files and takes each through intake, conversion (of what needs no LibreOffice) and inspection, in the
 * product's cages. Every one must end as accepted or refused with a code that has its sentence; a process that dies,
 * throws or answers nonsense is a failure. The same seed breaks the same file in the same way.
 */
export const fuzz = async ({ first, until, atOnce, keep }: Wishes): Promise<Fuzzed> => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-fuzz-'));
  const folders = { read: [], write: [folder] };
  const more = { warm: atOnce, folders, env: { TMPDIR: folder } };
  const inspecting = new Cage({
    ...more,
    entry: new URL(import.meta.resolve('@gongkai/inspect/worker')),
    memoryMb: 1536,
  });
  const converting = new Cage({
    ...more,
    entry: new URL(import.meta.resolve('@gongkai/render/convert-worker')),
    memoryMb: 3500,
  });
  const paths = sources();
  const tally = new Map<string, number>();
  const failures: Failure[] = [];
  let slowest = { ms: 0, seed: first };
  let runs = 0;

  const one = async (seed: number, lane: number): Promise<void> => {
    const dice = diceOf(seed);
    const source = paths[dice.below(paths.length)] ?? '';
    const bytes = broken(readFileSync(source), dice);
    const path = join(folder, `upload-${lane}`);
    const pdf = join(folder, `converted-${lane}.pdf`);
    writeFileSync(path, bytes);
    const fail = (station: string, why: string): undefined => {
      failures.push({ seed, source: basename(source), station, why: why.slice(0, 400) });
      if (keep !== undefined) {
        mkdirSync(keep, { recursive: true });
        writeFileSync(join(keep, `${seed}-${station}-${basename(source)}`), bytes);
      }
      return undefined;
    };
    const ask = async (cage: Cage, station: string, job: object): Promise<unknown> => {
      const answer = await cage.run(job, { timeoutMs });
      if (answer.ok) return answer.value;
      if (isCrash(answer.error)) return fail(station, answer.error.detail);
      const code = refusalCode.safeParse(answer.error.code);
      if (!code.success) return fail(station, `no such code: ${answer.error.code}`);
      const { zh, en } = sentence(refusal(code.data, answer.error.details));
      if (/undefined|\{\w+\}|\n\s+at /.test(zh + en)) return fail(station, `sentence: ${zh}`);
      const end = `${station} refused ${code.data}`;
      tally.set(end, (tally.get(end) ?? 0) + 1);
      return undefined;
    };

    const answer = await ask(inspecting, 'examine', { task: 'examine', path, name: basename(source) });
    if (answer === undefined) return;
    const examined = examination.safeParse(answer);
    if (!examined.success) return fail('examine', examined.error.message);
    const { type } = examined.data;
    if (!withoutOffice.has(type)) return void tally.set('examined', (tally.get('examined') ?? 0) + 1);
    const job = { input: path, type, name: basename(source), output: pdf, maxPages: 2000 };
    if ((await ask(converting, 'convert', job)) === undefined) return;
    const found = await ask(inspecting, 'inspect', { task: 'inspect', path: pdf, maxPages: 2000 });
    if (found === undefined) return;
    const inspected = inspection.safeParse(found);
    if (!inspected.success) return fail('inspect', inspected.error.message);
    tally.set('inspected', (tally.get('inspected') ?? 0) + 1);
  };

  const lane = async (number: number): Promise<void> => {
    while (!until(runs)) {
      const seed = first + runs++;
      const started = performance.now();
      await one(seed, number);
      const ms = performance.now() - started;
      if (ms > slowest.ms) slowest = { ms, seed };
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, (_, number) => lane(number)));
  } finally {
    await Promise.all([inspecting.close(), converting.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
  return { runs, tally, failures, slowest };
};
