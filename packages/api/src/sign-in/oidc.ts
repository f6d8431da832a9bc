import {
  auditOf,
  auditWrites,
  commitWithAudit,
  err,
  type Key,
  machine,
  type Office,
  ok,
  personById,
  type Refusal,
  type Result,
  refusal,
  sha256Hex,
} from '@gongkai/core';
import * as z from 'zod';
import type { Caller, Log } from '../route/index.ts';
import { accountOf, accountWrite } from './account.ts';
import { accountOfIdentity, identityAt, takeInvitation } from './identities.ts';
import { notBefore, type Proof, type Provider } from './provider.ts';
import { confirmSessionWrite } from './sessions.ts';
import { begun } from './sign-in.ts';

const minutesToReturn = 10;

/** One way to the provider and back. Kept here, not in the browser: what comes back must be what was sent. */
const errand = z.object({
  /** Hash of the cookie of the browser that was sent. */
  browser: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  beganAt: z.string(),
  until: z.string(),
  /** Present: to confirm the person of this session; absent: to sign in. */
  confirms: z.object({ session: z.string(), person: z.string() }).optional(),
});
type Errand = z.infer<typeof errand>;

const errandKey = (state: string): Key => ({
  partition: `challenge/oidc-${sha256Hex(state)}`,
  sort: 'record',
});

const secret = (office: Office): string => Buffer.from(office.randomness.bytes(32)).toString('base64url');

export type Asked = { readonly office: Office; readonly log: Log; readonly address: string };

/** Sends a browser to the provider. It may be sent twice (double click, two tabs): each has a state of its own. */
export const beginErrand = async (
  provider: Provider,
  { office, log }: Asked,
  /** The cookie that the browser has from an earlier one, if any. */
  cookie: string | undefined,
  confirming?: Caller,
): Promise<Result<{ url: string; cookie: string }, Refusal>> => {
  const now = office.clock.now();
  const browser = cookie ?? secret(office);
  const sent = { state: secret(office), nonce: secret(office), verifier: secret(office) };
  const maxAge = confirming === undefined ? office.policy.session.absoluteHours * 3600 : 0;
  const there = await provider.begin(sent, maxAge, now, log);
  if (!there.ok) return there;
  const data: Errand = {
    browser: sha256Hex(browser),
    nonce: sent.nonce,
    verifier: sent.verifier,
    beganAt: now,
    until: new Date(Date.parse(now) + minutesToReturn * 60_000).toISOString(),
    ...(confirming?.session
      ? { confirms: { session: confirming.session.hash, person: confirming.person.id } }
      : {}),
  };
  await office.records.commit([
    {
      kind: 'put',
      key: errandKey(sent.state),
      data,
      indexes: { due: { partition: 'rubbish', sort: `${data.until}#${sha256Hex(sent.state)}` } },
      expect: 'absent',
    },
  ]);
  return ok({ url: there.value, cookie: browser });
};

/** Takes the errand out, once; somebody else's browser can neither use it nor use it up. */
const takeErrand = async (office: Office, state: string, browser: string): Promise<Errand | undefined> => {
  if (!/^[\w-]{43}$/.test(state)) return undefined;
  const key = errandKey(state);
  const row = await office.records.get(key);
  const held = row && errand.parse(row.data);
  if (!row || held?.browser !== sha256Hex(browser)) return undefined;
  const taken = await office.records.commit([{ kind: 'delete', key, expect: row.version }]);
  return taken.ok && held.until > office.clock.now() ? held : undefined;
};

/** How strongly the provider has checked, where the office asks for it. */
const strongEnough = (office: Office, { options }: Provider, { claims }: Proof): Result<void, Refusal> => {
  const { acr } = options;
  // A second factor is demanded and the provider is not asked to attest one: then it is not one.
  if (acr.length === 0)
    return office.policy.password.secondFactor === 'required'
      ? err(refusal('oidc-weak', { detail: 'acr' }))
      : ok(undefined);
  return typeof claims.acr === 'string' && acr.includes(claims.acr)
    ? ok(undefined)
    : err(refusal('oidc-weak', { detail: acr.join(' / ') }));
};

/** Text or a number; an address of mail counts only when the provider has verified it. */
const invitationValue = (claim: string, claims: Proof['claims']): string | undefined => {
  if (claim === 'email' && claims.email_verified !== true) return undefined;
  const value = claims[claim];
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  return text === '' ? undefined : text;
};

const noteRefusal = async (office: Office, subject: string, details: Record<string, unknown>) => {
  await office.records.commit(
    auditWrites(auditOf(office, machine('sign-in'), 'session.refused', subject, details)),
  );
};

/** Who of us that is: by issuer and subject, never by a name or an address. What else the token says is not asked. */
const personOf = async (office: Office, { options }: Provider, { subject, claims }: Proof) => {
  const identity = { issuer: options.issuer, subject };
  const known = await accountOfIdentity(office, identity);
  if (known || options.claim === undefined) return known;
  const value = invitationValue(options.claim, claims);
  return value === undefined ? undefined : takeInvitation(office, identity, options.claim, value);
};

const signIn = async (
  provider: Provider,
  { office, address }: Asked,
  proof: Proof,
): Promise<Result<{ id: string }, Refusal>> => {
  const { issuer } = provider.options;
  const { subject } = proof;
  for (let tries = 0; tries < 5; tries += 1) {
    const held = await personOf(office, provider, proof);
    const person = held && (await personById(office, held.record.person));
    if (!held || !person) {
      await noteRefusal(office, 'oidc', { issuer, subject, address });
      return err(refusal('oidc-unknown', { subject }));
    }
    if (person.disabled) {
      await noteRefusal(office, person.id, { issuer, subject, address });
      return err(refusal('person-disabled'));
    }
    // It may have asked hours ago: the session begins, but what must be confirmed is not. Where it does not tell: never.
    const toldAt = Date.parse(proof.authenticatedAt ?? new Date(0).toISOString());
    const next = begun(office, held.record, person, {
      address,
      by: 'oidc',
      issuer,
      subject,
      authenticatedAt: new Date(Math.min(toldAt, Date.parse(office.clock.now()))).toISOString(),
    });
    const done = await commitWithAudit(office, next.event, [
      accountWrite(next.record, held.version),
      ...next.writes,
    ]);
    if (done.ok) return ok({ id: next.id });
  }
  return err(refusal('changed-meanwhile'));
};

/** 再次确认身份: the same person, asked anew by the provider after this errand began, at the session that asked for it. */
const confirm = async (
  provider: Provider,
  { office, address }: Asked,
  proof: Proof,
  { confirms, beganAt }: Errand,
  caller: Caller | undefined,
): Promise<Result<{ id?: undefined }, Refusal>> => {
  const { issuer } = provider.options;
  if (!caller?.session || caller.session.hash !== confirms?.session || caller.person.id !== confirms.person)
    return err(refusal('not-signed-in'));
  const held = await accountOf(office, caller.person.id);
  if (!held || identityAt(held.record, issuer)?.subject !== proof.subject) {
    await noteRefusal(office, caller.person.id, { issuer, subject: proof.subject, address });
    return err(refusal('oidc-other-person'));
  }
  if (proof.authenticatedAt === undefined || !notBefore(proof.authenticatedAt, beganAt))
    return err(refusal('oidc-not-fresh'));
  const write = await confirmSessionWrite(office, caller.session.hash);
  if (!write) return err(refusal('not-signed-in'));
  const { reviewerSince: _, ...who } = caller.actor;
  const event = auditOf(office, who, 'session.confirmed', caller.person.id, {
    address,
    by: 'oidc',
    issuer,
    subject: proof.subject,
  });
  const done = await commitWithAudit(office, event, [write]);
  return done.ok ? ok({}) : done;
};

/** The browser is back. `id`: of the new session; without one, the session that it had is confirmed. */
export const finishErrand = async (
  provider: Provider,
  asked: Asked,
  { query, cookie, caller }: { query: string; cookie: string | undefined; caller: Caller | undefined },
): Promise<Result<{ readonly id?: string | undefined }, Refusal>> => {
  const { office, log } = asked;
  if (cookie === undefined)
    return err(refusal('oidc-cookie-missing', { address: `${office.publicUrl}/console/` }));
  const answer = new URLSearchParams(query);
  const state = answer.get('state') ?? '';
  const held = await takeErrand(office, state, cookie);
  if (!held) return err(refusal('oidc-not-begun'));
  const sent = { state, nonce: held.nonce, verifier: held.verifier };
  const proof = await provider.redeem(answer, sent, office.clock.now(), log);
  if (!proof.ok) return proof;
  const strong = strongEnough(office, provider, proof.value);
  if (!strong.ok) return strong;
  return held.confirms
    ? confirm(provider, asked, proof.value, held, caller)
    : signIn(provider, asked, proof.value);
};
