import * as z from 'zod';
import { redaction } from '../document/redaction.ts';

/** Everything that the renderer needs to make one release, and nothing else: the same plan gives the same bytes. */
export const releasePlan = z.object({
  redactions: z.array(redaction.extend({ label: z.string() })),
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
});
export type ReleasePlan = z.infer<typeof releasePlan>;
