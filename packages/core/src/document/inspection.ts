import * as z from 'zod';
import { fileType } from './file-type.ts';
import { finding } from './finding.ts';
import { pdfSignature } from './pdf-signature.ts';
import { signOff } from './sign-off.ts';

/** What intake learns from the bytes of an accepted original. */
export const examination = z.object({
  type: fileType,
  size: z.number().int(),
  /** Hidden things in the original that conversion would drop or print (comments, hidden sheets, metadata). */
  findings: z.array(finding),
  /** Digital signatures of a PDF, as it came. */
  signatures: z.array(pdfSignature).optional(),
});
export type Examination = z.infer<typeof examination>;

/** A letter that was read from a picture, and where, in points as displayed. */
export const readLetter = z.object({
  text: z.string(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export type ReadLetter = z.infer<typeof readLetter>;

/** Below this, on the whole, a page was guessed: the other script is tried, a person must read, and no release says it. */
export const readable = 0.7;

/** How sure recognition is of a page, 0 to 1, and of which words it is not, for whoever looks at it beside the picture. */
export const recognition = z.object({
  sure: z.number().min(0).max(1),
  weak: z.array(readLetter.extend({ sure: z.number().min(0).max(1) })),
  /** Degrees, clockwise, by which a page that lay askew or on its side was turned to be read. The page itself stays as it is. */
  turned: z.number().optional(),
});
export type Recognition = z.infer<typeof recognition>;

export const pageText = z.object({
  page: z.number().int().min(1),
  /** Points, as displayed. */
  width: z.number(),
  height: z.number(),
  text: z.string(),
  /** 文字识别: what recognition read on it, in reading order, lines apart: a search must find it too. */
  recognised: z.array(readLetter).optional(),
  recognition: recognition.optional(),
});
export type PageText = z.infer<typeof pageText>;
export const recognisedPage = z.object({ page: z.number().int().min(1), recognised: z.array(readLetter) });
export type RecognisedPage = z.infer<typeof recognisedPage>;

/** The pages of an inspection that were read from pictures. */
export const recognisedPages = (pages: readonly PageText[]): RecognisedPage[] =>
  pages.flatMap(({ page, recognised }) => (recognised === undefined ? [] : [{ page, recognised }]));

/** What inspect leaves behind for one PDF. */
export const inspection = z.object({
  pages: z.array(pageText),
  findings: z.array(finding),
  /** 落款, wherever one stands: a drawn seal goes there (release/seal.ts). */
  signOffs: z.array(signOff).optional(),
  /** Version of the detectors, so that a later, better one can be told apart. */
  inspector: z.string(),
  /** Version of the office's dictionary and whitelist that it was made with; 0: of none. */
  dictionary: z.number().int().default(0),
});
export type Inspection = z.infer<typeof inspection>;
