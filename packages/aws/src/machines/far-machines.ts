import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import type { BlobRef, Blobs, Converter, Inspector, Renderer, Scanner } from '@gongkai/core';
import * as z from 'zod';

export type MachinePorts = {
  readonly converter: Converter;
  readonly inspector: Inspector;
  readonly renderer: Renderer;
  readonly scanner: Scanner;
};

/** What the machines can be asked; the arguments are the port's own. */
export const machineJob = z.object({
  version: z.literal(2),
  ask: z.enum([
    'convert',
    'examine',
    'inspect',
    'locate',
    'widen',
    'prove',
    'proveOfd',
    'inspectText',
    'render',
    'form',
    'bind',
    'deliverOfd',
    'scan',
  ]),
  arguments: z.array(z.unknown()),
});
export type MachineJob = z.infer<typeof machineJob>;

/** Lambda carries 6 MB in an answer; what is longer lies in renditions, where upkeep clears what no record speaks of. */
export const machineAnswer = z.union([
  z.object({ answer: z.unknown() }).strict(),
  z.object({ kept: z.string().regex(/^[0-9a-f]{64}$/) }).strict(),
]);
export type MachineAnswer = z.infer<typeof machineAnswer>;

export type Ask = (job: MachineJob) => Promise<unknown>;

/** Loaded with the first question: most who read the catalogue ask none, and it would make their cold start longer. */
const openLambda = async (config: LambdaClientConfig) => {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const client = new LambdaClient(config);
  return (FunctionName: string, Payload: string) => client.send(new InvokeCommand({ FunctionName, Payload }));
};

/** Throws when the function failed (a machine's fault: the queue tries again); a refusal comes as the port's value. */
export const askLambda = (config: LambdaClientConfig, functionName: string): Ask => {
  let opened: ReturnType<typeof openLambda> | undefined;
  return async (job) => {
    opened ??= openLambda(config);
    const { FunctionError, Payload } = await (await opened)(functionName, JSON.stringify(job));
    const text = Buffer.from(Payload ?? []).toString();
    if (FunctionError !== undefined)
      throw new Error(`machines: ${FunctionError} in ${job.ask}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  };
};

const readAll = async (blobs: Blobs, blob: BlobRef): Promise<string> => {
  const bytes = await blobs.open(blob);
  if (bytes === undefined) throw new Error(`machines: the answer ${blob.sha256} is gone`);
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString();
};

/**
 * Converter, inspector and renderer in a function of their own: it opens hostile files, so it holds no right to the
 * records. Bytes go by hash through the blobs, never in the call.
 */
export const farMachines = (ask: Ask, blobs: Blobs): MachinePorts => {
  const call = async <T>(what: MachineJob['ask'], ...given: unknown[]): Promise<T> => {
    const said = machineAnswer.parse(await ask({ version: 2, ask: what, arguments: given }));
    // The far side is this same package, at the same version: what it answers is the port's type.
    if (!('kept' in said)) return said.answer as T;
    const blob: BlobRef = { area: 'renditions', sha256: said.kept };
    return JSON.parse(await readAll(blobs, blob)) as T;
  };
  return {
    converter: { convert: (original, type, name) => call('convert', original, type, name) },
    inspector: {
      examine: (upload, name, words) => call('examine', upload, name, words),
      inspect: (pdf, words, original) => call('inspect', pdf, words, original),
      locate: (pdf, asked, pages) => call('locate', pdf, asked, pages),
      widen: (pdf, boxes, pages) => call('widen', pdf, boxes, pages),
      prove: (pages, release, asked) => call('prove', pages, release, asked),
      proveOfd: (pages, release, ofd, asked) => call('proveOfd', pages, release, ofd, asked),
      inspectText: (text, part, words) => call('inspectText', text, part, words),
    },
    renderer: {
      render: (pdf, plan) => call('render', pdf, plan),
      form: (name, data, createdAt) => call('form', name, data, createdAt),
      bind: (plan) => call('bind', plan),
      deliverOfd: (release) => call('deliverOfd', release),
    },
    scanner: { scan: (blob) => call('scan', blob) },
  };
};
