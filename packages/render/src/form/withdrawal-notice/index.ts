import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { day } from '../beijing-time.ts';

const date = z.iso.date();

/** 撤回公告: what stands in the place of a withdrawn publication, says why and since when. */
export const schema = z.object({
  office: z.string().min(1),
  title: z.string().min(1),
  indexNumber: z.string().min(1),
  documentNumber: z.string().optional(),
  /** YYYY-MM-DD */
  publishedOn: date,
  withdrawnOn: date,
  /** A clause that follows 因, without a full stop: 数据有误、需核实后重新公布 */
  reason: z.string().min(1),
  replacement: z.object({ title: z.string(), indexNumber: z.string() }).optional(),
  contact: z.string().optional(),
});

export const title = (data: z.infer<typeof schema>): string => `关于撤回《${data.title}》的公告`;

export const template = readFileSync(new URL('./withdrawal-notice.typ', import.meta.url), 'utf8');

export const view = (data: z.infer<typeof schema>): Record<string, unknown> => ({
  ...data,
  reason: data.reason.replace(/[。；，、\s]+$/u, '').replace(/^因/u, ''),
  publishedOn: day(data.publishedOn),
  withdrawnOn: day(data.withdrawnOn),
});
