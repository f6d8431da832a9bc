import * as z from 'zod';
import { isoDay, line, named } from './field.ts';

/** 答复的种类, 条例 §30, §36, §37, §39. */
export const replyOutcomes = {
  'already-public': ['已主动公开（条例 §36（一））', 'Already public'],
  disclosed: ['予以公开（§36（二））', 'Disclosed'],
  partial: ['部分公开（§37）', 'Disclosed in part'],
  withheld: ['不予公开（§36（三））', 'Withheld'],
  nonexistent: ['政府信息不存在（§36（四））', 'Does not exist'],
  'not-ours': ['不属于本机关负责公开（§36（五））', 'Not held by this office'],
  repeated: ['重复申请（§36（六））', 'Asked and answered before'],
  'special-rules': ['依特别规定办理（§36（七））', 'Under special rules'],
  petition: ['信访、投诉、举报（§39）', 'A petition or complaint'],
  correction: ['要求补正（§30）', 'To be corrected'],
} as const;
export type ReplyOutcome = keyof typeof replyOutcomes;

/** 不予公开的依据, 条例 §14 to §16: the eight of the annual report less 行政查询事项, which is 依特别规定办理. */
export const replyGrounds = {
  'state-secret': ['国家秘密（§14）', 'State secret'],
  'prohibited-by-law': ['法律、行政法规禁止公开（§14）', 'Prohibited by law'],
  'public-security': ['危及三安全一稳定（§14）', 'Endangers security or stability'],
  'trade-secret': ['商业秘密（§15）', 'Trade secret'],
  privacy: ['个人隐私（§15）', 'Personal privacy'],
  'third-party': ['第三方其他合法权益（§15）', 'Other harm to a third party'],
  'internal-affairs': ['内部事务信息（§16①）', 'Internal affairs'],
  process: ['过程性信息（§16②）', 'Records of deliberation'],
  'enforcement-file': ['行政执法案卷信息（§16②）', 'Law-enforcement case file'],
} as const;
export type ReplyGround = keyof typeof replyGrounds;

const keysOf = <K extends string>(choices: Readonly<Record<K, unknown>>) =>
  Object.keys(choices) as [K, ...K[]];

/** What the clause of an outcome demands to be said; without it the answer would be unlawful. */
const needed: Partial<
  Record<ReplyOutcome, readonly ('ground' | 'reason' | 'access' | 'items' | 'correctBy')[]>
> = {
  'already-public': ['access'],
  disclosed: ['access'],
  partial: ['access', 'ground', 'reason'],
  withheld: ['ground', 'reason'],
  'not-ours': ['reason'],
  'special-rules': ['access'],
  correction: ['items', 'correctBy'],
};

/** 政府信息公开申请答复告知书, and 补正告知书. */
export const requestReply = z
  .strictObject({
    office: named('答复机关', 'Replying office', line),
    number: named('告知书文号（如 三政公开告〔2026〕3号）', 'Document number', line),
    applicant: named('申请人', 'Applicant', line),
    organisation: named('申请人是单位', 'The applicant is an organisation', z.boolean().default(false)),
    register: named('登记号', 'Register number', line.optional()),
    receivedOn: named('收到申请的日期', 'Request received on', isoDay),
    asked: named('申请公开的信息', 'What was asked for', z.string().trim().min(1).max(2000), { lines: 3 }),
    outcome: named('答复种类', 'Outcome', z.enum(keysOf(replyOutcomes)), { choices: replyOutcomes }),
    ground: named('不予公开的依据', 'Ground for withholding', z.enum(keysOf(replyGrounds)).optional(), {
      choices: replyGrounds,
    }),
    reason: named('理由', 'Reason', z.string().trim().min(1).max(4000).optional(), { lines: 3 }),
    access: named(
      '获取的方式、途径和时间',
      'How to get it, where and when',
      z.string().trim().min(1).max(2000).optional(),
      { lines: 2 },
    ),
    responsible: named('负责公开的机关及联系方式', 'The office that holds it', line.optional()),
    items: named('需要补正的事项', 'What is to be corrected', z.array(line).min(1).max(20).optional()),
    correctBy: named('补正期限', 'To be corrected by', isoDay.optional()),
    reviewBody: named('行政复议机关', 'Reconsideration body', line.optional()),
    court: named('管辖法院', 'Court', line.optional()),
    contact: named('联系人', 'Contact', line.optional()),
    phone: named('联系电话', 'Telephone', line.optional()),
    attachments: named('附件', 'Attachments', z.array(line).max(20).default([])),
    date: named('成文日期', 'Date', isoDay),
    sealed: named('加盖印章', 'Will be sealed', z.boolean().default(true)),
  })
  .superRefine((data, context) => {
    for (const key of needed[data.outcome] ?? [])
      if (data[key] === undefined) context.addIssue({ code: 'custom', path: [key] });
  });
