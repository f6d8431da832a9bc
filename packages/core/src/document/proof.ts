import * as z from 'zod';
import { box } from './box.ts';
import { recognisedPage } from './inspection.ts';

/** What the gate wants to have proven of a release beside the converted pages that it was made from. */
export const proofAsked = z.object({
  /** The redactions of this file in the order of the plan, each with the words that its boxes show. */
  redactions: z.array(z.object({ boxes: z.array(box).min(1), label: z.string() })),
  /** Where the grounds may stand: policy `groundsShown`. */
  groundsShown: z.enum(['box', 'margin']).optional(),
  /** What the release says of itself by decision (stamp, title, summary): a covered word may rightly stand there. */
  own: z.array(z.string()),
  /** What recognition read in the pages: covered words of a scan, and all that unseen text over a picture may say. */
  recognised: z.array(recognisedPage).optional(),
  /** Where drawn seals stand: there red ink may have come over the page, and nothing else. */
  seals: z.array(box).optional(),
});
export type ProofAsked = z.infer<typeof proofAsked>;

/** How much was proven: boxes drawn and found of one colour, words looked for and not found. */
export const proof = z.object({
  boxes: z.number().int(),
  words: z.number().int(),
  /** Pages of the release that recognition read as they look, and those that it did not come to (policy `limits.pagesReadBack`). */
  read: z.number().int().optional(),
  unread: z.number().int().optional(),
});
export type Proof = z.infer<typeof proof>;
