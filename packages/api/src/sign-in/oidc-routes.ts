import { err, refusal } from '@gongkai/core';
import * as z from 'zod';
import { office as contract } from '../contract/index.ts';
import { type Call, type Route, route } from '../route/index.ts';
import { errandCookie, errandIdIn, sessionIdIn } from './cookie.ts';
import { linkIdentity, unlinkIdentity } from './identities.ts';
import { beginErrand, finishErrand } from './oidc.ts';
import { actorOf } from './own-account.ts';
import type { Provider } from './provider.ts';
import { callerOfSession } from './sessions.ts';

type Any = Call<unknown, unknown>;

export type OidcRoutesOptions = {
  readonly provider: Provider | undefined;
  readonly secure: (request: Request) => boolean;
  /** The answer of a sign-in, with the cookie of its session. */
  readonly withCookie: (call: Pick<Any, 'office' | 'request'>, id: string) => Promise<unknown>;
};

const off = err(refusal('oidc-off'));
const empty = z.object({});

/**
 * 统一身份认证. The provider sends the browser back to a page of the console (/console/oidc), and that page hands the answer
 * over: a request of our own page like any other, so the cookies stay SameSite=Strict and a foreign page can start nothing.
 */
export const oidcRoutes = ({ provider, secure, withCookie }: OidcRoutesOptions): readonly Route[] => {
  const begin = async (call: Pick<Any, 'office' | 'log' | 'address' | 'request'>, caller?: Any['caller']) => {
    if (!provider) return off;
    const overTls = secure(call.request);
    const sent = await beginErrand(provider, call, errandIdIn(call.request, overTls), caller);
    if (!sent.ok) return sent;
    const { url, cookie } = sent.value;
    return Response.json(contract.oidcBegun.parse({ url }), {
      headers: { 'set-cookie': errandCookie(cookie, overTls) },
    });
  };
  return [
    route({
      method: 'POST',
      path: '/session/oidc',
      summary: '统一身份认证登录：去往何处',
      who: 'anyone',
      token: false,
      body: empty,
      answer: contract.oidcBegun,
      audit: { none: 'a challenge of ten minutes' },
      run: (call) => begin(call),
    }),
    route({
      method: 'POST',
      path: '/session/oidc/confirm',
      summary: '统一身份认证再次确认：去往何处',
      who: 'staff',
      token: false,
      body: empty,
      answer: contract.oidcBegun,
      audit: { none: 'a challenge of ten minutes' },
      run: (call) => begin(call, call.caller),
    }),
    route({
      method: 'POST',
      path: '/session/oidc/finish',
      summary: '统一身份认证：带回答复',
      who: 'anyone',
      token: false,
      body: contract.oidcAnswer,
      answer: contract.session,
      audit: ['session.begun', 'session.refused', 'session.confirmed', 'identity.linked'],
      run: async (call) => {
        if (!provider) return off;
        const { request, office } = call;
        const overTls = secure(request);
        const session = sessionIdIn(request, overTls);
        const caller = session === undefined ? undefined : await callerOfSession(office, session);
        const cookie = errandIdIn(request, overTls);
        const done = await finishErrand(provider, call, { query: call.body.query, cookie, caller });
        if (!done.ok) return done;
        const id = done.value.id;
        return id === undefined ? new Response(null, { status: 204 }) : (withCookie(call, id) as never);
      },
    }),
    route({
      method: 'POST',
      path: '/people/:id/identity',
      summary: '关联统一身份，或按申明的值邀请一次',
      who: ['administrator'],
      token: false,
      confirmed: true,
      body: contract.linkIdentity,
      audit: ['identity.linked', 'identity.invited'],
      run: async ({ office, caller, params, body }) => {
        if (!provider) return off;
        const { issuer, claim } = provider.options;
        if ('claim' in body && claim === undefined) return err(refusal('invalid-input', { detail: 'claim' }));
        const to =
          'subject' in body
            ? { issuer, subject: body.subject }
            : { issuer, claim: claim ?? '', value: body.claim };
        return linkIdentity(office, actorOf(caller), params.id ?? '', to);
      },
    }),
    route({
      method: 'DELETE',
      path: '/people/:id/identity',
      summary: '解除统一身份（立即退出其所有登录）',
      who: ['administrator'],
      token: false,
      confirmed: true,
      audit: ['identity.unlinked'],
      run: async ({ office, caller, params }) =>
        provider ? unlinkIdentity(office, actorOf(caller), params.id ?? '', provider.options.issuer) : off,
    }),
  ];
};

export const signInWays = (provider: Provider | undefined): z.infer<typeof contract.signInWays> => {
  if (!provider) return { local: 'everyone' };
  const { local, name, issuer, claim } = provider.options;
  return { local, oidc: { name, issuer, ...(claim === undefined ? {} : { claim }) } };
};
