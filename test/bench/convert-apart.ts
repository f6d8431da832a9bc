// A process of its own for the converter: once cold, then again warm.
import { statSync } from 'node:fs';
import { type ConvertJob, convert } from '../../packages/render/src/convert/index.ts';
import { jobGiven } from './program.ts';
import { repeated } from './stopwatch.ts';

export type ConvertAsked = ConvertJob;
export type ConvertAnswer = {
  readonly coldMs: number;
  readonly times: readonly number[];
  readonly pages: number;
  readonly bytes: number;
};

const job = jobGiven<ConvertAsked>();
let pages = 0;
const once = async (): Promise<void> => {
  const made = await convert(job);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  pages = made.value.pages;
};
const [coldMs = 0] = await repeated(once, { least: 1, most: 1 });
const times = await repeated(once, { least: 2, most: 5, enoughMs: 1_000 });
process.send?.({ coldMs, times, pages, bytes: statSync(job.output).size } satisfies ConvertAnswer, () =>
  process.exit(0),
);
