import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlobRef } from '@gongkai/core';
import { FileBlobs, SystemClock } from '@gongkai/embedded';
import { readPolicy } from '../configuration.ts';
import { type Machines, openMachines } from '../machines/index.ts';

/** The machine stations without an office: for a file on this disk, in a folder that is gone afterwards. */
export const withLooseFiles = async <T>(
  work: (machines: Machines, put: (path: string) => Promise<BlobRef>, blobs: FileBlobs) => Promise<T>,
  policyName = 'default',
  fonts = process.env.GONGKAI_FONTS,
): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-'));
  const blobs = await FileBlobs.open(join(folder, 'blobs'), new SystemClock());
  const machines = openMachines(blobs, join(folder, 'work'), readPolicy(policyName), fonts);
  try {
    return await work(
      machines,
      async (path) => {
        const kept = await blobs.putOnce('quarantine', createReadStream(path));
        if (!kept.ok) throw new Error(kept.error.code);
        return { area: 'quarantine', sha256: kept.value.sha256 };
      },
      blobs,
    );
  } finally {
    await machines.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
