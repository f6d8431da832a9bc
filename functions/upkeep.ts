import { clearRubbish } from '@gongkai/api';
import { clearOrphans, clearQuarantine } from '@gongkai/core';
import { openOffice } from './office.ts';
import { said } from './settings.ts';

/** Every night: over sessions and uploads, old quarantine, bytes that no record speaks of. */
export const handler = async (): Promise<void> => {
  const office = await openOffice();
  const rubbish = await clearRubbish(office);
  const quarantine = await clearQuarantine(office);
  said.log('info', 'upkeep', { rubbish, quarantine, orphans: await clearOrphans(office) });
};
