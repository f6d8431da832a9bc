import { noWords, type OfficeWords, ok, type Refusal, type Result } from '@gongkai/core';
import { engine } from '../pdf/engine.ts';
import { withOfficeWords } from '../text/office-words.ts';
import { type Recognised, recognise, type Unread } from './recognise.ts';
import { reader } from './tesseract.ts';

export type ReadJob = {
  readonly path: string;
  readonly pages: readonly Unread[];
  readonly words?: OfficeWords;
};

/** What the cage's child process runs: pages of one PDF, read as they look. */
export const handle = async ({ words, ...job }: ReadJob): Promise<Result<readonly Recognised[], Refusal>> =>
  withOfficeWords(words ?? noWords, async () => ok(await recognise(job)));

export const warm = async (): Promise<void> => {
  await Promise.all([engine(), reader('chi_sim')]);
};
