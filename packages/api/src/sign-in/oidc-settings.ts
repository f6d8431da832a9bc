import * as z from 'zod';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Over plain http anyone on the way could name any subject: only a provider on this very machine may be asked so. */
const safe = (issuer: string): boolean => {
  const url = URL.parse(issuer);
  if (url === null || `${url.search}${url.hash}${url.username}` !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
};

/** The office's own identity provider (OpenID Connect). The client's secret comes apart from it. */
export const oidcSettings = z.strictObject({
  /** Exactly as the provider's discovery document names it. */
  issuer: z.string().refine(safe, {
    message: '须为 https 地址（仅本机可用 http）/ must be https; http only on this very machine',
  }),
  clientId: z.string().min(1),
  /** On the button: 用{name}登录. */
  name: z.string().min(1).max(40).default('统一身份认证'),
  /** The claim of the ID token by which people are invited: `employee_number`, `email` … */
  claim: z.string().min(1).max(100).optional(),
  /** Beyond `openid`, what the provider wants to be asked for, so that it sends the claim. */
  scope: z.string().default(''),
  /** Asked for, and one of them must come back: how strongly the provider has checked. */
  acr: z.array(z.string().min(1)).default([]),
  /** Who may still sign in with a local account. Administrators always may: an office must not lock itself out. */
  local: z.enum(['everyone', 'administrators']).default('everyone'),
});
export type OidcSettings = z.infer<typeof oidcSettings>;

export type OidcOptions = OidcSettings & {
  /** Asked for at each use, so that a rotated secret counts without a restart; undefined: a public client (PKCE alone). */
  readonly secret?: () => Promise<string | undefined>;
};
