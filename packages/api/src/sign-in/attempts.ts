import {
  err,
  type IndexPlaces,
  type Key,
  type Office,
  ok,
  type Refusal,
  type Result,
  refusal,
  sha256Hex,
} from '@gongkai/core';
import * as z from 'zod';

const attempts = z.object({ failures: z.number(), blockedUntil: z.string(), at: z.string() });
type Attempts = z.infer<typeof attempts>;

const day = 86_400_000;
/** Behind one address there may be a whole office: it has more tries than one account. */
const addressFactor = 10;

const after = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();

const keyOf = (what: string): Key => ({ partition: `attempt/${sha256Hex(what)}`, sort: 'record' });

const placesOf = (one: Attempts, key: Key): IndexPlaces => ({
  due: { partition: 'rubbish', sort: `${after(one.at, day)}#${key.partition}` },
});

/** 30 s after the last free try, then twice as long each time, up to the policy's lock. */
const blockedUntil = (office: Office, failures: number, free: number, now: string): string => {
  if (failures < free) return now;
  const most = office.policy.password.lockMinutes * 60;
  return after(now, Math.min(most, 30 * 2 ** Math.min(20, failures - free)) * 1000);
};

const read = async (office: Office, key: Key, now: string) => {
  const row = await office.records.get(key);
  const held = row && attempts.parse(row.data);
  const forgotten = held === undefined || Date.parse(now) - Date.parse(held.at) > day;
  return { version: row?.version ?? 0, held: forgotten ? undefined : held };
};

const count = async (office: Office, what: string, free: number): Promise<Result<void, Refusal>> => {
  const key = keyOf(what);
  for (let tries = 0; tries < 20; tries += 1) {
    const now = office.clock.now();
    const { version, held } = await read(office, key, now);
    if (held && held.blockedUntil > now) {
      const seconds = Math.ceil((Date.parse(held.blockedUntil) - Date.parse(now)) / 1000);
      return err(refusal('rate-limited', { seconds }));
    }
    const failures = (held?.failures ?? 0) + 1;
    const next: Attempts = { failures, at: now, blockedUntil: blockedUntil(office, failures, free, now) };
    const outcome = await office.records.commit([
      {
        kind: 'put',
        key,
        data: next,
        indexes: placesOf(next, key),
        expect: version === 0 ? 'absent' : version,
      },
    ]);
    if (outcome.ok) return ok(undefined);
  }
  return err(refusal('rate-limited', { seconds: 5 }));
};

/** Takes back `by` failures; a success of one account does not wash an address clean of the others. */
const forgive = async (office: Office, what: string, by: number): Promise<void> => {
  const key = keyOf(what);
  for (let tries = 0; tries < 20; tries += 1) {
    const now = office.clock.now();
    const { version, held } = await read(office, key, now);
    if (version === 0 || !held) return;
    const failures = Math.max(0, held.failures - by);
    const next: Attempts = { failures, at: held.at, blockedUntil: now };
    const outcome = await office.records.commit([
      { kind: 'put', key, data: next, indexes: placesOf(next, key), expect: version },
    ]);
    if (outcome.ok) return;
  }
};

/**
 * Counts a try to sign in before the password is looked at: of a hundred guesses sent at once, five are looked at.
 * Kept in the records, so that a restart forgives nobody. An account that does not exist is counted like any other.
 */
export const countAttempt = async (
  office: Office,
  account: string,
  address: string,
): Promise<Result<void, Refusal>> => {
  const free = office.policy.password.maxFailures;
  const here = await count(office, `address ${address}`, free * addressFactor);
  return here.ok ? count(office, `account ${account}`, free) : here;
};

export const forgiveAttempt = async (office: Office, account: string, address: string): Promise<void> => {
  await forgive(office, `account ${account}`, Number.MAX_SAFE_INTEGER);
  await forgive(office, `address ${address}`, 1);
};
