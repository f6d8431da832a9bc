import type { Office } from '@gongkai/core';
import type { Caller } from '../route/index.ts';
import { sessionIdIn } from './cookie.ts';
import { callerOfSession } from './sessions.ts';
import { callerOfToken } from './tokens.ts';

export { signInWays } from './oidc-routes.ts';
export { type OidcOptions, type OidcSettings, oidcSettings } from './oidc-settings.ts';
export { actorOf } from './own-account.ts';
export { addPerson, changePerson, foundPerson, type NewPerson } from './people.ts';
export { peopleRoutes } from './people-routes.ts';
export { Provider } from './provider.ts';
export { type SignInOptions, signInRoutes } from './routes.ts';
export { clearRubbish } from './rubbish.ts';
export { Turnstile } from './turnstile.ts';

/** Who makes this request: by bearer token when there is one, else by the session cookie. */
export const identify =
  (office: Office, secure: (request: Request) => boolean) =>
  async (request: Request): Promise<Caller | undefined> => {
    const authorization = request.headers.get('authorization');
    if (authorization !== null) return callerOfToken(office, authorization);
    const id = sessionIdIn(request, secure(request));
    return id === undefined ? undefined : callerOfSession(office, id);
  };
