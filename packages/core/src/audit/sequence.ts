import { type AuditEntry, type AuditEvent, entryHash } from './entry.ts';
import { append, type Frontier } from './merkle.ts';

/** Gives events their places in the log, in the order given, and the tree that then stands. Commit both together. */
export const sequence = (
  frontier: Frontier,
  events: readonly AuditEvent[],
): { readonly entries: readonly AuditEntry[]; readonly frontier: Frontier } => {
  let grown = frontier;
  const entries = events.map((event): AuditEntry => {
    const entry = { ...event, seq: grown.size };
    grown = append(grown, entryHash(entry));
    return entry;
  });
  return { entries, frontier: grown };
};
