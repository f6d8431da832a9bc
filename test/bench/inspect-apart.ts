// A process of its own for `inspectPdf`, so that its peak memory can be told.
import { inspectPdf } from '@gongkai/inspect';
import { repeated } from './stopwatch.ts';

export type InspectAnswer = {
  readonly times: readonly number[];
  readonly peakMb: number;
  readonly characters: number;
};

const { path } = JSON.parse(process.argv[2] ?? '') as { path: string }; // what inspecting.ts sends
let characters = 0;
const once = async (): Promise<void> => {
  const seen = await inspectPdf({ path });
  if (!seen.ok) throw new Error(JSON.stringify(seen.error));
  characters = seen.value.pages.reduce((sum, { text }) => sum + text.replaceAll(/\s/g, '').length, 0);
};
await once();
const times = await repeated(once);
process.send?.({
  times,
  peakMb: process.resourceUsage().maxRSS / 1024,
  characters,
} satisfies InspectAnswer);
