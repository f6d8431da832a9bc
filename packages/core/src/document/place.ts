import * as z from 'zod';
import { box } from './box.ts';

/** What to look for in the pages of a file: words, however they are spaced, or the column of a table below a box. */
export const placesAsked = z.union([
  z.strictObject({
    words: z
      .string()
      .max(200)
      .refine((words) => words.trim() !== ''),
  }),
  z.strictObject({ column: box }),
]);
export type PlacesAsked = z.infer<typeof placesAsked>;

/** 一处: where it stands, one box a line of text. */
export const place = z.object({ text: z.string(), boxes: z.array(box) });
export type Place = z.infer<typeof place>;
