import type { Blobs } from '@gongkai/core';
import { type MachineAnswer, type MachinePorts, machineJob } from './far-machines.ts';

/** Bytes of JSON that an answer may have; Lambda's own limit is 6 MB. */
const inline = 4_000_000;

/** The function's side of `farMachines`. Throws for a job of another version, and what the machines throw. */
export const serveMachines =
  ({ converter, inspector, renderer, scanner }: MachinePorts, blobs: Blobs, longest = inline) =>
  async (event: unknown): Promise<MachineAnswer> => {
    const job = machineJob.parse(event);
    const given = job.arguments as never[];
    const asked: Record<typeof job.ask, (...given: never[]) => Promise<unknown>> = {
      convert: converter.convert,
      examine: inspector.examine,
      inspect: inspector.inspect,
      locate: inspector.locate,
      widen: inspector.widen,
      prove: inspector.prove,
      proveOfd: inspector.proveOfd,
      inspectText: inspector.inspectText,
      render: renderer.render,
      form: renderer.form,
      bind: renderer.bind,
      deliverOfd: renderer.deliverOfd,
      scan: scanner.scan,
    };
    const answer = await asked[job.ask](...given);
    const bytes = Buffer.from(JSON.stringify(answer));
    if (bytes.byteLength <= longest) return { answer };
    const kept = await blobs.putOnce(
      'renditions',
      (async function* () {
        yield bytes;
      })(),
    );
    if (!kept.ok) throw new Error(kept.error.code);
    return { kept: kept.value.sha256 };
  };
