import * as z from 'zod';
import { display } from '../publication/metadata.ts';
import { key, rule } from './rule.ts';

const kind = z.enum(['days', 'working-days', 'until', 'long-term']);
const days = z.number().int().min(0).max(3660);

/** How long something stands in a column: what may be chosen, what is proposed, and the floor that nobody goes below. */
export const displayRule = z
  .strictObject({
    key,
    kinds: z.array(kind).min(1),
    proposed: display,
    floorDays: days.default(7),
    maxDays: days.optional(),
    /** Long-term display is looked at once a year (条例 §12: 及时更新; §18). */
    yearlyReview: z.boolean().default(false),
    ...rule,
  })
  .superRefine((given, context) => {
    const { kinds, proposed, floorDays, maxDays } = given;
    const say = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (!kinds.includes(proposed.kind)) say('proposed', `${proposed.kind} ∉ kinds`);
    if (maxDays !== undefined && maxDays < floorDays) say('maxDays', `${maxDays} < floorDays ${floorDays}`);
    if (maxDays !== undefined && kinds.includes('long-term')) say('maxDays', 'long-term ∈ kinds');
    if (proposed.kind === 'days' && proposed.amount < floorDays)
      say('proposed', `${proposed.amount} < floorDays ${floorDays}`);
    if (proposed.kind === 'days' && maxDays !== undefined && proposed.amount > maxDays)
      say('proposed', `${proposed.amount} > maxDays ${maxDays}`);
    if (proposed.kind === 'until') say('proposed', 'until');
  });
export type DisplayRule = z.infer<typeof displayRule>;
