import { auditOf, commitWithAudit, err, ok, refusal } from '@gongkai/core';
import * as z from 'zod';
import { account as accountContract, office as contract } from '../contract/index.ts';
import { type Call, type Route, route } from '../route/index.ts';
import { accountOf } from './account.ts';
import { noCookie, sessionCookie, sessionIdIn } from './cookie.ts';
import { oidcRoutes } from './oidc-routes.ts';
import { activateTotp, actorOf, changePassword, dropTotp, offerTotp } from './own-account.ts';
import {
  dropPasskey,
  registerPasskey,
  registrationOptions,
  type Site,
  signInOptions,
  signInWithPasskey,
} from './passkeys.ts';
import type { Provider } from './provider.ts';
import { callerOfSession, endSession, endSessionWrite } from './sessions.ts';
import { confirmSession, signInWithPassword } from './sign-in.ts';

export type SignInOptions = {
  /** Whether the pages of this request are reached over https. */
  readonly secure: (request: Request) => boolean;
  readonly demonstration: boolean;
  /** The office's own identity provider, where it has one. */
  readonly provider?: Provider | undefined;
};

/** After the wrapper has seen that the request comes from our own pages, its Origin is the site's. */
const siteOf = (request: Request): Site => {
  const origin = request.headers.get('origin') ?? new URL(request.url).origin;
  return { id: new URL(origin).hostname, origin };
};

const empty = z.object({});
const signsIn = ['session.begun', 'session.refused'] as const;

export const signInRoutes = ({ secure, demonstration, provider }: SignInOptions): readonly Route[] => {
  const local = provider?.options.local ?? 'everyone';
  const sessionView = async ({ office, caller }: Pick<Call<unknown, unknown>, 'office' | 'caller'>) => {
    const held = await accountOf(office, caller.person.id);
    return {
      person: caller.person,
      account: caller.account,
      ...(caller.session ? { confirmedUntil: caller.session.confirmedUntil } : {}),
      // A token's own end is in the list of tokens.
      expiresAt: caller.session?.expiresAt ?? office.clock.now(),
      totp: held?.record.totp !== undefined,
      passkeys: held?.record.passkeys.length ?? 0,
      by: caller.session?.by ?? 'local',
      demonstration,
      mustEnrol: caller.mustEnrol,
    };
  };

  /** The answer that carries the new session's cookie; the one that the browser had before is over. */
  const withCookie = async (call: Pick<Call<unknown, unknown>, 'office' | 'request'>, id: string) => {
    const before = sessionIdIn(call.request, secure(call.request));
    if (before !== undefined) await endSession(call.office, before);
    const caller = await callerOfSession(call.office, id);
    if (!caller) return err(refusal('not-signed-in'));
    const view = contract.session.parse(await sessionView({ office: call.office, caller }));
    return Response.json(view, { headers: { 'set-cookie': sessionCookie(id, secure(call.request)) } });
  };

  return [
    ...oidcRoutes({ provider, secure, withCookie }),
    route({
      method: 'POST',
      path: '/session',
      summary: '登录',
      who: 'anyone',
      token: false,
      body: contract.signIn,
      answer: contract.session,
      audit: signsIn,
      run: async (call) => {
        const done = await signInWithPassword(call.office, call.body, call.address, local);
        return done.ok ? withCookie(call, done.value.id) : done;
      },
    }),
    route({
      method: 'GET',
      path: '/session',
      summary: '当前会话',
      who: 'staff',
      token: true,
      enrolling: true,
      answer: contract.session,
      run: async (call) => ok(await sessionView(call)),
    }),
    route({
      method: 'DELETE',
      path: '/session',
      summary: '退出',
      who: 'staff',
      token: false,
      enrolling: true,
      answer: contract.signedOut,
      audit: ['session.ended'],
      run: async ({ office, caller, request, log }) => {
        const write = caller.session && (await endSessionWrite(office, caller.session.hash));
        const event = auditOf(office, actorOf(caller), 'session.ended', caller.person.id, {});
        const done = await commitWithAudit(office, event, write ? [write] : []);
        if (!done.ok) return done;
        // Else the next person at this desk would be signed in by the provider as this one.
        const back = `${office.publicUrl}/console/`;
        const there =
          caller.session?.by === 'oidc'
            ? await provider?.endSession(back, office.clock.now(), log)
            : undefined;
        const headers = { 'set-cookie': noCookie(secure(request)) };
        return there === undefined
          ? new Response(null, { status: 204, headers })
          : Response.json(contract.signedOut.parse({ endSession: there }), { headers });
      },
    }),
    route({
      method: 'POST',
      path: '/session/confirm',
      summary: '再次确认身份',
      who: 'staff',
      token: false,
      body: contract.confirm,
      answer: contract.session,
      audit: ['session.confirmed', 'session.refused'],
      run: async (call) => {
        const { office, caller, body, address } = call;
        const done = await confirmSession(office, caller, body, address, local);
        if (!done.ok) return done;
        const until = new Date(
          Date.parse(office.clock.now()) + office.policy.session.reauthenticationMinutes * 60_000,
        ).toISOString();
        return ok({ ...(await sessionView(call)), confirmedUntil: until });
      },
    }),
    route({
      method: 'POST',
      path: '/session/passkey/options',
      summary: '通行密钥登录：取得挑战',
      who: 'anyone',
      token: false,
      body: empty,
      answer: accountContract.passkeyOptions,
      audit: { none: 'a challenge of five minutes' },
      run: async ({ office, request }) => ok(await signInOptions(office, siteOf(request))),
    }),
    route({
      method: 'POST',
      path: '/session/passkey',
      summary: '通行密钥登录',
      who: 'anyone',
      token: false,
      body: accountContract.passkeyAnswer,
      answer: contract.session,
      audit: signsIn,
      run: async (call) => {
        const { office, body, address } = call;
        const done = await signInWithPasskey(office, siteOf(call.request), body, address, local);
        return done.ok ? withCookie(call, done.value.id) : done;
      },
    }),
    route({
      method: 'GET',
      path: '/account',
      summary: '我的登录方式',
      who: 'staff',
      token: false,
      enrolling: true,
      answer: accountContract.account,
      run: async ({ office, caller }) => {
        const held = await accountOf(office, caller.person.id);
        if (!held) return err(refusal('not-found'));
        const { record } = held;
        return ok({
          account: record.account,
          totp: record.totp !== undefined,
          passkeys: record.passkeys,
          mustEnrol: caller.mustEnrol,
        });
      },
    }),
    route({
      method: 'POST',
      path: '/account/password',
      summary: '更改密码',
      who: 'staff',
      token: false,
      confirmed: true,
      enrolling: true,
      body: accountContract.newPassword,
      answer: contract.session,
      audit: ['account.password-changed'],
      run: async (call) => {
        const done = await changePassword(call.office, call.caller, call.body.password);
        return done.ok ? withCookie(call, done.value) : done;
      },
    }),
    route({
      method: 'POST',
      path: '/account/totp',
      summary: '设置动态验证码',
      who: 'staff',
      token: false,
      confirmed: true,
      enrolling: true,
      body: empty,
      answer: accountContract.newTotp,
      audit: ['account.totp-offered'],
      run: ({ office, caller }) => offerTotp(office, caller),
    }),
    route({
      method: 'POST',
      path: '/account/totp/activate',
      summary: '启用动态验证码',
      who: 'staff',
      token: false,
      confirmed: true,
      enrolling: true,
      body: accountContract.totpCode,
      audit: ['account.totp-activated'],
      run: ({ office, caller, body }) => activateTotp(office, caller, body.code),
    }),
    route({
      method: 'DELETE',
      path: '/account/totp',
      summary: '停用动态验证码',
      who: 'staff',
      token: false,
      confirmed: true,
      audit: ['account.totp-removed'],
      run: ({ office, caller }) => dropTotp(office, caller),
    }),
    route({
      method: 'POST',
      path: '/account/passkeys/options',
      summary: '添加通行密钥：取得挑战',
      who: 'staff',
      token: false,
      confirmed: true,
      enrolling: true,
      body: empty,
      answer: accountContract.passkeyOptions,
      audit: { none: 'a challenge of five minutes' },
      run: async ({ office, caller, request }) =>
        ok(await registrationOptions(office, caller, siteOf(request))),
    }),
    route({
      method: 'POST',
      path: '/account/passkeys',
      summary: '添加通行密钥',
      who: 'staff',
      token: false,
      confirmed: true,
      enrolling: true,
      body: accountContract.passkeyAnswer,
      audit: ['account.passkey-added'],
      run: ({ office, caller, request, body }) => registerPasskey(office, caller, siteOf(request), body),
    }),
    route({
      method: 'DELETE',
      path: '/account/passkeys/:id',
      summary: '删除通行密钥',
      who: 'staff',
      token: false,
      confirmed: true,
      audit: ['account.passkey-removed'],
      run: ({ office, caller, params }) => dropPasskey(office, caller, params.id ?? ''),
    }),
  ];
};
