import { clearRubbish } from '@gongkai/api';
import { openOffice, said } from '@gongkai/cloud';
import { clearOrphans, clearQuarantine } from '@gongkai/core';

/** Every night: over sessions and uploads, old quarantine, bytes that no record speaks of. */
export const handler = async (): Promise<void> => {
  const office = await openOffice();
  const rubbish = await clearRubbish(office);
  const quarantine = await clearQuarantine(office);
  said.log('info', 'upkeep', { rubbish, quarantine, orphans: await clearOrphans(office) });
};
