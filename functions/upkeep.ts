import { clearRubbish } from '@gongkai/api';
import { openOffice, said } from '@gongkai/cloud';
import { clearOrphans, clearQuarantine, findFaults, reconcile } from '@gongkai/core';

/** Every night: what was missed, over sessions and uploads, old quarantine, bytes without a record and records without their bytes. */
export const handler = async (): Promise<void> => {
  const office = await openOffice();
  const missed = await reconcile(office, true);
  const rubbish = await clearRubbish(office);
  const quarantine = await clearQuarantine(office);
  const orphans = await clearOrphans(office);
  const faults = await findFaults(office);
  said.count({ Faults: faults.length, Reconciled: missed.length });
  said.log('info', 'upkeep', { rubbish, quarantine, orphans, missed, faults });
};
