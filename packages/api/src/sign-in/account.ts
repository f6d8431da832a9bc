import type { Key, Office, Write } from '@gongkai/core';
import * as z from 'zod';

const passkey = z.object({
  id: z.string(),
  name: z.string(),
  /** COSE public key, base64url. */
  publicKey: z.string(),
  counter: z.number(),
  transports: z.array(z.string()).default([]),
  createdAt: z.string(),
  lastUsedAt: z.string().optional(),
});
export type Passkey = z.infer<typeof passkey>;

/** How a person signs in on this machine. One account for a person; the rules compare persons in any case. */
export const accountRecord = z.object({
  account: z.string(),
  person: z.string(),
  /** PHC string (password.ts); empty for somebody who signs in by the office's provider alone. */
  password: z.string(),
  /** Counts up when all sessions have to end: those of an earlier epoch are over. */
  epoch: z.number().int().default(0),
  totp: z.object({ secret: z.string(), lastStep: z.number() }).optional(),
  /** Shown but not yet confirmed by a code. */
  totpOffered: z.string().optional(),
  passkeys: z.array(passkey).default([]),
  /** Who they are at the office's own provider: one subject for each issuer. */
  identities: z
    .array(z.object({ issuer: z.string(), subject: z.string(), linkedAt: z.string() }))
    .default([]),
  /** Whoever first signs in there with this claim is this person. */
  invitation: z
    .object({ issuer: z.string(), claim: z.string(), value: z.string(), until: z.string() })
    .optional(),
  lastSignIn: z.string().optional(),
});
export type AccountRecord = z.infer<typeof accountRecord>;

export type HeldAccount = { readonly record: AccountRecord; readonly version: number };

/** One spelling for one account. */
export const accountName = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();

const accountKey = (account: string): Key => ({ partition: `account/${account}`, sort: 'record' });
const accountOfKey = (person: string): Key => ({ partition: `account-of/${person}`, sort: 'account' });
const passkeyKey = (id: string): Key => ({ partition: `passkey/${id}`, sort: 'account' });

const plausible = (account: string): boolean => /^[a-z0-9._-]{2,40}$/.test(account);

export const readAccount = async (
  office: Pick<Office, 'records'>,
  account: string,
): Promise<HeldAccount | undefined> => {
  if (!plausible(account)) return undefined;
  const row = await office.records.get(accountKey(account));
  return row && { record: accountRecord.parse(row.data), version: row.version };
};

export const accountOf = async (
  office: Pick<Office, 'records'>,
  person: string,
): Promise<HeldAccount | undefined> => {
  const row = await office.records.get(accountOfKey(person));
  return typeof row?.data === 'string' ? readAccount(office, row.data) : undefined;
};

export const accountWithPasskey = async (
  office: Pick<Office, 'records'>,
  id: string,
): Promise<HeldAccount | undefined> => {
  if (!/^[\w-]{1,500}$/.test(id)) return undefined;
  const row = await office.records.get(passkeyKey(id));
  return typeof row?.data === 'string' ? readAccount(office, row.data) : undefined;
};

export const newAccountWrites = (record: AccountRecord): Write[] => [
  { kind: 'put', key: accountKey(record.account), data: record, expect: 'absent' },
  { kind: 'put', key: accountOfKey(record.person), data: record.account, expect: 'absent' },
];

export const accountWrite = (record: AccountRecord, version: number): Write => ({
  kind: 'put',
  key: accountKey(record.account),
  data: record,
  expect: version,
});

export const newPasskeyWrite = (id: string, account: string): Write => ({
  kind: 'put',
  key: passkeyKey(id),
  data: account,
  expect: 'absent',
});

export const dropPasskeyWrite = (id: string): Write => ({ kind: 'delete', key: passkeyKey(id), expect: 1 });
