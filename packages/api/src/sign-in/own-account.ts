import {
  type Actor,
  auditOf,
  commitWithAudit,
  err,
  type Office,
  ok,
  type Refusal,
  type Result,
  refusal,
  type Write,
} from '@gongkai/core';
import type { Caller } from '../route/index.ts';
import { type AccountRecord, accountOf, accountWrite } from './account.ts';
import { hashPassword, strongEnough } from './password.ts';
import { beginSession } from './sessions.ts';
import { newTotpSecret, totpStep, totpUri } from './totp.ts';

export const actorOf = ({ actor: { reviewerSince: _, ...who } }: Caller): Actor => who;

/** Changes one's own account in one audited commit. */
export const changeAccount = async <T>(
  office: Office,
  caller: Caller,
  action: string,
  change: (
    record: AccountRecord,
  ) => Promise<Result<{ record: AccountRecord; value: T; details?: object; writes?: Write[] }, Refusal>>,
): Promise<Result<T, Refusal>> => {
  const held = await accountOf(office, caller.person.id);
  if (!held) return err(refusal('not-found'));
  const next = await change(held.record);
  if (!next.ok) return next;
  const { record, value, details = {}, writes = [] } = next.value;
  const event = auditOf(office, actorOf(caller), action, caller.person.id, { ...details });
  const done = await commitWithAudit(office, event, [accountWrite(record, held.version), ...writes]);
  return done.ok ? ok(value) : done;
};

/** All other sessions end; this one goes on under a new id, which is the answer. */
export const changePassword = (office: Office, caller: Caller, password: string) =>
  changeAccount(office, caller, 'account.password-changed', async (record) => {
    const owner = { account: record.account, name: caller.person.name };
    const strong = strongEnough(password, owner, office.policy.password);
    if (!strong.ok) return strong;
    const hash = await hashPassword(password, office.randomness);
    const next = { ...record, password: hash, epoch: record.epoch + 1 };
    const { id, write } = beginSession(office, next);
    return ok({ record: next, value: id, writes: [write] });
  });

export const offerTotp = (office: Office, caller: Caller) =>
  changeAccount(office, caller, 'account.totp-offered', async (record) => {
    const secret = newTotpSecret(office.randomness);
    const uri = totpUri(secret, record.account, office.policy.office.name);
    return ok({ record: { ...record, totpOffered: secret }, value: { secret, uri } });
  });

export const activateTotp = (office: Office, caller: Caller, code: string) =>
  changeAccount(office, caller, 'account.totp-activated', async ({ totpOffered, ...record }) => {
    if (totpOffered === undefined) return err(refusal('not-found'));
    const lastStep = totpStep(totpOffered, code, office.clock.now(), 0);
    if (lastStep === undefined) return err(refusal('wrong-credentials'));
    return ok({ record: { ...record, totp: { secret: totpOffered, lastStep } }, value: undefined });
  });

export const dropTotp = (office: Office, caller: Caller) =>
  changeAccount(office, caller, 'account.totp-removed', async ({ totp: _, ...record }) =>
    office.policy.password.secondFactor === 'required' && record.passkeys.length === 0
      ? err(refusal('second-factor-needed'))
      : ok({ record, value: undefined }),
  );
