import * as z from 'zod';

/**
 * What a person may do. An administrator manages people and settings and can neither see drafts nor approve;
 * a supervisor (监督小组) reads everything and changes nothing.
 */
export const role = z.enum([
  'maker', // 经办人
  'first-reviewer', // 初审
  'second-reviewer', // 复核
  'principal', // 主要负责人
  'secrecy-officer', // 保密员
  'records-officer', // 档案员
  'supervisor', // 监督小组、审计
  'administrator', // 系统管理员
]);
export type Role = z.infer<typeof role>;

/** A human being. Rules about "different people" compare this id, never accounts. */
export const person = z.object({
  id: z.string(),
  name: z.string().min(1),
  department: z.string().default(''),
  email: z.string().default(''),
  roles: z.array(role),
  disabled: z.boolean().default(false),
  createdAt: z.string(),
  /**
   * Since when the reviewing roles are held; absent for the people with whom the office was founded. A new
   * reviewer waits `policy.people.newReviewerWaitHours` before the first decision, so that nobody can make
   * themselves a second pair of eyes in a hurry.
   */
  reviewerSince: z.string().optional(),
});
export type Person = z.infer<typeof person>;

/** Who does something, as written into the audit. A machine acts as itself. */
export const actor = z.object({
  person: z.string(),
  name: z.string(),
  account: z.string(),
  roles: z.array(role),
  via: z.enum(['console', 'token', 'cli', 'machine', 'clock']),
});
export type Actor = z.infer<typeof actor>;

export const machine = (station: string): Actor => ({
  person: `machine:${station}`,
  name: station,
  account: station,
  roles: [],
  via: station === 'clock' ? 'clock' : 'machine',
});

export const holds = (who: { roles: readonly Role[] }, ...wanted: readonly Role[]): boolean =>
  wanted.some((role) => who.roles.includes(role));
