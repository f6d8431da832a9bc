import * as z from 'zod';
import type { CalendarDate } from '../calendar/index.ts';
import { inForce, rule } from './rule.ts';

/** 期限. One key may stand several times, with the validity of each version of the law. */
export const deadlineRule = z.strictObject({
  key: z.enum([
    'proactive-disclosure', // 主动公开
    'reply', // 依申请公开答复
    'reply-extension', // 延长答复
    'correction-notice', // 补正告知
    'third-party-opinion', // 第三方意见
    'co-maker-opinion', // 共同制作机关意见
  ]),
  amount: z.number().int().min(1).max(2000),
  unit: z.enum(['working-day', 'day']),
  ...rule,
});
export type DeadlineRule = z.infer<typeof deadlineRule>;

/** The rule in force on the day of the event: a request received before 2019-05-15 runs by the law of 2007. */
export const deadlineRuleOn = (
  policy: { readonly deadlines: readonly DeadlineRule[] },
  which: DeadlineRule['key'],
  on: CalendarDate,
): DeadlineRule | undefined => policy.deadlines.find((one) => one.key === which && inForce(one, on));
