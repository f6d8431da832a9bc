/**
 * Whether a changing request may come from where it comes from. Browsers tell: `Sec-Fetch-Site`, or at least
 * `Origin` on everything but GET. A request without either does not come from a browser's page and is only taken
 * when it carries no cookie (command line, machine token).
 */
export const fromOwnPages = (request: Request, origins: readonly string[]): boolean => {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (site !== null && site !== 'same-origin') return false;
  if (origin !== null) return isOwn(origin, request, origins);
  return site === 'same-origin' || request.headers.get('cookie') === null;
};

const isOwn = (origin: string, request: Request, origins: readonly string[]): boolean => {
  if (origins.includes(origin)) return true;
  const given = URL.parse(origin);
  const own = URL.parse(request.url);
  // A proxy may end TLS in front of us: the scheme may differ, the host may not.
  const host = request.headers.get('host') ?? own?.host;
  return given !== null && given.host === host;
};
