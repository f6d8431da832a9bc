import { writeFile } from 'node:fs/promises';
import { err, type Refusal, type Result, refusal, releasePlan, volumePlan } from '@gongkai/core';
import * as z from 'zod';
import { type Delivered, deliverOfd } from '../deliver/index.ts';
import { composeForm, formNames } from '../form/index.ts';
import { type Bound, bindVolume } from '../volume/index.ts';
import { type Release, renderRelease } from './index.ts';

const job = z.discriminatedUnion('task', [
  z.object({ task: z.literal('render'), input: z.string(), output: z.string(), plan: releasePlan }),
  z.object({ task: z.literal('deliver-ofd'), input: z.string(), output: z.string() }),
  z.object({ task: z.literal('bind'), plan: volumePlan, files: z.array(z.string()), output: z.string() }),
  z.object({
    task: z.literal('form'),
    name: z.enum(formNames),
    data: z.unknown(),
    createdAt: z.iso.datetime({ offset: true }),
    output: z.string(),
  }),
]);
export type RenderJob = z.infer<typeof job>;

/**
 * One job in the cage. `render` writes the release to `output` and answers pages, sha256 and size; `deliver-ofd` its OFD; `bind` a volume and answers
 * its pages and size; `form` writes the
 * form's PDF and answers its size.
 */
export const handle = async (
  message: unknown,
): Promise<Result<Release | Bound | Delivered | { bytes: number }, Refusal>> => {
  const parsed = job.safeParse(message);
  if (!parsed.success) return err(refusal('invalid-input', { detail: z.prettifyError(parsed.error) }));
  const wanted = parsed.data;
  if (wanted.task === 'render') return renderRelease(wanted);
  if (wanted.task === 'deliver-ofd') return deliverOfd(wanted);
  if (wanted.task === 'bind') return bindVolume(wanted);
  const made = composeForm(wanted.name, wanted.data, new Date(wanted.createdAt));
  if (!made.ok) return made;
  await writeFile(wanted.output, made.value);
  return { ok: true, value: { bytes: made.value.length } };
};
