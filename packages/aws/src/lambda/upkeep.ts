import { clearOrphans, clearQuarantine, findFaults, type Office, reconcile } from '@gongkai/core';
import * as z from 'zod';
import { tellMissed } from './clock.ts';
import type { Lines } from './lines.ts';
import type { WorkingOffice } from './stations.ts';
import { inSteps, trigger } from './trigger.ts';

/** The office's housekeeping that is not the core's: over sessions and uploads (packages/api). Says how many are gone. */
export type UpkeepHands = { readonly clearRubbish: (office: Office) => Promise<number> };

/**
 * Every night: what was missed, over sessions and uploads, old quarantine, bytes without a record and records without
 * their bytes. Each step stands alone.
 */
export const upkeep = (office: WorkingOffice, hands: UpkeepHands, lines: Lines) =>
  trigger({ name: 'upkeep', envelope: z.unknown(), run: () => night(office, hands, lines) }, lines);

const night = (office: WorkingOffice, { clearRubbish }: UpkeepHands, lines: Lines): Promise<void> => {
  const { log, count } = lines;
  const cleared = (what: string, clear: (office: Office) => Promise<number>) => async () =>
    log('info', `upkeep.${what}`, { gone: await clear(office) });
  return inSteps('upkeep', lines, {
    reconcile: async () => tellMissed(await reconcile(office, true), lines),
    rubbish: cleared('rubbish', clearRubbish),
    quarantine: cleared('quarantine', clearQuarantine),
    orphans: cleared('orphans', clearOrphans),
    faults: async () => {
      const faults = await findFaults(office);
      count({ Faults: faults.length });
      for (const { publication, area, sha256 } of faults)
        log('error', 'fault', { subject: publication, area, sha256 });
    },
  });
};
