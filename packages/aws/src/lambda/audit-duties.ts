import type { stationAudit, taskAudit } from '@gongkai/core';

/** By whose word a function writes into the audit: the stations', the tasks', the routes'; or why it writes nothing. */
type TriggerDuty =
  | { readonly stations: readonly (keyof typeof stationAudit)[] | 'all' }
  | { readonly tasks: readonly (keyof typeof taskAudit)[]; readonly besides?: string }
  | { readonly routes: 'all' }
  | { readonly none: string };

/** One line for every file in functions/: a trigger without one does not compile. docs/audit.md shows it. */
export const triggerAudit = {
  api: { routes: 'all' },
  stations: { stations: 'all' },
  clock: {
    tasks: ['sweep', 'fill-search', 'reconcile'],
    besides:
      'puts the entries into their order and signs checkpoints; key.handed-over where a next key is set',
  },
  upkeep: {
    tasks: ['reconcile', 'clear-quarantine', 'clear-orphans', 'find-faults'],
    besides: 'over sessions and uploads go',
  },
  machines: { none: 'bytes in, bytes out: it has no right to the records' },
  stream: { none: 'hands messages over that were committed with their entry' },
  uploads: { none: 'looks whether a record speaks of bytes that arrived; it may only read the records' },
} as const satisfies Record<string, TriggerDuty>;
