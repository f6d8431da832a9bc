// A process of its own for `renderRelease`, so that its peak memory can be told: once cold, then again warm.
import { statSync } from 'node:fs';
import type { ReleasePlan } from '@gongkai/core';
import { renderRelease } from '@gongkai/render';
import { jobGiven } from './program.ts';
import { repeated } from './stopwatch.ts';

export type RenderJob = { readonly input: string; readonly output: string; readonly plan: ReleasePlan };
export type RenderAnswer = {
  readonly coldMs: number;
  readonly times: readonly number[];
  /** Of each of these runs. */
  readonly processorMs: readonly number[];
  readonly peakMb: number;
  readonly bytes: number;
};

const job = jobGiven<RenderJob>();
const once = async (): Promise<void> => {
  const made = await renderRelease(job);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
};
const [coldMs = 0] = await repeated(once, { least: 1, most: 1 });
const processorMs: number[] = [];
const counted = async (): Promise<void> => {
  const before = process.cpuUsage();
  await once();
  const { user, system } = process.cpuUsage(before);
  processorMs.push((user + system) / 1_000);
};
const times = await repeated(counted, { least: coldMs > 3_000 ? 1 : 3, enoughMs: 1_000 });
process.send?.({
  coldMs,
  times,
  processorMs,
  peakMb: process.resourceUsage().maxRSS / 1024,
  bytes: statSync(job.output).size,
} satisfies RenderAnswer);
