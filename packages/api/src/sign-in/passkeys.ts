import {
  commitWithAudit,
  err,
  type Office,
  ok,
  personById,
  type Refusal,
  type Result,
  refusal,
} from '@gongkai/core';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Caller } from '../route/index.ts';
import {
  accountOf,
  accountWithPasskey,
  accountWrite,
  dropPasskeyWrite,
  newPasskeyWrite,
  type Passkey,
} from './account.ts';
import { keepChallenge, takeChallenge } from './challenge.ts';
import { changeAccount } from './own-account.ts';
import { begun, type Local, mayBeLocal } from './sign-in.ts';

/** The site that a passkey is bound to: the host in the address bar, and the origin of its pages. */
export type Site = { readonly id: string; readonly origin: string };

export type Answer = {
  readonly challenge: string;
  readonly name?: string | undefined;
  readonly response: Record<string, unknown>;
};

const wrong = err(refusal('wrong-credentials'));
const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'base64url'));

/** Half a second to load, and many offices never use it: loaded when the first passkey is. */
const webauthn = () => import('@simplewebauthn/server');

/** A hostile answer makes the library throw; for us that is the same as a wrong one. */
const verified = async <T>(check: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await check();
  } catch {
    return undefined;
  }
};

export const registrationOptions = async (office: Office, caller: Caller, site: Site) => {
  const held = await accountOf(office, caller.person.id);
  const options = await (await webauthn()).generateRegistrationOptions({
    rpName: office.policy.office.name,
    rpID: site.id,
    userName: caller.account,
    userDisplayName: caller.person.name,
    userID: Uint8Array.from(Buffer.from(caller.person.id)),
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: (held?.record.passkeys ?? []).map(({ id }) => ({ id })),
  });
  return { challenge: await keepChallenge(office, options.challenge, caller.person.id), options };
};

export const registerPasskey = async (
  office: Office,
  caller: Caller,
  site: Site,
  answer: Answer,
): Promise<Result<void, Refusal>> => {
  const expectedChallenge = await takeChallenge(office, answer.challenge, caller.person.id);
  if (expectedChallenge === undefined) return wrong;
  const outcome = await verified(async () =>
    (await webauthn()).verifyRegistrationResponse({
      response: answer.response as unknown as RegistrationResponseJSON,
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
    }),
  );
  if (!outcome?.verified) return wrong;
  const { id, publicKey, counter, transports = [] } = outcome.registrationInfo.credential;
  const passkey: Passkey = {
    id,
    name: answer.name ?? '',
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    transports: [...transports],
    createdAt: office.clock.now(),
  };
  return changeAccount(office, caller, 'account.passkey-added', async (record) =>
    ok({
      record: { ...record, passkeys: [...record.passkeys, passkey] },
      value: undefined,
      details: { passkey: id, name: passkey.name },
      writes: [newPasskeyWrite(id, record.account)],
    }),
  );
};

export const dropPasskey = (office: Office, caller: Caller, id: string): Promise<Result<void, Refusal>> =>
  changeAccount(office, caller, 'account.passkey-removed', async (record) => {
    const passkeys = record.passkeys.filter((one) => one.id !== id);
    if (passkeys.length === record.passkeys.length) return err(refusal('not-found'));
    if (office.policy.password.secondFactor === 'required' && passkeys.length === 0 && !record.totp)
      return err(refusal('second-factor-needed'));
    const writes = [dropPasskeyWrite(id)];
    return ok({ record: { ...record, passkeys }, value: undefined, details: { passkey: id }, writes });
  });

/** Nobody is named: the authenticator offers the accounts that it knows for this site. */
export const signInOptions = async (office: Office, site: Site) => {
  const options = await (await webauthn()).generateAuthenticationOptions({
    rpID: site.id,
    userVerification: 'required',
  });
  return { challenge: await keepChallenge(office, options.challenge, ''), options };
};

/** 通行密钥登录: with the person verified by the device, it is both factors at once. */
export const signInWithPasskey = async (
  office: Office,
  site: Site,
  answer: Answer,
  address: string,
  local: Local = 'everyone',
): Promise<Result<{ id: string }, Refusal>> => {
  const expectedChallenge = await takeChallenge(office, answer.challenge, '');
  const credential = answer.response.id;
  if (expectedChallenge === undefined || typeof credential !== 'string') return wrong;
  const held = await accountWithPasskey(office, credential);
  const passkey = held?.record.passkeys.find(({ id }) => id === credential);
  if (!held || !passkey) return wrong;
  const outcome = await verified(async () =>
    (await webauthn()).verifyAuthenticationResponse({
      response: answer.response as unknown as AuthenticationResponseJSON,
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      credential: { id: passkey.id, publicKey: bytes(passkey.publicKey), counter: passkey.counter },
      requireUserVerification: true,
    }),
  );
  const person = await personById(office, held.record.person);
  if (!outcome?.verified || !person || person.disabled) return wrong;
  if (!mayBeLocal(local, person)) return err(refusal('local-sign-in-off'));
  const used = { ...passkey, counter: outcome.authenticationInfo.newCounter, lastUsedAt: office.clock.now() };
  const record = {
    ...held.record,
    passkeys: held.record.passkeys.map((one) => (one.id === used.id ? used : one)),
  };
  const next = begun(office, record, person, { address, by: 'passkey' });
  const done = await commitWithAudit(office, next.event, [
    accountWrite(next.record, held.version),
    ...next.writes,
  ]);
  return done.ok ? ok({ id: next.id }) : done;
};
