import { statfs } from 'node:fs/promises';
import { clearRubbish } from '@gongkai/api';
import { clearOrphans, clearQuarantine } from '@gongkai/core';
import type { Host } from './host.ts';
import type { Log } from './log.ts';
import { refillSearch } from './reindex.ts';

const hourMs = 3_600_000;

/** Housekeeping that nobody waits for: over sessions and uploads, old quarantine, bytes without a record, the search file, once an hour. */
export const startUpkeep = (host: Host, log: Log): { stop(): void } => {
  const { office, search } = host;
  const once = async (): Promise<void> => {
    const rubbish = await clearRubbish(office);
    const quarantine = await clearQuarantine(office);
    const orphans = await clearOrphans(office);
    search.compact();
    log('info', 'upkeep', { rubbish, quarantine, orphans });
  };
  const guarded = (): void =>
    void once().catch((cause: unknown) => log('error', 'upkeep', { error: String(cause) }));
  const timer = setInterval(guarded, hourMs);
  refillSearch(host).catch((cause: unknown) => log('error', 'reindex', { error: String(cause) }));
  return { stop: () => clearInterval(timer) };
};

/** For /healthz: what only this machine can see. */
export const hostChecks = (host: Host) => async (): Promise<readonly string[]> => {
  const { bavail, bsize } = await statfs(host.data);
  return bavail * bsize < 500e6 ? ['disk-full'] : [];
};
