import { handoverAction } from '@gongkai/core';

/** What commands at the terminal of the machine write into the audit by themselves; all others go through the API, or only read. */
export const commandAudit = {
  archive: ['publication.archived'],
  'keys rotate': [handoverAction],
} as const satisfies Record<string, readonly string[]>;
