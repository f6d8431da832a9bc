import { statfs } from 'node:fs/promises';
import { clearRubbish } from '@gongkai/api/people';
import { clearOrphans, clearQuarantine, findFaults, reconcile } from '@gongkai/core';
import type { Host } from './host.ts';
import type { Log } from './log.ts';
import { refillSearch } from './reindex.ts';

const hourMs = 3_600_000;

/**
 * Housekeeping that nobody waits for, at the start and once an hour: what was missed is set going again; over sessions
 * and uploads, old quarantine and bytes without a record go; bytes that are missing are told; the search file is packed.
 */
export const startUpkeep = (host: Host, log: Log): { stop(): void } => {
  const { office, search } = host;
  const once = async (): Promise<void> => {
    const missed = await reconcile({ ...office, queue: host.queue }, true);
    for (const { subject, what, detail } of missed) log('warn', `reconciled.${what}`, { subject, detail });
    const rubbish = await clearRubbish(office);
    const quarantine = await clearQuarantine(office);
    const orphans = await clearOrphans(office);
    const faults = await findFaults(office);
    for (const { publication, area, sha256 } of faults)
      log('error', 'fault', { subject: publication, area, sha256 });
    search.compact();
    log('info', 'upkeep', { rubbish, quarantine, orphans, missed: missed.length, faults: faults.length });
  };
  const guarded = (): void =>
    void once().catch((cause: unknown) => log('error', 'upkeep', { error: String(cause) }));
  guarded();
  const timer = setInterval(guarded, hourMs);
  refillSearch(host).catch((cause: unknown) => log('error', 'reindex', { error: String(cause) }));
  return { stop: () => clearInterval(timer) };
};

/** For /healthz: what only this machine can see. */
export const hostChecks = (host: Host) => async (): Promise<readonly string[]> => {
  const { bavail, bsize } = await statfs(host.data);
  return bavail * bsize < 500e6 ? ['disk-full'] : [];
};
