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

const cookieIn = (request: Request, wanted: string): string | undefined =>
  request.headers
    .get('cookie')
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name]) => name === wanted)?.[1];

export const sessionIdIn = (request: Request, secure: boolean): string | undefined =>
  cookieIn(request, nameOf(secure));

/** Tells the browser that was sent to the office's provider from every other one. Nobody is signed in by it. */
export const errandCookie = (id: string, secure: boolean): string =>
  `${nameOf(secure)}-oidc=${id}; ${attributes(secure)}`;

export const errandIdIn = (request: Request, secure: boolean): string | undefined => {
  const id = cookieIn(request, `${nameOf(secure)}-oidc`);
  return id !== undefined && /^[\w-]{43}$/.test(id) ? id : undefined;
};
