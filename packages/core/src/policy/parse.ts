import type * as z from 'zod';
import { zhCN } from 'zod/locales';
import { toDotPath } from 'zod/v4/core';
import { calendarFrom, chinaCalendar, chinaNotices } from '../calendar/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { extend } from './extend.ts';
import { type Policy, policySchema } from './policy.ts';

/**
 * A policy from parsed YAML. A profile says `extends: <key of its base>` and needs that base, itself parsed YAML:
 * only what differs stands in the profile (extend.ts tells how they merge).
 * Refused with `policy-invalid`: `where` is the path of the first fault, `count` how many there are.
 */
export const parsePolicy = (given: unknown, base?: unknown): Result<Policy, Refusal> => {
  const { extends: parent, ...own } = isRecord(given) ? given : {};
  const policy = typeof own.key === 'string' ? own.key : '—';
  const fault = (where: string, detail: string, detailZh: string, count = 1) =>
    err(refusal('policy-invalid', { policy, where, detail, detailZh, count }));

  if (!isRecord(given)) return fault('/', 'a mapping was expected', '应为键值结构');
  if (parent !== undefined && (!isRecord(base) || base.key !== parent))
    return fault('extends', `there is no policy ${String(parent)}`, `没有找到政策 ${String(parent)}`);

  const whole = parent === undefined ? own : extend(base, own);
  const parsed = policySchema.safeParse(whole);
  if (!parsed.success) {
    const chinese = policySchema.safeParse(whole, { error: zhCN().localeError }).error ?? parsed.error;
    return fault(
      whereOf(parsed.error.issues[0]),
      parsed.error.issues[0]?.message ?? '',
      chinese.issues[0]?.message ?? '',
      parsed.error.issues.length,
    );
  }
  const { holidays } = parsed.data;
  const calendar = holidays.length === 0 ? chinaCalendar : calendarFrom([...chinaNotices, ...holidays]);
  return ok({ ...parsed.data, calendar });
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `columns.3.display`, with the unknown key where that is what is wrong. */
const whereOf = (issue: z.core.$ZodIssue | undefined): string => {
  if (issue === undefined) return '/';
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return toDotPath([...issue.path, ...extra]) || '/';
};
