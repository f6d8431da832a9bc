/**
 * Over https the `__Host-` prefix binds the cookie to this very host; browsers take that only over https, so the
 * one machine on http://localhost has the plain name.
 */
const nameOf = (secure: boolean): string => (secure ? '__Host-gongkai' : 'gongkai');

const attributes = (secure: boolean): string =>
  `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;

export const sessionCookie = (id: string, secure: boolean): string =>
  `${nameOf(secure)}=${id}; ${attributes(secure)}`;

export const noCookie = (secure: boolean): string => `${nameOf(secure)}=; Max-Age=0; ${attributes(secure)}`;

export const sessionIdIn = (request: Request, secure: boolean): string | undefined =>
  request.headers
    .get('cookie')
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name]) => name === nameOf(secure))?.[1];
