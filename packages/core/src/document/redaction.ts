import * as z from 'zod';
import { box } from './box.ts';

/** 遮盖: an area of a page whose content must be gone from the release, with the legal ground for it. */
export const redaction = z.object({
  id: z.string(),
  /** Index of the file in the edition: 0 is the main document (正文), 1.. are attachments (附件). */
  file: z.number().int().min(0),
  boxes: z.array(box).min(1),
  /** Key of a ground in the policy, e.g. `privacy` (条例 §15). */
  ground: z.string(),
  /** The finding that it answers, or absent when nobody but the person asked for it. */
  finding: z.string().optional(),
  /** How it was made without a finding; absent: drawn by hand. */
  made: z.enum(['search', 'pattern', 'page', 'column']).optional(),
  /** With `pattern`: what was asked for, a kind of finding or a pattern of digits (`138########`). */
  asked: z.string().max(60).optional(),
  /** Some box is no wider than its words, because something stands right behind them: it says how long they are. */
  tight: z.literal(true).optional(),
});
export type Redaction = z.infer<typeof redaction>;

/**
 * A letter of which this share of width and of height lies in a box is taken out, all of it; less is a neighbour that was
 * brushed. The renderer takes by it, and a draft's boxes grow by it, so that no letter is half covered.
 */
export const takenShare = 0.2;

/** A box as it will be covered: as wide as the rule says (packages/inspect/src/cover), not as its words are. */
export const widenedBox = z.object({
  box,
  /** Nothing could be added: see `redaction.tight`. */
  tight: z.boolean(),
});
export type WidenedBox = z.infer<typeof widenedBox>;
