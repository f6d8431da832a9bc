import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noWords, type RefusalCode } from '@gongkai/core';
import { FileBlobs, SystemClock } from '@gongkai/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Machines, openMachines } from '../../packages/local/src/machines/index.ts';
import { notRun } from '../not-run.ts';
import { defaultPolicy } from '../scenario/office-at-work.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const good = fileURLToPath(
  new URL('../../packages/local/documents/made/02 三村镇政务公开实施方案.docx', import.meta.url),
);

/** Of one station for one file; the product gives more, but most of what runs into this never ends. */
const longestMs = 30_000;
const atOnce = 2;

type Outcome = {
  readonly name: string;
  readonly end: 'inspected' | 'refused' | 'crashed';
  readonly station: 'examine' | 'convert' | 'inspect';
  readonly code?: RefusalCode | undefined;
  readonly words?: string;
  readonly ms: number;
  readonly tries: number;
};

/** Half of what the other tests take together: whole in CI, and on every other machine a tenth each day. */
const whole = process.env.CI === 'true' || process.env.GONGKAI_CORPUS === 'whole';
const ofToday = new Date().getUTCDate() % 10;

/** All files of the corpus but its own description. */
const files = (): string[] =>
  readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(corpus, join(entry.parentPath, entry.name)))
    .filter((name) => name !== 'README.md')
    .sort()
    .filter((_, n) => whole || n % 10 === ofToday);

describe.skipIf(notRun(!existsSync(corpus), 'the corpus', 'there is no ../shared/corpus'))(
  'the corpus',
  () => {
    let folder: string;
    let blobs: FileBlobs;
    let machines: Machines;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'gongkai-corpus-'));
      blobs = await FileBlobs.open(join(folder, 'blobs'), new SystemClock());
      machines = openMachines(blobs, join(folder, 'work'), defaultPolicy(), undefined, longestMs);
      machines.warm();
    });
    afterAll(async () => {
      await machines.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** One file through the stations as the queue would have it: a crash of the machine is tried once more. */
    const carry = async (path: string): Promise<Outcome> => {
      const name = relative(corpus, path);
      const started = performance.now();
      const kept = await blobs.putOnce('quarantine', createReadStream(path));
      if (!kept.ok) throw new Error(kept.error.code);
      const upload = { area: 'quarantine', sha256: kept.value.sha256 } as const;
      let station: Outcome['station'] = 'examine';
      const way = async (): Promise<Pick<Outcome, 'end' | 'code'>> => {
        station = 'examine';
        const examined = await machines.inspector.examine(upload, basename(path), noWords);
        if (!examined.ok) return { end: 'refused', code: examined.error.code };
        station = 'convert';
        const converted = await machines.converter.convert(upload, examined.value.type, basename(path));
        if (!converted.ok) return { end: 'refused', code: converted.error.code };
        station = 'inspect';
        const inspected = await machines.inspector.inspect(converted.value.pdf, noWords);
        if (!inspected.ok) return { end: 'refused', code: inspected.error.code };
        expect(inspected.value.pages).toHaveLength(converted.value.pages);
        return { end: 'inspected' };
      };
      for (let tries = 1; ; tries += 1) {
        try {
          const ended = await way();
          return { name, station, tries, ms: performance.now() - started, ...ended };
        } catch (cause) {
          const words = String(cause).slice(0, 400);
          if (tries === 2)
            return { name, end: 'crashed', station, words, tries, ms: performance.now() - started };
          console.warn(`tried again: ${name} at ${station}: ${words}`);
        }
      }
    };

    const print = (outcomes: readonly Outcome[]): void => {
      const tally = new Map<string, number>();
      for (const { end, station, code } of outcomes) {
        const key =
          end === 'inspected' ? end : `${end} at ${station}${code === undefined ? '' : `: ${code}`}`;
        tally.set(key, (tally.get(key) ?? 0) + 1);
      }
      const sorted = [...tally].sort((a, b) => b[1] - a[1]);
      const slowest = outcomes.toSorted((a, b) => b.ms - a.ms).slice(0, 5);
      console.log(
        [
          `corpus: ${outcomes.length} files${whole ? '' : '; a tenth (GONGKAI_CORPUS=whole or CI=true for all)'}`,
          ...sorted.map(([key, count]) => `${String(count).padStart(5)}  ${key}`),
          'slowest:',
          ...slowest.map(({ name, ms, end, code }) => `${Math.round(ms / 1000)} s  ${name}  ${code ?? end}`),
        ].join('\n'),
      );
    };

    it('goes through the real machines without a crash or a hang, and they are as good as new afterwards', async () => {
      const waiting = files().map((name) => join(corpus, name));
      const count = waiting.length;
      const outcomes: Outcome[] = [];
      const hand = async (): Promise<void> => {
        for (let path = waiting.shift(); path !== undefined; path = waiting.shift())
          outcomes.push(await carry(path));
      };
      await Promise.all(Array.from({ length: atOnce }, hand));
      print(outcomes);

      expect(outcomes).toHaveLength(count);
      expect(outcomes.filter(({ end }) => end === 'crashed')).toEqual([]);
      // Every station with its limit, for this file and for the one that it may have waited behind, and two new starts.
      expect(outcomes.filter(({ ms }) => ms > 2 * 3 * longestMs + 60_000)).toEqual([]);
      // Neither may the machines have refused their way through: most of the corpus is good.
      expect(outcomes.filter(({ end }) => end === 'inspected').length).toBeGreaterThan(count / 3);

      expect(await carry(good)).toMatchObject({ end: 'inspected', tries: 1 });
    }, 900_000);
  },
);
