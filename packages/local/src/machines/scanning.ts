import { mkdirSync } from 'node:fs';
import type { Blobs, Scanner } from '@gongkai/core';
import { ClamScanner, findScanProgram } from '@gongkai/embedded';
import { Bench } from './bench.ts';

/** Signatures come with the image; when it is older than this nothing passes until it is built anew. */
const oldestSignaturesDays = 30;
const timeoutMs = 300_000;

/** ClamAV over a copy of the bytes, where they do not lie in files (infra/machines). Without the program nothing passes. */
export const openScanning = (
  blobs: Blobs,
  workFolder: string,
  oldestDays = oldestSignaturesDays,
): Scanner => {
  mkdirSync(workFolder, { recursive: true });
  const bench = new Bench(workFolder, blobs);
  return {
    scan: (blob) =>
      bench.with(async (place) => {
        const program = await findScanProgram();
        if (program === undefined) return { verdict: 'unavailable' };
        const path = await place.fetch(blob, 'upload');
        const more = program.flavour === 'clamscan' ? [`--fail-if-cvd-older-than=${oldestDays}`] : [];
        return new ClamScanner(program, { path: () => path }, timeoutMs, more).scan(blob);
      }),
  };
};
