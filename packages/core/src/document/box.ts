import * as z from 'zod';

/**
 * A rectangle on a page, in PDF points (1/72 inch), origin at the TOP LEFT of the page as a reader sees it
 * (after /Rotate, inside the CropBox). `page` counts from 1.
 */
export const box = z.object({
  page: z.number().int().min(1),
  x: z.number(),
  y: z.number(),
  width: z.number().min(0),
  height: z.number().min(0),
});
export type Box = z.infer<typeof box>;
