import * as z from 'zod';
import { box } from './box.ts';
import { findingKind } from './finding.ts';

/**
 * What to look for in the pages of a file: words, however they are spaced; the column of a table below a box; every place of a
 * kind of finding; what looks like a pattern, in which `#` is a digit (`138########`) and all else is itself.
 */
export const placesAsked = z.union([
  z.strictObject({
    words: z
      .string()
      .max(200)
      .refine((words) => words.trim() !== ''),
  }),
  z.strictObject({ column: box }),
  z.strictObject({ kind: findingKind }),
  z.strictObject({
    pattern: z
      .string()
      .max(60)
      // One digit alone, or none, is found everywhere or is a word.
      .refine((pattern) => [...pattern].filter((sign) => sign === '#' || sign === '＃').length >= 2),
  }),
]);
export type PlacesAsked = z.infer<typeof placesAsked>;

/** 一处: where it stands, one box a line of text. */
export const place = z.object({ text: z.string(), boxes: z.array(box) });
export type Place = z.infer<typeof place>;
