import * as z from 'zod';
import { box } from './box.ts';

/** 落款: 署名 with 成文日期 in a line of its own below it (GB/T 9704-2012, 7.3.5), read from the places of the text. */
export const signOff = z.object({
  /** The line above the date, without spaces. */
  name: z.string(),
  nameBox: box,
  dateBox: box,
  /** Lower edge of the text above the 署名, points from the upper edge of the page; 0 when the page begins with it. */
  bodyEnd: z.number(),
  /** Whether red ink stands around it already: it has been sealed. */
  red: z.boolean(),
});
export type SignOff = z.infer<typeof signOff>;
