import type { Records, Write } from '../ports/index.ts';

/**
 * What a piece of work says of the audit before it runs: the actions that it may write there, or why it writes none. `own`
 * are partitions (by their beginning) that it may write without an entry: bookkeeping of which nothing is ever published.
 */
export type AuditDuty =
  | { readonly actions: readonly [string, ...string[]]; readonly own?: readonly string[] }
  | { readonly none: string; readonly own?: readonly string[] };

export const dutyActions = (duty: AuditDuty): readonly string[] => ('none' in duty ? [] : duty.actions);

const toldActions = (writes: readonly Write[]): readonly string[] =>
  writes.flatMap((write) =>
    write.kind === 'put' && write.key.partition === 'audit-pending'
      ? [String((write.data as { action?: unknown }).action)]
      : [],
  );

/** Somebody tried to change something without the audit entry that was declared: a bug, and nothing was written. */
export class UnauditedChange extends Error {
  override name = 'UnauditedChange';
}

/**
 * Records for one piece of work: a commit goes through only when it carries an audit entry with one of the actions that
 * were declared, or is nothing but the work's own bookkeeping. So nobody can forget the audit.
 */
export const auditedRecords = (records: Records, duty: AuditDuty): Records => {
  const actions = dutyActions(duty);
  const own = duty.own ?? [];
  return {
    get: (key) => records.get(key),
    query: (query) => records.query(query),
    commit: async (writes) => {
      if (!writes.every(({ key }) => own.some((prefix) => key.partition.startsWith(prefix)))) {
        const told = toldActions(writes);
        const strange = told.filter((action) => !actions.includes(action));
        if (told.length === 0 || strange.length > 0)
          throw new UnauditedChange(
            `change without its audit entry (declared: ${actions.join(', ') || 'none'}; told: ${told.join(', ') || 'none'})`,
          );
      }
      return records.commit(writes);
    },
  };
};

/** The same office with such records. */
export const audited = <O extends { readonly records: Records }>(office: O, duty: AuditDuty): O => ({
  ...office,
  records: auditedRecords(office.records, duty),
});
