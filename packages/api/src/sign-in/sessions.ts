import { type Key, type Office, personById, sha256Hex, type Write } from '@gongkai/core';
import * as z from 'zod';
import type { Caller } from '../route/index.ts';
import { type AccountRecord, accountOf } from './account.ts';

const sessionRecord = z.object({
  person: z.string(),
  /** The account's epoch when it began. */
  epoch: z.number().int(),
  beganAt: z.string(),
  seenAt: z.string(),
  confirmedUntil: z.string(),
  /** `oidc`: the office's own provider vouched for the person. */
  by: z.enum(['local', 'oidc']).default('local'),
});
type SessionRecord = z.infer<typeof sessionRecord>;

const sessionKey = (hash: string): Key => ({ partition: `session/${hash}`, sort: 'record' });

const after = (at: string, minutes: number): string =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString();

/** Over after so long without a request, and after so long in any case. */
const expiresAt = (office: Office, one: Pick<SessionRecord, 'beganAt' | 'seenAt'>): string => {
  const { idleMinutes, absoluteHours } = office.policy.session;
  const idle = Date.parse(after(one.seenAt, idleMinutes));
  const absolute = Date.parse(after(one.beganAt, absoluteHours * 60));
  return new Date(Math.min(idle, absolute)).toISOString();
};

const putSession = (office: Office, hash: string, data: SessionRecord, expect: 'absent' | number): Write => ({
  kind: 'put',
  key: sessionKey(hash),
  data,
  indexes: { due: { partition: 'rubbish', sort: `${expiresAt(office, data)}#${hash}` } },
  expect,
});

/** Whoever has just shown their password may decide for so long without showing it again. */
const confirmedUntil = (office: Office, now: string): string =>
  after(now, office.policy.session.reauthenticationMinutes);

/** A new session: the 256-bit id for the cookie, and the write that keeps its hash. */
export const beginSession = (
  office: Office,
  { person, epoch }: Pick<AccountRecord, 'person' | 'epoch'>,
  /** By the provider: when it last asked for the password, which may be hours ago. */
  oidc?: { readonly authenticatedAt: string },
): { id: string; write: Write } => {
  const now = office.clock.now();
  const id = Buffer.from(office.randomness.bytes(32)).toString('base64url');
  const data: SessionRecord = {
    person,
    epoch,
    beganAt: now,
    seenAt: now,
    confirmedUntil: confirmedUntil(office, oidc?.authenticatedAt ?? now),
    by: oidc ? 'oidc' : 'local',
  };
  return { id, write: putSession(office, sha256Hex(id), data, 'absent') };
};

const readSession = async (office: Office, hash: string) => {
  const row = await office.records.get(sessionKey(hash));
  return row && { data: sessionRecord.parse(row.data), version: row.version };
};

export const endSessionWrite = async (office: Office, hash: string): Promise<Write | undefined> => {
  const row = await office.records.get(sessionKey(hash));
  return row && { kind: 'delete', key: sessionKey(hash), expect: row.version };
};

/** Ends the session with this id, if there is one; a lost race is somebody else ending it. */
export const endSession = async (office: Office, id: string): Promise<void> => {
  const write = await endSessionWrite(office, sha256Hex(id));
  if (write) await office.records.commit([write]);
};

export const confirmSessionWrite = async (office: Office, hash: string): Promise<Write | undefined> => {
  const held = await readSession(office, hash);
  const until = confirmedUntil(office, office.clock.now());
  return held && putSession(office, hash, { ...held.data, confirmedUntil: until }, held.version);
};

export const hasSecondFactor = ({ totp, passkeys }: AccountRecord): boolean =>
  totp !== undefined || passkeys.length > 0;

/**
 * Who holds this session id now: its record, the person's record and the account are read at each request, so that
 * a disabled person, a changed role or a changed password counts at once.
 */
export const callerOfSession = async (office: Office, id: string): Promise<Caller | undefined> => {
  if (!/^[\w-]{43}$/.test(id)) return undefined;
  const hash = sha256Hex(id);
  const held = await readSession(office, hash);
  if (!held) return undefined;
  const now = office.clock.now();
  const { data } = held;
  if (expiresAt(office, data) <= now) return undefined;
  const person = await personById(office, data.person);
  const account = await accountOf(office, data.person);
  if (!person || person.disabled || !account || data.epoch !== account.record.epoch) return undefined;
  // Not at each request: a minute more or less of idle time is worth fewer writes. A lost race is another's touch.
  const touched = { ...data, seenAt: now };
  if (Date.parse(now) - Date.parse(data.seenAt) > 60_000)
    await office.records.commit([putSession(office, hash, touched, held.version)]);
  const { id: personId, name, roles, reviewerSince } = person;
  return {
    actor: { person: personId, name, roles, account: account.record.account, via: 'console', reviewerSince },
    person,
    account: account.record.account,
    // At the provider the second factor is the provider's, and was demanded there (oidc.ts).
    mustEnrol:
      office.policy.password.secondFactor === 'required' &&
      data.by === 'local' &&
      !hasSecondFactor(account.record),
    session: {
      hash,
      beganAt: data.beganAt,
      expiresAt: expiresAt(office, touched),
      confirmedUntil: data.confirmedUntil,
      by: data.by,
    },
  };
};
