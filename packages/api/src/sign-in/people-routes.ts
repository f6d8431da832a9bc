import { allPeople, auditOf, commitWithAudit, err, ok, refusal } from '@gongkai/core';
import * as z from 'zod';
import { office as contract } from '../contract/index.ts';
import { given, type Route, route } from '../route/index.ts';
import { accountOf } from './account.ts';
import { identityViews } from './identities.ts';
import { actorOf } from './own-account.ts';
import { addPerson, changePerson } from './people.ts';
import type { Provider } from './provider.ts';
import { dropTokenWrite, newToken, tokensOf } from './tokens.ts';

const added = z.object({ id: z.string() });

/** 人员 and 令牌. */
export const peopleRoutes = (provider: Provider | undefined): readonly Route[] => [
  route({
    method: 'GET',
    path: '/people',
    summary: '人员',
    who: ['administrator', 'supervisor'],
    token: false,
    answer: contract.peopleView,
    run: async ({ office }) => {
      const people = await allPeople(office);
      const accounts = await Promise.all(people.map(({ id }) => accountOf(office, id)));
      return ok({
        people: people.map((person, at) => ({
          ...person,
          account: accounts[at]?.record.account ?? '',
          lastSignIn: accounts[at]?.record.lastSignIn,
          ...identityViews(accounts[at]?.record, provider?.options.issuer, office.clock.now()),
        })),
      });
    },
  }),
  route({
    method: 'POST',
    path: '/people',
    summary: '添加人员',
    who: ['administrator'],
    token: false,
    confirmed: true,
    body: contract.addPerson,
    answer: added,
    audit: ['person.added'],
    run: ({ office, caller, body }) => addPerson(office, actorOf(caller), body, provider !== undefined),
  }),
  route({
    method: 'PATCH',
    path: '/people/:id',
    summary: '变更人员：角色、停用、重设密码',
    who: ['administrator'],
    token: false,
    confirmed: true,
    body: contract.changePerson,
    answer: added,
    audit: ['person.changed'],
    run: ({ office, caller, body, params }) => {
      return changePerson(office, actorOf(caller), params.id ?? '', given(body));
    },
  }),
  route({
    method: 'GET',
    path: '/tokens',
    summary: '我的令牌',
    who: 'staff',
    token: false,
    answer: contract.tokens,
    run: async ({ office, caller }) => {
      const held = await tokensOf(office, caller.person.id);
      return ok({ items: held.map(({ record, lastUsedAt }) => ({ ...record, lastUsedAt })) });
    },
  }),
  route({
    method: 'POST',
    path: '/tokens',
    summary: '生成令牌（只显示一次；可起草、上传、送审，不能审查）',
    who: 'staff',
    token: false,
    confirmed: true,
    body: contract.addToken,
    answer: contract.newToken,
    audit: ['token.made'],
    run: async ({ office, caller, body }) => {
      const account = await accountOf(office, caller.person.id);
      if (!account) return err(refusal('not-found'));
      const { token, record, write } = newToken(office, caller.person.id, {
        ...body,
        epoch: account.record.epoch,
      });
      const { id, name, expiresAt } = record;
      const event = auditOf(office, actorOf(caller), 'token.made', caller.person.id, { id, name, expiresAt });
      const done = await commitWithAudit(office, event, [write]);
      return done.ok ? ok({ ...record, token }) : done;
    },
  }),
  route({
    method: 'DELETE',
    path: '/tokens/:id',
    summary: '作废令牌',
    who: 'staff',
    token: false,
    audit: ['token.dropped'],
    run: async ({ office, caller, params }) => {
      const held = (await tokensOf(office, caller.person.id)).find(({ record }) => record.id === params.id);
      if (!held) return err(refusal('not-found'));
      const { id, name } = held.record;
      const event = auditOf(office, actorOf(caller), 'token.dropped', caller.person.id, { id, name });
      return commitWithAudit(office, event, [dropTokenWrite(id, held.version)]);
    },
  }),
];
