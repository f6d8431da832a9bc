import { readFileSync } from 'node:fs';
import { receiptChannels, requestReceipt as schema } from '@gongkai/core';
import type * as z from 'zod';
import { day } from '../beijing-time.ts';

export { schema };

type Receipt = z.infer<typeof schema>;

export const title = (data: Receipt): string => `政府信息公开申请登记回执（${data.register}）`;

export const template = readFileSync(new URL('./request-receipt.typ', import.meta.url), 'utf8');

/** Each row of the form: name and value; what nobody filled is left out. */
export const view = (data: Receipt): Record<string, unknown> => ({
  ...data,
  rows: [
    ['申请人', data.applicant],
    ['提交方式', receiptChannels[data.channel][0]],
    ['收到申请日期', day(data.receivedOn)],
    ['申请公开的信息', data.asked],
    ...(data.wanted === undefined ? [] : [['获取信息的方式', data.wanted]]),
    ['答复期限', `${day(data.replyBy)}前`],
    ['经办人', data.handler],
    ...(data.phone === undefined ? [] : [['联系电话', data.phone]]),
  ],
  date: day(data.date),
});
