import { display, person, role } from '@gongkai/core';
import * as z from 'zod';

/** One sentence for people, in both languages. */
export const inBoth = z.object({ zh: z.string(), en: z.string() });

/** Every refusal over HTTP. */
export const problem = z.object({
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  correlation: z.string().optional(),
});

export const signIn = z.object({
  account: z.string().max(100),
  password: z.string().max(256),
  totp: z.string().max(20).optional(),
});

/** GET /api/session */
export const session = z.object({
  person: person.pick({ id: true, name: true, department: true, roles: true }),
  account: z.string(),
  /** Until when decisions are possible without entering the password again. */
  confirmedUntil: z.string().optional(),
  expiresAt: z.string(),
  totp: z.boolean(),
  passkeys: z.number(),
  /** How the person signed in, and so confirms who they are. */
  by: z.enum(['local', 'oidc']),
  demonstration: z.boolean(),
  /** The policy asks for a second factor and this account has none: only /api/account works. */
  mustEnrol: z.boolean().optional(),
});
export const confirm = z.object({ password: z.string().max(256), totp: z.string().max(20).optional() });

/** POST /api/session/oidc, …/oidc/confirm: where the browser goes next. */
export const oidcBegun = z.object({ url: z.string() });
/** POST /api/session/oidc/finish: the query with which the provider sent the browser back, as it is. */
export const oidcAnswer = z.object({ query: z.string().min(1).max(4096) });
/** DELETE /api/session after a sign-in by the provider: where its own session ends, when it has such a page. */
export const signedOut = z.object({ endSession: z.string().optional() });
/** POST /api/people/{id}/identity: the subject at the provider, or the value of the office's claim (工号), once. */
export const linkIdentity = z.union([
  z.strictObject({ subject: z.string().min(1).max(255) }),
  z.strictObject({ claim: z.string().trim().min(1).max(200) }),
]);
/** How people sign in here; `oidc` absent: no provider. */
export const signInWays = z.object({
  local: z.enum(['everyone', 'administrators']),
  oidc: z.object({ name: z.string(), issuer: z.string(), claim: z.string().optional() }).optional(),
});

const named = z.object({ key: z.string(), zh: z.string(), en: z.string() });

/** GET /api/office: what the forms need. */
export const office = z.object({
  name: z.string(),
  /** `proposed`: the display that the column's rule proposes. */
  columns: z.array(named.extend({ section: z.string(), proposed: display })),
  /** Keys of the columns that also hang on the wall, a board each. */
  boards: z.array(z.string()),
  sections: z.array(named),
  genres: z.array(z.string()),
  themes: z.array(z.object({ name: z.string(), children: z.array(z.string()) })),
  grounds: z.array(named.extend({ clause: z.string(), label: z.string() })),
  requiredMetadata: z.array(z.string()),
  limits: z.object({ uploadBytes: z.number(), pages: z.number() }),
  demonstration: z.boolean(),
  /** False: nobody has an account yet, and nobody can sign in (`gongkai init`, `gongkai aws init`). */
  founded: z.boolean(),
  publicUrl: z.string(),
  signIn: signInWays,
});

/** GET /api/people (administrator, supervisor) */
export const peopleView = z.object({
  people: z.array(
    person.extend({
      account: z.string(),
      lastSignIn: z.string().optional(),
      identity: z.object({ issuer: z.string(), subject: z.string(), linkedAt: z.string() }).optional(),
      invited: z.object({ claim: z.string(), value: z.string(), until: z.string() }).optional(),
    }),
  ),
});
export const addPerson = z.object({
  name: z.string().min(1),
  department: z.string().optional(),
  email: z.string().optional(),
  account: z.string().regex(/^[a-z0-9._-]{2,40}$/),
  /** May be left out where the office has a provider: then only that signs the person in. How long it must be is the policy's word: refused with `password-weak`. */
  password: z.string().min(1).max(256).optional(),
  roles: z.array(role).min(1),
});
export const changePerson = z.object({
  name: z.string().min(1).optional(),
  department: z.string().optional(),
  email: z.string().optional(),
  roles: z.array(role).optional(),
  disabled: z.boolean().optional(),
  /** How long it must be is the policy's word: refused with `password-weak`. */
  password: z.string().min(1).max(256).optional(),
});

/** POST /api/tokens answers the token once; GET lists without it. */
export const addToken = z.object({
  name: z.string().min(1).max(100),
  days: z.number().int().min(1).max(366),
});
export const token = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().optional(),
});
/** GET /api/tokens: one's own. */
export const tokens = z.object({ items: z.array(token) });
export const newToken = token.extend({ token: z.string() });

/**
 * GET /api/dead-letters; POST /api/dead-letters/{id}/revive. `held`: steps that failed and are tried again, or that nobody
 * has come to. Faults: bytes that a record speaks of and that are missing.
 */
export const deadLetters = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      station: z.string(),
      publication: z.string(),
      title: z.string(),
      attempts: z.number(),
      lastError: z.string(),
      why: inBoth,
      diedAt: z.string(),
    }),
  ),
  held: z.array(
    z.object({
      id: z.string(),
      station: z.string(),
      publication: z.string(),
      title: z.string(),
      attempts: z.number(),
      lastError: z.string().optional(),
      why: inBoth,
      since: z.string(),
      /** When it is tried again; absent: now, or it is being worked on. */
      nextAt: z.string().optional(),
    }),
  ),
  faults: z.array(
    z.object({
      publication: z.string(),
      title: z.string(),
      area: z.enum(['vault', 'renditions']),
      sha256: z.string(),
      foundAt: z.string(),
    }),
  ),
  waiting: z.number(),
});

/** GET /api/audit?cursor=&subject= (supervisor, records officer) */
export const auditPage = z.object({
  entries: z.array(
    z.object({
      /** Its place in the log; -1 in the list of one subject, which also holds what waits for its place. */
      seq: z.number(),
      id: z.string(),
      at: z.string(),
      actor: z.string(),
      via: z.string(),
      action: z.string(),
      subject: z.string(),
      before: z.string(),
      after: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  ),
  cursor: z.string().optional(),
  checkpoint: z.object({ size: z.number(), root: z.string(), at: z.string(), note: z.string() }).optional(),
});

/** GET /api/volumes: 年终装订, what each volume would hold. `pages`: without contents and index. */
export const volumes = z.object({
  volumes: z.array(
    z.object({
      volume: z.number(),
      title: z.string(),
      entries: z.number(),
      withdrawn: z.number(),
      pages: z.number(),
      from: z.string(),
      to: z.string(),
    }),
  ),
});
