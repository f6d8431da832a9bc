import * as z from 'zod';
import { isoDay, line, named } from './field.ts';

const channels = {
  'in-person': ['当面提交', 'In person'],
  post: ['邮寄', 'Post'],
  internet: ['互联网', 'Internet'],
  fax: ['传真', 'Fax'],
} as const;

/** 政府信息公开申请登记回执: what was received when (条例 §31), and by when it will be answered (§33). */
export const requestReceipt = z.strictObject({
  office: named('受理机关', 'Receiving office', line),
  register: named('登记号', 'Register number', line),
  applicant: named('申请人', 'Applicant', line),
  channel: named('提交方式', 'Handed in by', z.enum(['in-person', 'post', 'internet', 'fax']), {
    choices: channels,
  }),
  receivedOn: named('收到申请的日期', 'Received on', isoDay),
  asked: named('申请公开的信息', 'What was asked for', z.string().trim().min(1).max(1000), { lines: 3 }),
  wanted: named('获取信息的方式', 'How it is to be given', line.optional()),
  replyBy: named('答复期限', 'To be answered by', isoDay),
  handler: named('经办人', 'Handled by', line),
  phone: named('联系电话', 'Telephone', line.optional()),
  date: named('登记日期', 'Registered on', isoDay),
});

export const receiptChannels = channels;
