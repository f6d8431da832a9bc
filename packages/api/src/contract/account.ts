import * as z from 'zod';

/** GET /api/account: one's own ways to sign in. */
export const account = z.object({
  account: z.string(),
  totp: z.boolean(),
  passkeys: z.array(
    z.object({ id: z.string(), name: z.string(), createdAt: z.string(), lastUsedAt: z.string().optional() }),
  ),
  /** The policy asks for a second factor and there is none yet: nothing else works until there is. */
  mustEnrol: z.boolean(),
});

export const newPassword = z.object({ password: z.string().min(8).max(256) });

/** Shown once; takes effect when a code of it has come back to …/activate. */
export const newTotp = z.object({ secret: z.string(), uri: z.string() });
export const totpCode = z.object({ code: z.string().regex(/^\d{6}$/) });

/** `options` goes to `navigator.credentials` (@simplewebauthn/browser: `optionsJSON`) as it is. */
export const passkeyOptions = z.object({
  challenge: z.string(),
  options: z.record(z.string(), z.unknown()),
});
/** `challenge` from the options; `response` is what the browser's authenticator gave. */
export const passkeyAnswer = z.object({
  challenge: z.string(),
  name: z.string().max(100).optional(),
  response: z.record(z.string(), z.unknown()),
});
