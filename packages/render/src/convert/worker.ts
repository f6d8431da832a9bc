/** The entry for a Cage: one conversion a job. 3,500 MiB and two minutes are enough for 1,200 pages. */
import type { Refusal, Result } from '@gongkai/core';
import { type Converted, type ConvertJob, convert } from './index.ts';
import { libreOffice } from './libreoffice.ts';

export const handle = (job: ConvertJob): Promise<Result<Converted, Refusal>> => convert(job);

/** Set `GONGKAI_WARM_OFFICE=1` for a process that is kept for office documents: 3 s now instead of with the first. */
export const warm = async (): Promise<void> => {
  if (process.env.GONGKAI_WARM_OFFICE === '1' && !process.env.GONGKAI_SOFFICE) await libreOffice();
};
