import {
  type Actor,
  allPeople,
  appoint,
  auditOf,
  commitWithAudit,
  err,
  type Key,
  machine,
  type Office,
  personById,
  type Refusal,
  type Result,
  refusal,
  savePerson,
  sha256Hex,
  type Write,
} from '@gongkai/core';
import { type AccountRecord, accountOf, accountWrite, type HeldAccount } from './account.ts';

/** Who vouches, and for whom. Two issuers may use the same subject for different people. */
export type Identity = { readonly issuer: string; readonly subject: string };

const invitationDays = 30;

const identityKey = ({ issuer, subject }: Identity): Key => ({
  partition: `identity/${sha256Hex(JSON.stringify([issuer, subject]))}`,
  sort: 'person',
});
const invitationKey = (issuer: string, claim: string, value: string): Key => ({
  partition: `invitation/${sha256Hex(JSON.stringify([issuer, claim, value]))}`,
  sort: 'person',
});

const personAt = async (office: Office, key: Key) => {
  const row = await office.records.get(key);
  return typeof row?.data === 'string' ? { person: row.data, version: row.version } : undefined;
};

export const accountOfIdentity = async (
  office: Office,
  identity: Identity,
): Promise<HeldAccount | undefined> => {
  const found = await personAt(office, identityKey(identity));
  return found && accountOf(office, found.person);
};

export const identityAt = ({ identities }: AccountRecord, issuer: string) =>
  identities.find((one) => one.issuer === issuer);

/** What goes with the end of an invitation: its row, and its line in the account. */
const withoutInvitation = async (office: Office, { invitation, ...record }: AccountRecord) => {
  if (!invitation) return { record: { ...record }, writes: [] };
  const key = invitationKey(invitation.issuer, invitation.claim, invitation.value);
  const row = await personAt(office, key);
  const writes: Write[] = row?.person === record.person ? [{ kind: 'delete', key, expect: row.version }] : [];
  return { record: { ...record }, writes };
};

const taken = async (office: Office, key: Key): Promise<Refusal | undefined> => {
  const row = await personAt(office, key);
  if (!row) return undefined;
  const name = (await personById(office, row.person))?.name ?? row.person;
  return refusal('identity-taken', { name });
};

/**
 * 关联统一身份: by the subject itself, or kept for whoever first comes with this value of the claim (工号). Like a password
 * that somebody else has set, it gives a way to sign in as this person: their reviewing roles wait anew.
 */
export const linkIdentity = async (
  office: Office,
  who: Actor,
  id: string,
  to: Identity | { readonly issuer: string; readonly claim: string; readonly value: string },
): Promise<Result<void, Refusal>> => {
  const before = await personById(office, id);
  const held = await accountOf(office, id);
  if (!before || !held) return err(refusal('not-found'));
  if (identityAt(held.record, to.issuer)) return err(refusal('identity-present'));
  const now = office.clock.now();
  const next = appoint(before, {}, who, { now, others: await allPeople(office), passwordReset: true });
  if (!next.ok) return next;
  const key = 'subject' in to ? identityKey(to) : invitationKey(to.issuer, to.claim, to.value);
  const { record, writes } = await withoutInvitation(office, held.record);
  const same = writes.some((one) => one.key.partition === key.partition);
  const other = same ? undefined : await taken(office, key);
  if (other) return err(other);
  const until = new Date(Date.parse(now) + invitationDays * 86_400_000).toISOString();
  const changed: AccountRecord =
    'subject' in to
      ? { ...record, identities: [...record.identities, { ...to, linkedAt: now }] }
      : { ...record, invitation: { ...to, until } };
  // The same invitation again only lasts longer.
  const put: Write = {
    kind: 'put',
    key,
    data: id,
    expect: same ? ((await personAt(office, key))?.version ?? 'absent') : 'absent',
    ...('subject' in to
      ? {}
      : { indexes: { due: { partition: 'rubbish', sort: `${until}#${key.partition}` } } }),
  };
  const action = 'subject' in to ? 'identity.linked' : 'identity.invited';
  return savePerson(
    office,
    who,
    next.value,
    action,
    [accountWrite(changed, held.version), ...(same ? [] : writes), put],
    { ...to },
  );
};

/** 解除关联: whoever is signed in as this person is out at once. */
export const unlinkIdentity = async (
  office: Office,
  who: Actor,
  id: string,
  issuer: string,
): Promise<Result<void, Refusal>> => {
  const person = await personById(office, id);
  const held = await accountOf(office, id);
  if (!person || !held) return err(refusal('not-found'));
  const identity = identityAt(held.record, issuer);
  if (!identity && !held.record.invitation) return err(refusal('not-found'));
  const { record, writes } = await withoutInvitation(office, held.record);
  const row = identity && (await personAt(office, identityKey(identity)));
  const drop: Write[] =
    identity && row ? [{ kind: 'delete', key: identityKey(identity), expect: row.version }] : [];
  const changed = {
    ...record,
    identities: record.identities.filter((one) => one.issuer !== issuer),
    epoch: record.epoch + 1,
  };
  return savePerson(
    office,
    who,
    person,
    'identity.unlinked',
    [accountWrite(changed, held.version), ...writes, ...drop],
    { issuer, ...(identity ? { subject: identity.subject } : {}) },
  );
};

/** Somebody unknown comes with a claim for which an invitation waits: from now on they are that person. Once. */
export const takeInvitation = async (
  office: Office,
  identity: Identity,
  claim: string,
  value: string,
): Promise<HeldAccount | undefined> => {
  const invited = await personAt(office, invitationKey(identity.issuer, claim, value));
  const held = invited && (await accountOf(office, invited.person));
  const person = held && (await personById(office, held.record.person));
  const invitation = held?.record.invitation;
  const now = office.clock.now();
  if (!held || !person || person.disabled || !invitation || invitation.until <= now) return undefined;
  if (invitation.claim !== claim || invitation.value !== value || invitation.issuer !== identity.issuer)
    return undefined;
  if (identityAt(held.record, identity.issuer)) return undefined;
  const { record, writes } = await withoutInvitation(office, held.record);
  const changed = { ...record, identities: [...record.identities, { ...identity, linkedAt: now }] };
  const event = auditOf(office, machine('sign-in'), 'identity.linked', person.id, {
    ...identity,
    claim,
    value,
  });
  await commitWithAudit(office, event, [
    accountWrite(changed, held.version),
    ...writes,
    { kind: 'put', key: identityKey(identity), data: person.id, expect: 'absent' },
  ]);
  // Also when somebody was faster: then it is theirs, and the records say so.
  return accountOfIdentity(office, identity);
};

export const identityViews = (record: AccountRecord | undefined, issuer: string | undefined, now: string) => {
  const identity = record?.identities.find((one) => issuer === undefined || one.issuer === issuer);
  const invited = record?.invitation;
  return { ...(identity ? { identity } : {}), ...(invited && invited.until > now ? { invited } : {}) };
};
