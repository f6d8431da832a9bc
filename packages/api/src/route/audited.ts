import type { Records, Write } from '@gongkai/core';

/**
 * What an API request may write without an audit entry: its own bookkeeping, of which nothing is ever published
 * and which disappears by itself.
 */
const bookkeeping = ['session/', 'attempt/', 'challenge/', 'upload/', 'quota/', 'token-use/'];

const isBookkeeping = ({ key }: Write): boolean =>
  bookkeeping.some((prefix) => key.partition.startsWith(prefix));

const auditActions = (writes: readonly Write[]): readonly string[] =>
  writes.flatMap((write) =>
    write.kind === 'put' && write.key.partition === 'audit-pending'
      ? [String((write.data as { action?: unknown }).action)]
      : [],
  );

/** A route tried to change something without the audit entry that it has declared: a bug, and nothing was written. */
export class UnauditedChange extends Error {
  override name = 'UnauditedChange';
}

/**
 * Records for one request: a commit goes through only when it carries an audit entry with one of the actions that
 * the route has declared, or is nothing but bookkeeping. So no handler can forget the audit.
 */
export const auditedRecords = (records: Records, actions: readonly string[]): Records => ({
  get: (key) => records.get(key),
  query: (query) => records.query(query),
  commit: async (writes) => {
    if (!writes.every(isBookkeeping)) {
      const told = auditActions(writes);
      const strange = told.filter((action) => !actions.includes(action));
      if (told.length === 0 || strange.length > 0)
        throw new UnauditedChange(
          `change without its audit entry (declared: ${actions.join(', ') || 'none'})`,
        );
    }
    return records.commit(writes);
  },
});
