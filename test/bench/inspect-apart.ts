// A process of its own for `inspectPdf`, so that its peak memory can be told.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { inspectPdf } from '@gongkai/inspect';
import { jobGiven } from './program.ts';
import { repeated } from './stopwatch.ts';

export type InspectAnswer = {
  readonly times: readonly number[];
  readonly peakMb: number;
  readonly characters: number;
  /** After everything that is not needed was collected: JavaScript's and what WebAssembly and buffers hold beside it. */
  readonly heldMb?: number;
};

const { path } = jobGiven<{ path: string }>();
let characters = 0;
const once = async (): Promise<void> => {
  const seen = await inspectPdf({ path });
  if (!seen.ok) throw new Error(JSON.stringify(seen.error));
  characters = seen.value.pages.reduce((sum, { text }) => sum + text.replaceAll(/\s/g, '').length, 0);
};
await once();
const times = await repeated(once);
setFlagsFromString('--expose-gc');
(runInNewContext('gc') as () => void)();
const held = process.memoryUsage();
process.send?.({
  times,
  peakMb: process.resourceUsage().maxRSS / 1024,
  characters,
  heldMb: (held.heapUsed + held.external) / 1024 / 1024,
} satisfies InspectAnswer);
