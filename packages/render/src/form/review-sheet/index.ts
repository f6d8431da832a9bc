import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { minute } from '../beijing-time.ts';

const checkpoints = { self: '自审', first: '初审', second: '复核', principal: '主要负责人' } as const;
const verdicts = { approve: '同意公开', return: '退回修改', refuse: '不予公开' } as const;

/** 政府信息公开保密审查表: who looked at which bytes, what was found, what was decided. */
export const schema = z.object({
  /** 审查编号 */
  number: z.string().min(1),
  office: z.string().min(1),
  title: z.string().min(1),
  documentNumber: z.string().optional(),
  department: z.string().min(1),
  handler: z.string().min(1),
  /** 拟公开方式, in words: 主动公开、依申请公开、不予公开 */
  disclosure: z.string().min(1),
  /** 索引号, once there is one */
  indexNumber: z.string().optional(),
  findings: z.array(
    z.object({
      /** 第几页; absent for what has no page */
      page: z.number().int().min(1).optional(),
      kind: z.string(),
      /** Already masked by the caller: the sheet is kept longer than the document. */
      text: z.string(),
      answer: z.string(),
      reason: z.string().default(''),
      person: z.string().default(''),
    }),
  ),
  decisions: z.array(
    z.object({
      checkpoint: z.enum(['self', 'first', 'second', 'principal']),
      verdict: z.enum(['approve', 'return', 'refuse']),
      name: z.string().min(1),
      /** ISO instant */
      at: z.iso.datetime({ offset: true }),
      opinion: z.string().default(''),
    }),
  ),
  /** 不予公开理由 with its clause, when withheld */
  withholding: z.string().optional(),
  files: z.array(z.object({ name: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).min(1),
  /** The hash over everything that the decisions are bound to. */
  binding: z.string().regex(/^[0-9a-f]{64}$/),
});

export const title = (data: z.infer<typeof schema>): string => `政府信息公开保密审查表：${data.title}`;

export const template = readFileSync(new URL('./review-sheet.typ', import.meta.url), 'utf8');

/** What the template reads: words instead of keys, Beijing time, one row a checkpoint even where nobody decided yet. */
export const view = (data: z.infer<typeof schema>): Record<string, unknown> => ({
  ...data,
  findings: data.findings.map((it) => ({ ...it, page: it.page === undefined ? '—' : `第 ${it.page} 页` })),
  checkpoints: Object.entries(checkpoints).map(([key, label]) => ({
    label,
    decisions: data.decisions
      .filter(({ checkpoint }) => checkpoint === key)
      .map((it) => ({ ...it, verdict: verdicts[it.verdict], at: minute(it.at) })),
  })),
});
