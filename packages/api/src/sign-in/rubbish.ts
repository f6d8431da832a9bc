import { type AuditDuty, audited, type Office } from '@gongkai/core';

/** What may be called rubbish, whatever a row says of itself. */
const own = ['session/', 'attempt/', 'challenge/', 'invitation/', 'upload/', 'quota/', 'token-use/'];
const duty: AuditDuty = { none: 'what is over is checked against the clock when it is used', own };

/**
 * Takes away what is over: sessions, attempts, challenges, finished and abandoned uploads. Only rubbish: nothing
 * counts on it, each of them is checked against the clock when it is used. Returns how many rows are gone.
 */
export const clearRubbish = async (given: Office, limit = 200): Promise<number> => {
  const office = audited(given, duty);
  const { rows } = await office.records.query({
    index: 'due',
    partition: 'rubbish',
    to: office.clock.now(),
    limit,
  });
  let gone = 0;
  for (const row of rows) {
    if (!own.some((prefix) => row.partition.startsWith(prefix))) continue;
    const upload = /^upload\/(.+)$/.exec(row.partition)?.[1];
    const done = await office.records.commit([{ kind: 'delete', key: row, expect: row.version }]);
    if (!done.ok) continue; // it is in use again
    if (upload !== undefined) await office.uploads.discard(upload);
    gone += 1;
  }
  return gone;
};
