import type { Blobs } from '@gongkai/core';
import { type MachinePorts, machineJob } from '../machines/far-machines.ts';
import { serveMachines } from '../machines/serve-machines.ts';
import type { Lines } from './lines.ts';
import { trigger } from './trigger.ts';

/** The machines' function: what it was asked and how long it took, never what was in it. */
export const machines = (ports: MachinePorts, blobs: Blobs, lines: Lines) => {
  const serve = serveMachines(ports, blobs);
  return trigger(
    {
      name: 'machines',
      envelope: machineJob,
      run: async (job) => {
        const started = performance.now();
        const answer = await serve(job);
        lines.log('info', 'machines', { ask: job.ask, ms: Math.round(performance.now() - started) });
        return answer;
      },
    },
    lines,
  );
};
