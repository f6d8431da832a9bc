import type { Office } from '../commands/office.ts';
import { audited, load } from '../repository/index.ts';
import { taskAudit } from './audit-duties.ts';

/**
 * 隔离区清理: uploads older than the policy's days leave quarantine. What was accepted is in the vault; what still
 * waits for the scanner stays however old it is. Returns how many are gone.
 */
export const clearQuarantine = async (given: Office): Promise<number> => {
  const office = audited(given, taskAudit['clear-quarantine']);
  const days = office.policy.retention.quarantineDays;
  const before = new Date(Date.parse(office.clock.now()) - days * 86_400_000).toISOString();
  let gone = 0;
  for await (const { sha256, storedAt } of office.blobs.list('quarantine')) {
    if (storedAt >= before || (await waits(office, sha256))) continue;
    const outcome = await office.blobs.destroy({ area: 'quarantine', sha256 });
    if (outcome.ok) gone += 1;
  }
  return gone;
};

const waits = async (office: Office, sha256: string): Promise<boolean> => {
  const { rows } = await office.records.query({ partition: `holder/${sha256}` });
  for (const { sort } of rows) {
    const loaded = await load(office, sort.split(':')[0] ?? sort);
    if (loaded?.item.files.some((file) => file.sha256 === sha256 && file.progress === 'received'))
      return true;
  }
  return false;
};
