import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzzing.ts';

/** `npm run fuzz -- --minutes 30 [--seed N]`; one seed alone: `--seed N --runs 1`. */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' }, runs: { type: 'string' } },
});
const first = Number(values.seed ?? Date.now() % 1_000_000_000);
const end = Date.now() + Number(values.minutes) * 60_000;
const most = Number(values.runs ?? Number.POSITIVE_INFINITY);
const keep = join(tmpdir(), 'gongkai-fuzz-failures');

console.log(`seed ${first}`);
const { runs, tally, failures, slowest } = await fuzz({
  first,
  until: (done) => done >= most || Date.now() > end,
  atOnce: Math.min(2, most),
  keep,
});
console.log(`${runs} broken files; slowest ${Math.round(slowest.ms)} ms (seed ${slowest.seed})`);
for (const [what, count] of [...tally].sort((a, b) => b[1] - a[1]))
  console.log(`${String(count).padStart(7)}  ${what}`);
for (const { seed, source, station, why } of failures)
  console.log(`FAILED at ${station}: --seed ${seed} --runs 1 (${source}): ${why}`);
if (failures.length > 0) console.log(`their bytes: ${keep}`);
process.exitCode = failures.length > 0 ? 1 : 0;
