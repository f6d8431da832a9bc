import {
  type AuditEvent,
  auditOf,
  auditPage,
  auditState,
  commitWithAudit,
  displayRuleOf,
  err,
  exportAudit,
  faultsOf,
  heldOf,
  isFounded,
  keys,
  load,
  type Office,
  ok,
  refusal,
  role,
  whyFailed,
  workOf,
} from '@gongkai/core';
import * as z from 'zod';
import { office as contract, publication as publicationContract } from '../contract/index.ts';
import { type Route, route } from '../route/index.ts';
import { actorOf } from '../sign-in/index.ts';
import { lineOf } from './line.ts';
import { documentRoles, isSeen } from './seen.ts';

const auditRoles = ['supervisor', 'records-officer'] as const;

type SignIn = z.infer<typeof contract.signInWays>;

const formsOf = (
  { policy, publicUrl }: Office,
  { demonstration, founded, signIn }: { demonstration: boolean; founded: boolean; signIn: SignIn },
) => {
  const named = ({ key, name, en }: { key: string; name: string; en: string }) => ({ key, zh: name, en });
  return {
    name: policy.office.name,
    columns: policy.columns.map((one) => ({
      ...named(one),
      section: one.section,
      proposed: displayRuleOf(policy, one.key)?.proposed ?? { kind: 'long-term' as const },
    })),
    boards: policy.boards,
    sections: policy.sections.map(named),
    genres: policy.genres.map(({ name }) => name),
    themes: policy.themes,
    grounds: policy.grounds.map((one) => ({ ...named(one), clause: one.clause, label: one.label })),
    requiredMetadata: policy.requiredMetadata,
    limits: policy.limits,
    demonstration,
    founded,
    publicUrl,
    signIn,
  };
};

/** One publication's or person's entries, newest first: the same events, from its own history. */
const auditOfSubject = async (office: Office, subject: string, cursor: string | undefined) => {
  const { rows, cursor: next } = await office.records.query({
    partition: keys.history(subject, '', '').partition,
    descending: true,
    limit: 100,
    ...(cursor === undefined ? {} : { cursor }),
  });
  const entries = rows.map(({ data }) => ({ ...(data as AuditEvent), seq: -1 }));
  return next === undefined ? { entries } : { entries, cursor: next };
};

const auditOfAll = async (office: Office, cursor: string | undefined) => {
  const before = cursor === undefined ? undefined : Number(cursor);
  const entries = await auditPage(office, before === undefined ? {} : { before });
  const last = entries.at(-1);
  return last === undefined || last.seq === 0 ? { entries } : { entries, cursor: String(last.seq) };
};

const lines = (text: AsyncIterable<string>): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  const iterator = text[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(`${next.value}\n`));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
};

export const officeRoutes = (demonstration: boolean, signIn: SignIn): readonly Route[] => [
  route({
    method: 'GET',
    path: '/office',
    // The sign-in page shows whose console it is, and that a demonstration is one. Nothing here is secret.
    summary: '表单所需：栏目、体裁、主题、理由',
    who: 'anyone',
    token: true,
    answer: contract.office,
    run: async ({ office }) =>
      ok(formsOf(office, { demonstration, signIn, founded: await isFounded(office) })),
  }),
  route({
    method: 'GET',
    path: '/work',
    summary: '我的工作',
    who: documentRoles,
    token: true,
    answer: publicationContract.work,
    run: async ({ office, caller }) => {
      const [work, depth, faults] = await Promise.all([
        workOf(office, actorOf(caller)),
        office.queue.depth(),
        faultsOf(office),
      ]);
      return ok({
        waiting: work.waiting.map((one) => ({ ...lineOf(office, one, caller), overdue: one.overdue })),
        mine: work.mine.map((one) => lineOf(office, one, caller)),
        expiring: work.expiring.map((one) => lineOf(office, one, caller)),
        did: work.did,
        deadLetters: depth.dead + faults.length,
      });
    },
  }),
  route({
    method: 'GET',
    path: '/dead-letters',
    summary: '异常队列',
    who: 'staff',
    token: true,
    answer: contract.deadLetters,
    run: async ({ office, caller }) => {
      const now = office.clock.now();
      const [letters, depth, missing, late] = await Promise.all([
        office.queue.deadLetters(),
        office.queue.depth(),
        faultsOf(office),
        heldOf(office),
      ]);
      // An administrator keeps the machines running and reads no titles.
      const titleOf = async (id: string): Promise<string> => {
        const item = (await load(office, id))?.item;
        return (item && isSeen(item, caller, now) ? item.metadata.title || item.files[0]?.name : '') ?? '';
      };
      const items = await Promise.all(
        letters.map(async ({ message, attempts, lastError, diedAt }) => ({
          id: message.id,
          station: message.type,
          publication: message.subject,
          title: await titleOf(message.subject),
          attempts,
          lastError,
          why: whyFailed(message.type, lastError),
          diedAt,
        })),
      );
      const held = await Promise.all(
        late.map(async ({ message, ...one }) => ({
          ...one,
          id: message.id,
          station: message.type,
          publication: message.subject,
          title: await titleOf(message.subject),
        })),
      );
      const faults = await Promise.all(
        missing.map(async (one) => ({ ...one, title: await titleOf(one.publication) })),
      );
      return ok({ items, held, faults, waiting: depth.waiting });
    },
  }),
  route({
    method: 'POST',
    path: '/dead-letters/:id/revive',
    summary: '重新运行',
    who: role.options.filter((one) => one !== 'supervisor'),
    token: false,
    audit: ['dead-letter.revived'],
    run: async ({ office, caller, params }) => {
      const letter = (await office.queue.deadLetters()).find(({ message }) => message.id === params.id);
      if (!letter) return err(refusal('not-found'));
      const { id, subject, type, correlationId } = letter.message;
      const details = { message: id, station: type, lastError: letter.lastError };
      const event = auditOf(office, actorOf(caller), 'dead-letter.revived', subject, details);
      // Told before it is done: a revival that the audit does not know of cannot happen.
      const told = await commitWithAudit(office, { ...event, correlationId }, []);
      if (!told.ok) return told;
      if (!(await office.queue.revive(id))) return err(refusal('not-found'));
      office.committed?.();
      return ok(undefined);
    },
  }),
  route({
    method: 'GET',
    path: '/audit',
    summary: '审计记录，最近的在前',
    who: auditRoles,
    token: true,
    query: z.object({
      cursor: z.string().max(500).optional(),
      subject: z
        .string()
        .regex(/^[\w.:-]{1,100}$/)
        .optional(),
    }),
    answer: contract.auditPage,
    run: async ({ office, query }) => {
      const { subject, cursor } = query;
      if (subject === undefined && cursor !== undefined && !/^\d{1,12}$/.test(cursor))
        return err(refusal('invalid-input', { detail: 'cursor' }));
      const page =
        subject === undefined
          ? await auditOfAll(office, cursor)
          : await auditOfSubject(office, subject, cursor);
      const { checkpoint } = await auditState(office);
      return ok({
        ...page,
        checkpoint,
        entries: page.entries.map((entry) => ({
          ...entry,
          actor: entry.actor.name,
          via: entry.actor.via,
        })),
      });
    },
  }),
  route({
    method: 'GET',
    path: '/audit/export',
    summary: '审计导出（JSON Lines），到最近一个签名检查点为止；用 gongkai audit verify 验证',
    who: auditRoles,
    token: true,
    bytes: 'out',
    run: async ({ office }) =>
      new Response(lines(exportAudit(office)), {
        headers: {
          'content-type': 'application/x-ndjson; charset=utf-8',
          'content-disposition': 'attachment; filename="audit.jsonl"',
        },
      }),
  }),
];
