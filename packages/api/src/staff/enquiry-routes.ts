import {
  deadline,
  deadlineRuleOn,
  display,
  err,
  load,
  type Office,
  ok,
  refusal,
  standingIn,
} from '@gongkai/core';
import * as z from 'zod';
import { enquiry as contract } from '../contract/index.ts';
import { given, type Route, readBytes, route } from '../route/index.ts';
import { inspectOnly } from './inspect.ts';
import { documentRoles, isSeen } from './seen.ts';

const searchQuery = z.object({
  q: z.string().min(1).max(200),
  office: z.string().optional(),
  column: z.string().optional(),
  theme: z.string().optional(),
  genre: z.string().optional(),
  year: z.string().optional(),
  status: z.string().optional(),
  cursor: z.string().optional(),
});

const amount = z.coerce.number().int().min(1).max(3660);
/** Either `amount` and `unit`, or the `rule` of the policy that was in force on that day. */
const deadlineQuery = z.object({
  from: z.string(),
  amount: amount.optional(),
  unit: z.enum(['working-day', 'day']).optional(),
  rule: z
    .enum([
      'proactive-disclosure',
      'reply',
      'reply-extension',
      'correction-notice',
      'third-party-opinion',
      'co-maker-opinion',
    ])
    .optional(),
});

const displayQuery = z.object({
  column: z.string(),
  kind: z.string(),
  amount: amount.optional(),
  date: z.string().optional(),
  publishAt: z.iso.datetime({ offset: true }).optional(),
});

const amountOf = (
  office: Pick<Office, 'policy'>,
  { from, amount, unit, rule }: z.output<typeof deadlineQuery>,
): Parameters<typeof deadline>[0] | undefined => {
  if (amount !== undefined && unit !== undefined) return { from, amount, unit };
  const found = rule && deadlineRuleOn(office.policy, rule, from);
  return found && { from, amount: found.amount, unit: found.unit };
};

export const enquiryRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/search',
    summary: '检索已公开的信息',
    who: documentRoles,
    token: true,
    query: searchQuery,
    answer: contract.search,
    run: async ({ office, caller, query }) => {
      const { q, cursor, ...filters } = query;
      const found = await office.search.query(q, {
        filters: given(filters),
        limit: 50,
        ...(cursor === undefined ? {} : { cursor }),
      });
      const now = office.clock.now();
      // The index proposes; what may be seen is decided at each hit.
      const hits = await Promise.all(
        found.hits.map(async ({ id, title, snippet }) => {
          const item = (await load(office, id))?.item;
          if (!item || !isSeen(item, caller, now)) return [];
          const { state, publishedAt } = item;
          return [{ id, state, publishedAt, title, snippet, url: `${office.publicUrl}/item/${id}` }];
        }),
      );
      return ok({ hits: hits.flat(), facets: found.facets, cursor: found.cursor });
    },
  }),
  route({
    method: 'GET',
    path: '/deadline',
    summary: '期限及每一天的理由',
    who: 'staff',
    token: true,
    query: deadlineQuery,
    answer: contract.deadline,
    run: async ({ office, query }) => {
      const asked = amountOf(office, query);
      return asked
        ? deadline(asked, office.policy.calendar)
        : err(refusal('invalid-input', { detail: 'amount + unit | rule' }));
    },
  }),
  route({
    method: 'GET',
    path: '/display',
    summary: '公示到哪一天，为什么',
    who: documentRoles,
    token: true,
    query: displayQuery,
    answer: contract.standing,
    run: async ({ office, query }) => {
      const { column, publishAt, ...rest } = query;
      const asked = display.safeParse(rest);
      if (!asked.success)
        return err(refusal('invalid-input', { detail: asked.error.issues[0]?.message ?? '' }));
      // What is planned for an hour that has passed goes out at once.
      const planned = Math.max(Date.parse(publishAt ?? ''), Date.parse(office.clock.now()));
      const at = Number.isNaN(planned) ? office.clock.now() : new Date(planned).toISOString();
      return ok(standingIn(office, { display: asked.data, column }, at));
    },
  }),
  route({
    method: 'POST',
    path: '/inspect',
    summary: '只检查一个文件，不保存（?name=，正文为文件内容）',
    who: documentRoles,
    token: true,
    bytes: 'in',
    query: z.object({ name: z.string().min(1).max(300) }),
    answer: contract.inspected,
    audit: { none: 'nothing is kept' },
    run: ({ office, query, request }) => inspectOnly(office, query.name, readBytes(request)),
  }),
];
