import { type Key, type Office, personById, sha256Hex, type Write } from '@gongkai/core';
import * as z from 'zod';
import type { Caller } from '../route/index.ts';
import { accountOf } from './account.ts';

export const tokenRecord = z.object({
  id: z.string(),
  person: z.string(),
  name: z.string(),
  /** SHA-256 of the secret part. It has 256 random bits: nothing slower is needed. */
  hash: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  /** The account's epoch when it was made: a new password or a disabled person ends tokens as it ends sessions. */
  epoch: z.number().int().default(0),
});
export type TokenRecord = z.infer<typeof tokenRecord>;

const tokenKey = (id: string): Key => ({ partition: `token/${id}`, sort: 'record' });
const useKey = (id: string): Key => ({ partition: `token-use/${id}`, sort: 'record' });

/** A new token: `gk_<id>_<secret>` to be shown once, and the write that keeps its hash. */
export const newToken = (
  office: Office,
  person: string,
  given: { name: string; days: number; epoch: number },
): { token: string; record: TokenRecord; write: Write } => {
  const now = office.clock.now();
  const id = Buffer.from(office.randomness.bytes(9)).toString('hex');
  const secret = Buffer.from(office.randomness.bytes(32)).toString('base64url');
  const record: TokenRecord = {
    id,
    person,
    name: given.name,
    hash: sha256Hex(secret),
    createdAt: now,
    expiresAt: new Date(Date.parse(now) + given.days * 86_400_000).toISOString(),
    epoch: given.epoch,
  };
  const write: Write = {
    kind: 'put',
    key: tokenKey(id),
    data: record,
    indexes: { work: { partition: `tokens/${person}`, sort: `${now}#${id}` } },
    expect: 'absent',
  };
  return { token: `gk_${id}_${secret}`, record, write };
};

export const tokensOf = async (office: Office, person: string) => {
  const { rows } = await office.records.query({ index: 'work', partition: `tokens/${person}`, limit: 200 });
  return Promise.all(
    rows.map(async (row) => {
      const record = tokenRecord.parse(row.data);
      const use = await office.records.get(useKey(record.id));
      const lastUsedAt = typeof use?.data === 'string' ? use.data : undefined;
      return { record, version: row.version, lastUsedAt };
    }),
  );
};

export const dropTokenWrite = (id: string, version: number): Write => ({
  kind: 'delete',
  key: tokenKey(id),
  expect: version,
});

const noteUse = async (office: Office, id: string, now: string): Promise<void> => {
  const row = await office.records.get(useKey(id));
  const last = typeof row?.data === 'string' ? row.data : '';
  if (last !== '' && Date.parse(now) - Date.parse(last) < 600_000) return;
  await office.records.commit([
    { kind: 'put', key: useKey(id), data: now, expect: row?.version ?? 'absent' },
  ]);
};

/** Whose token this is. Roles are read live; a token of someone disabled or expired is nobody's. */
export const callerOfToken = async (office: Office, authorization: string): Promise<Caller | undefined> => {
  const match = /^bearer gk_([0-9a-f]{18})_([\w-]{43})$/i.exec(authorization);
  if (!match) return undefined;
  const [, id = '', secret = ''] = match;
  const row = await office.records.get(tokenKey(id));
  const record = row && tokenRecord.parse(row.data);
  const now = office.clock.now();
  // Hashes of 256 random bits are compared: how long that takes tells nothing about the secret.
  if (!record || record.hash !== sha256Hex(secret) || record.expiresAt <= now) return undefined;
  const person = await personById(office, record.person);
  const account = await accountOf(office, record.person);
  if (!person || person.disabled || !account || record.epoch !== account.record.epoch) return undefined;
  await noteUse(office, id, now);
  const { id: personId, name, roles, reviewerSince } = person;
  return {
    actor: {
      person: personId,
      name,
      roles,
      account: `${account.record.account}/${id}`,
      via: 'token',
      reviewerSince,
    },
    person,
    account: account.record.account,
    mustEnrol: false,
  };
};
