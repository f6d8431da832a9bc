import type { Message } from '../ports/index.ts';
import type { AuditDuty } from '../repository/index.ts';

/** What each station writes into the audit, or why it writes nothing; held to it by `runMessage`. */
export const stationAudit = {
  intake: { actions: ['file.accepted', 'file.refused', 'publication.stopped'] },
  convert: { actions: ['file.converted', 'file.refused'] },
  inspect: { actions: ['file.inspected', 'file.refused', 'publication.stopped'] },
  render: { actions: ['numbers.assigned', 'release.rendered', 'render.refused'] },
  gate: { actions: ['gate.passed', 'gate.refused', 'release.stale'] },
  publish: { actions: ['publication.published', 'publication.replaced'] },
  index: { none: 'the search index is made from the records and can be made again from them' },
  notify: { none: 'tells people of what has an entry of its own' },
  'try-words': {
    none: 'reads what is published for a trial that dictionary.tried tells of; changes no publication',
    own: ['trial/', 'outbox'],
  },
  discard: { none: 'carries out the order in publication.stopped, which names every hash' },
} as const satisfies Record<Message['type'], AuditDuty>;

/** The same for what runs by the clock. */
export const taskAudit = {
  sweep: {
    actions: [
      'publication.published',
      'publication.replaced',
      'publication.expired',
      'reminder.sent',
      'yearly-check.due',
    ],
  },
  reconcile: { actions: ['reconciled.message-sent-again', 'reconciled.record-relisted'] },
  'find-faults': { actions: ['fault.found', 'fault.over'] },
  'fill-search': {
    none: 'sends public items to be indexed again; changes none of them',
    own: ['search-filled', 'outbox'],
  },
  'clear-quarantine': {
    none: 'carries out retention.quarantineDays; why the file was not accepted stands in file.refused',
  },
  'clear-orphans': { none: 'destroys bytes of which no record speaks' },
} as const satisfies Record<string, AuditDuty>;
