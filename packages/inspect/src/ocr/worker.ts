import { noWords, type OfficeWords, ok, type Refusal, type Result } from '@gongkai/core';
import { engine } from '../pdf/engine.ts';
import { withOfficeWords } from '../text/office-words.ts';
import { type Differing, differingGlyphs } from './glyphs.ts';
import { type ReadBackJob, readBack } from './read-back.ts';
import { type Recognised, recognise, type Unread } from './recognise.ts';
import { reader } from './tesseract.ts';

export type ReadJob = {
  readonly task: 'read';
  readonly path: string;
  readonly pages: readonly Unread[];
  readonly words?: OfficeWords;
};

/** Whether the fonts of a PDF draw what they say. */
export type CompareJob = { readonly task: 'compare'; readonly path: string };

/** What the cage's child process runs: pages of one PDF, read as they look, or compared with what they say. */
export const handle = async (
  job: ReadJob | CompareJob | ReadBackJob,
): Promise<Result<readonly Recognised[] | Differing | { readonly read: number }, Refusal>> => {
  switch (job.task) {
    case 'compare':
      return ok(await differingGlyphs(job));
    case 'read-back':
      return readBack(job);
    case 'read':
      return withOfficeWords(job.words ?? noWords, async () => ok(await recognise(job)));
  }
};

export const warm = async (): Promise<void> => {
  await Promise.all([engine(), reader('chi_sim')]);
};
