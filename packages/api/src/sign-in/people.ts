import {
  type Actor,
  allPeople,
  appoint,
  err,
  type Office,
  ok,
  type Person,
  type PersonChange,
  personById,
  type Refusal,
  type Result,
  type Role,
  refusal,
  savePerson,
} from '@gongkai/core';
import { given } from '../route/index.ts';
import { accountName, accountOf, accountWrite, newAccountWrites, readAccount } from './account.ts';
import { hashPassword, strongEnough } from './password.ts';

export type NewPerson = {
  readonly name: string;
  readonly account: string;
  /** Without one the person signs in by the office's provider alone. */
  readonly password?: string | undefined;
  readonly roles: readonly Role[];
  readonly department?: string | undefined;
  readonly email?: string | undefined;
};

const add = async (
  office: Office,
  who: Actor,
  wanted: NewPerson,
  founding: boolean,
  withoutPassword = false,
): Promise<Result<Person, Refusal>> => {
  const account = accountName(wanted.account);
  if (!/^[a-z0-9._-]{2,40}$/.test(account)) return err(refusal('invalid-input', { detail: 'account' }));
  const { password } = wanted;
  const strong =
    password === undefined && withoutPassword
      ? ok(undefined)
      : strongEnough(password ?? '', { account, name: wanted.name }, office.policy.password);
  if (!strong.ok) return strong;
  if (await readAccount(office, account)) return err(refusal('account-taken', { account }));
  const now = office.clock.now();
  const blank: Person = {
    id: office.ids.next('per'),
    name: wanted.name,
    department: wanted.department ?? '',
    email: wanted.email ?? '',
    roles: [],
    disabled: false,
    createdAt: now,
  };
  const others = await allPeople(office);
  const person = appoint(blank, { roles: [...wanted.roles] }, who, { now, others, founding });
  if (!person.ok) return person;
  const record = {
    account,
    person: person.value.id,
    password: password === undefined ? '' : await hashPassword(password, office.randomness),
    epoch: 0,
    passkeys: [],
    identities: [],
  };
  const saved = await savePerson(office, who, person.value, 'person.added', newAccountWrites(record));
  if (saved.ok) return person;
  return (await readAccount(office, account)) ? err(refusal('account-taken', { account })) : saved;
};

/** 添加人员, with their account. Refused: `account-taken`, `password-weak`, `roles-conflict`. */
export const addPerson = (
  office: Office,
  who: Actor,
  wanted: NewPerson,
  withoutPassword = false,
): Promise<Result<Person, Refusal>> => add(office, who, wanted, false, withoutPassword);

/** The person at the machine's own command line, who has the data folder anyway. */
const founder: Actor = { person: 'founder', name: '建立单位', account: 'founder', roles: [], via: 'cli' };

/**
 * The people with whom an office begins (`gongkai init`, the demonstration): their reviewing roles need not wait.
 * A founding that was killed half-way is simply run again: who is there already is refused as `changed-meanwhile`.
 * Once anybody has signed in, everyone new is refused with `not-allowed`: then an administrator adds them.
 */
export const foundPerson = async (office: Office, wanted: NewPerson): Promise<Result<Person, Refusal>> => {
  if (await readAccount(office, accountName(wanted.account))) return err(refusal('changed-meanwhile'));
  for (const { id } of await allPeople(office)) {
    const held = await accountOf(office, id);
    if (held?.record.lastSignIn !== undefined) return err(refusal('not-allowed', { role: 'administrator' }));
  }
  return add(office, founder, wanted, true);
};

/** 变更人员: what is not given stays. A new password or disabling ends all sessions of the person at once. */
export const changePerson = async (
  office: Office,
  who: Actor,
  id: string,
  change: PersonChange & { readonly password?: string | undefined },
): Promise<Result<Person, Refusal>> => {
  const before = await personById(office, id);
  const held = await accountOf(office, id);
  if (!before || !held) return err(refusal('not-found'));
  const { password, ...rest } = change;
  const now = office.clock.now();
  const next = appoint(before, given(rest), who, {
    now,
    others: await allPeople(office),
    passwordReset: password !== undefined,
  });
  if (!next.ok) return next;
  const { record } = held;
  if (password !== undefined) {
    const owner = { account: record.account, name: next.value.name };
    const strong = strongEnough(password, owner, office.policy.password);
    if (!strong.ok) return strong;
  }
  const ends = password !== undefined || next.value.disabled !== before.disabled;
  const hash = password === undefined ? record.password : await hashPassword(password, office.randomness);
  const writes = ends
    ? [accountWrite({ ...record, password: hash, epoch: record.epoch + 1 }, held.version)]
    : [];
  const saved = await savePerson(office, who, next.value, 'person.changed', writes);
  return saved.ok ? ok(next.value) : saved;
};
