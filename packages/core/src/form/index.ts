import type * as z from 'zod';
import { monthlyList } from './monthly-list.ts';
import { officialLetter } from './official-letter.ts';
import { receiptChannels, requestReceipt } from './request-receipt.ts';
import { requestReply } from './request-reply.ts';

export { checkForm } from './check.ts';
export { type FieldView, fieldsOf } from './described.ts';
export { formFromMarkdown, formFromYaml } from './markdown.ts';
export type { ReplyGround, ReplyOutcome } from './request-reply.ts';
export { monthlyList, officialLetter, receiptChannels, requestReceipt, requestReply };

/**
 * Forms that people may fill: schema and name. The review sheet is not among them: it is made from the record of decisions,
 * and one that was written by hand would be a forgery.
 */
export const composable = {
  'official-letter': { schema: officialLetter, zh: '公文', en: 'Official letter' },
  'request-reply': { schema: requestReply, zh: '依申请公开告知书', en: 'Reply to a request' },
  'request-receipt': { schema: requestReceipt, zh: '依申请公开登记回执', en: 'Receipt of a request' },
  'monthly-list': { schema: monthlyList, zh: '主动公开目录月报', en: 'Monthly list' },
} as const satisfies Readonly<Record<string, { schema: z.ZodObject; zh: string; en: string }>>;

export type ComposableForm = keyof typeof composable;
export const composableForms = Object.keys(composable) as [ComposableForm, ...ComposableForm[]];
/** Every form that the renderer knows. */
export type FormName = ComposableForm | 'notice-poster' | 'review-sheet' | 'withdrawal-notice';
