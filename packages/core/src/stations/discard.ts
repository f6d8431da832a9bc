import * as z from 'zod';
import type { Office } from '../commands/office.ts';
import type { BlobRef, Message } from '../ports/index.ts';
import { state } from '../publication/index.ts';
import { hashesInUse } from './orphans.ts';

const order = z.object({
  blobs: z.array(z.object({ area: z.enum(['quarantine', 'vault', 'renditions']), sha256: z.string() })),
});

const goesOn = state.options.filter((one) => one !== 'stopped' && one !== 'discarded');

/**
 * Bytes of a stopped publication, but for those that another one holds and goes on with: a form that is attached to both, a
 * notice that stands published (docs/decisions.md). What cannot be destroyed keeps nothing behind it: the rest goes first.
 */
export const destroyUnheld = async (office: Office, blobs: readonly BlobRef[]): Promise<void> => {
  const held = await hashesInUse(office, goesOn);
  const failed: string[] = [];
  for (const blob of blobs) {
    if (held.has(blob.sha256)) continue;
    const outcome = await office.blobs.destroy(blob);
    if (!outcome.ok && outcome.error.code !== 'not-found')
      failed.push(`destroy ${blob.area}/${blob.sha256}: ${outcome.error.code}`);
  }
  if (failed.length > 0) throw new Error(failed.join('; '));
};

/** Destroys bytes that may not be kept. What is already gone is fine; what cannot be destroyed is tried again. */
export const discard = (office: Office, message: Message): Promise<void> =>
  destroyUnheld(office, order.parse(message.payload).blobs);
