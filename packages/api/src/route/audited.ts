import { type AuditDuty, auditedRecords, type Records } from '@gongkai/core';

export { UnauditedChange } from '@gongkai/core';

/**
 * What an API request may write without an audit entry: its own bookkeeping, of which nothing is ever published
 * and which disappears by itself.
 */
const own = ['session/', 'attempt/', 'challenge/', 'upload/', 'quota/', 'token-use/'];

/** Records for one request of a route that has declared these actions; none: it only reads. */
export const requestRecords = (records: Records, [first, ...rest]: readonly string[]): Records => {
  const duty: AuditDuty =
    first === undefined ? { none: 'only reads', own } : { actions: [first, ...rest], own };
  return auditedRecords(records, duty);
};
