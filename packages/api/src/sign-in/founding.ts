import {
  type Actor,
  err,
  type Office,
  ok,
  type Person,
  person,
  type Refusal,
  type Result,
  type Role,
  refusal,
  savePerson,
} from '@gongkai/core';
import { accountName, newAccountWrites, readAccount } from './account.ts';
import { hashPassword, strongEnough } from './password.ts';

/** The person at the machine's own command line, who has the data folder anyway. */
const founder: Actor = { person: 'founder', name: '建立单位', account: 'founder', roles: [], via: 'cli' };

/**
 * One of the people with whom an office begins (`gongkai init`, the demonstration). They have no waiting time as
 * reviewers; everyone who comes later is added by the administrator and has one.
 * Refused: `invalid-input` (account name), `password-weak`, `changed-meanwhile` (account taken).
 */
export const foundPerson = async (
  office: Office,
  given: {
    account: string;
    name: string;
    password: string;
    roles: readonly Role[];
    department?: string;
    email?: string;
  },
): Promise<Result<Person, Refusal>> => {
  const account = accountName(given.account);
  if (!/^[a-z0-9._-]{2,40}$/.test(account)) return err(refusal('invalid-input', { detail: account }));
  const strong = strongEnough(given.password, { account, name: given.name }, office.policy.password);
  if (!strong.ok) return strong;
  if (await readAccount(office, account)) return err(refusal('changed-meanwhile'));
  const now = office.clock.now();
  const made = person.parse({
    id: office.ids.next('per'),
    name: given.name,
    department: given.department,
    email: given.email,
    roles: given.roles,
    createdAt: now,
  });
  const record = {
    account,
    person: made.id,
    password: await hashPassword(given.password, office.randomness),
    sessionsFrom: now,
    passkeys: [],
  };
  const saved = await savePerson(office, founder, made, 'person.added', newAccountWrites(record));
  return saved.ok ? ok(made) : saved;
};
