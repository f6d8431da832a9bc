import {
  auditOf,
  auditWrites,
  commitWithAudit,
  err,
  holds,
  machine,
  type Office,
  ok,
  type Person,
  personById,
  type Refusal,
  type Result,
  refusal,
  type Write,
} from '@gongkai/core';
import type { Caller } from '../route/index.ts';
import { type AccountRecord, accountName, accountWrite, type HeldAccount, readAccount } from './account.ts';
import { countAttempt, forgiveAttempt } from './attempts.ts';
import { isPassword } from './password.ts';
import { beginSession, confirmSessionWrite } from './sessions.ts';
import { totpStep } from './totp.ts';

type Shown = { readonly password: string; readonly totp?: string | undefined };

const wrong = err(refusal('wrong-credentials'));

/** The record with this code used up; undefined when a code is needed and this is none. */
const withCode = (
  record: AccountRecord,
  code: string | undefined,
  now: string,
): AccountRecord | undefined => {
  if (!record.totp) return record;
  const step = totpStep(record.totp.secret, code ?? '', now, record.totp.lastStep);
  return step === undefined ? undefined : { ...record, totp: { ...record.totp, lastStep: step } };
};

const noteRefusal = async (office: Office, held: HeldAccount, address: string): Promise<void> => {
  const { account, person } = held.record;
  const event = auditOf(office, machine('sign-in'), 'session.refused', person, { account, address });
  await office.records.commit(auditWrites(event));
};

/**
 * Password and code against an account. Counted first, then checked; an account that does not exist takes as long
 * and gets the same answer. `also` makes the writes that go with the success, in the commit that uses up the code.
 */
const proven = async <T>(
  office: Office,
  typed: string,
  shown: Shown,
  address: string,
  also: (
    record: AccountRecord,
    person: Person,
  ) => Promise<
    Result<
      T & { event: Parameters<typeof auditWrites>[0]; writes: readonly Write[]; record: AccountRecord },
      Refusal
    >
  >,
): Promise<Result<T, Refusal>> => {
  const account = accountName(typed);
  const counted = await countAttempt(office, account, address);
  if (!counted.ok) return counted;
  const known = await readAccount(office, account);
  // Empty: nobody's password opens it.
  const right = await isPassword(shown.password, known?.record.password || undefined);
  if (!right.ok) return right;
  for (let tries = 0; tries < 5; tries += 1) {
    const held = await readAccount(office, account);
    if (!held) return wrong;
    const person = await personById(office, held.record.person);
    const record = withCode(held.record, shown.totp, office.clock.now());
    // The hash is compared again: the password may have been changed while this one was being checked.
    if (!right.value || !record || !person || person.disabled || record.password !== known?.record.password) {
      await noteRefusal(office, held, address);
      return wrong;
    }
    const next = await also(record, person);
    if (!next.ok) return next;
    const done = await commitWithAudit(office, next.value.event, [
      accountWrite(next.value.record, held.version),
      ...next.value.writes,
    ]);
    if (!done.ok) continue; // someone signed in at the same moment; the code may be used up now
    await forgiveAttempt(office, account, address);
    return next;
  }
  return err(refusal('changed-meanwhile'));
};

export type Local = 'everyone' | 'administrators';

/** Whether the office lets this person in without its provider. Told only to whoever has shown the password. */
export const mayBeLocal = (local: Local, person: Person): boolean =>
  local === 'everyone' || holds(person, 'administrator');

/** What follows a successful sign-in by whatever means: a new session, noted on the account and in the audit. */
export const begun = (
  office: Office,
  record: AccountRecord,
  person: Person,
  details: { readonly address: string } & (
    | { readonly by: 'password' | 'passkey' }
    | {
        readonly by: 'oidc';
        readonly issuer: string;
        readonly subject: string;
        readonly authenticatedAt: string;
      }
  ),
) => {
  const { id, write } = beginSession(office, record, details.by === 'oidc' ? details : undefined);
  const who = {
    person: person.id,
    name: person.name,
    account: record.account,
    roles: person.roles,
    via: 'console' as const,
  };
  return {
    id,
    event: auditOf(office, who, 'session.begun', person.id, { account: record.account, ...details }),
    writes: [write],
    record: { ...record, lastSignIn: office.clock.now() },
  };
};

/** 登录: gives the session's id for the cookie. Refused: `wrong-credentials`, `rate-limited`. */
export const signInWithPassword = (
  office: Office,
  given: Shown & { readonly account: string },
  address: string,
  local: Local = 'everyone',
): Promise<Result<{ id: string }, Refusal>> =>
  proven(office, given.account, given, address, async (record, person) =>
    mayBeLocal(local, person)
      ? ok(begun(office, record, person, { address, by: 'password' }))
      : err(refusal('local-sign-in-off')),
  );

/** 再次确认身份: the password again, for the steps that ask for it. */
export const confirmSession = (
  office: Office,
  caller: Caller,
  shown: Shown,
  address: string,
  local: Local = 'everyone',
): Promise<Result<object, Refusal>> =>
  proven(office, caller.account, shown, address, async (record, person) => {
    if (!mayBeLocal(local, person)) return err(refusal('local-sign-in-off'));
    const write = caller.session && (await confirmSessionWrite(office, caller.session.hash));
    if (!write) return err(refusal('not-signed-in'));
    const { reviewerSince: _, ...who } = caller.actor;
    return ok({
      event: auditOf(office, who, 'session.confirmed', caller.person.id, { address }),
      writes: [write],
      record,
    });
  });
