import * as z from 'zod';
import { recognisedPage } from '../document/inspection.ts';
import { redaction } from '../document/redaction.ts';
import { emblem, stampLine, watermarkWords } from '../policy/stamping.ts';
import { impression } from './seal.ts';

/** Everything that the renderer needs to make one release, and nothing else: the same plan gives the same bytes. */
export const releasePlan = z.object({
  redactions: z.array(redaction.extend({ label: z.string() })),
  /** Where the grounds stand; absent: in the boxes, and beside the line where a box has no room. */
  groundsShown: z.enum(['box', 'margin']).optional(),
  /** 文字层: letters read from pictures, to lie unseen over them. What a redaction touches is not among them (`textLayer`). */
  textLayer: z.array(recognisedPage).optional(),
  stamp: z
    .object({
      indexNumber: z.string(),
      office: z.string(),
      /** YYYY-MM-DD */
      publishedOn: z.string(),
      /** YYYY-MM-DD, absent for long-term display */
      validUntil: z.string().optional(),
      verifyUrl: z.string(),
      code: z.string(),
      /** Which of these the strip says; absent: all. */
      lines: z.array(stampLine).optional(),
      /** Absent: with a QR code. */
      qr: z.boolean().optional(),
    })
    .optional(),
  watermark: watermarkWords.optional(),
  /** 图形印章, drawn; where it stands is decided before (seal.ts). */
  seal: z
    .object({
      name: z.string(),
      code: z.string().optional(),
      emblem,
      impressions: z.array(impression).min(1),
    })
    .optional(),
  metadata: z.object({
    title: z.string(),
    author: z.string(),
    subject: z.string().optional(),
    keywords: z.array(z.string()).optional(),
    language: z.literal('zh-CN'),
  }),
  createdAt: z.string(),
  /** 预览: made for the eyes of staff before anybody has approved it. It is marked on every page and never kept in the vault. */
  preview: z.literal(true).optional(),
  /** 注明件: of a release that is over. Kept where previews are; no public door leads there. */
  copy: z.literal(true).optional(),
  /** It will be signed: not yet the release, so it is not kept in the vault. */
  unfinished: z.literal(true).optional(),
});
export type ReleasePlan = z.infer<typeof releasePlan>;
