import { readFileSync } from 'node:fs';
import { requestReply as schema } from '@gongkai/core';
import type * as z from 'zod';
import { day } from '../beijing-time.ts';
import { decisionOf, remedyOf } from './wording.ts';

export { schema };

type Reply = z.infer<typeof schema>;

const heading = ({ outcome }: Reply): string =>
  outcome === 'correction' ? '政府信息公开申请补正告知书' : '政府信息公开申请答复告知书';

export const title = (data: Reply): string => `${heading(data)}（${data.number}）`;

export const template = readFileSync(new URL('./request-reply.typ', import.meta.url), 'utf8');

export const view = (data: Reply): Record<string, unknown> => {
  const reply = { ...data, correctBy: data.correctBy && day(data.correctBy) };
  const you = data.organisation ? '贵单位' : '您';
  const register = data.register === undefined ? '' : `（登记号：${data.register}）`;
  const asked = data.asked.replace(/[。；;.]$/u, '');
  const text = [
    `本机关于${day(data.receivedOn)}收到${you}提出的政府信息公开申请${register}。${you}申请公开的信息是：${asked}。`,
    ...decisionOf(reply),
    ...remedyOf(reply, data.reviewBody, data.court),
    '特此告知。',
  ];
  return {
    ...data,
    titleLines: [data.office, heading(data)],
    parts: text
      .flatMap((it) => it.split(/\s*\n\s*/))
      .map((it) => ({ is: 'text', level: 0, head: [], runs: [{ text: it }] })),
    date: day(data.date),
    contact: [
      ...(data.contact === undefined ? [] : [`联系人：${data.contact}`]),
      ...(data.phone === undefined ? [] : [`联系电话：${data.phone}`]),
    ].join('，'),
  };
};
