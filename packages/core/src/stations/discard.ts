import * as z from 'zod';
import type { Office } from '../commands/office.ts';
import type { Message } from '../ports/index.ts';

const order = z.object({
  blobs: z.array(z.object({ area: z.enum(['quarantine', 'vault', 'renditions']), sha256: z.string() })),
});

/** Destroys bytes that may not be kept. What is already gone is fine; what cannot be destroyed is tried again. */
export const discard = async (office: Office, message: Message): Promise<void> => {
  for (const blob of order.parse(message.payload).blobs) {
    const outcome = await office.blobs.destroy(blob);
    if (!outcome.ok && outcome.error.code !== 'not-found')
      throw new Error(`destroy ${blob.area}/${blob.sha256}: ${outcome.error.code}`);
  }
};
