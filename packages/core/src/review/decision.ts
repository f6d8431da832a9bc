import * as z from 'zod';

/** 审查环节, in order. */
export const checkpoint = z.enum(['self', 'first', 'second', 'principal']);
export type Checkpoint = z.infer<typeof checkpoint>;

/** 审查决定 on exactly the content whose hash is `binding`. */
export const decision = z.object({
  id: z.string(),
  checkpoint,
  verdict: z.enum(['approve', 'return', 'refuse']),
  person: z.string(),
  personName: z.string(),
  at: z.string(),
  binding: z.string(),
  reason: z.string().optional(),
  /** Key of a withholding ground, with `refuse` (条例 §14–16). */
  ground: z.string().optional(),
  /** Ed25519 by the office's key over the canonical decision without this field; hex. */
  signature: z.string(),
});
export type Decision = z.infer<typeof decision>;

/** 处理意见: the answer to one finding. */
export const disposition = z.object({
  answer: z.enum([
    'redact', // 遮盖
    'not-sensitive', // 不属于敏感内容
    'consent', // 权利人同意公开（条例 §15）
    'public-interest', // 不公开会对公共利益造成重大影响（条例 §15）
    'removed', // 出件时自动去除，已确认
  ]),
  /** Required for every answer but `redact` and `removed`. */
  reason: z.string().max(1000).default(''),
  person: z.string(),
  at: z.string(),
});
export type Disposition = z.infer<typeof disposition>;
