import { type AuditEvent, recordHash } from '../audit/index.ts';
import type { Office } from '../commands/office.ts';
import { type Actor, type Person, person } from '../people/index.ts';
import type { Key, Write } from '../ports/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { auditWrites } from './publications.ts';

export const personKey = (id: string): Key => ({ partition: 'people', sort: id });

export const personById = async (
  office: Pick<Office, 'records'>,
  id: string,
): Promise<Person | undefined> => {
  const row = await office.records.get(personKey(id));
  return row && person.parse(row.data);
};

/** A township has dozens of people, a county hundreds: one partition, read whole. */
export const allPeople = async (office: Pick<Office, 'records'>): Promise<readonly Person[]> => {
  const { rows } = await office.records.query({ partition: 'people', limit: 1000 });
  return rows.map((row) => person.parse(row.data));
};

/** Whether anybody has an account: without one nobody can sign in. */
export const isFounded = async (office: Pick<Office, 'records'>): Promise<boolean> =>
  (await office.records.query({ partition: 'people', limit: 1 })).rows.length > 0;

/** An audit entry that is about something other than a publication: people, sessions, settings. */
export const auditOf = (
  office: Office,
  who: Actor,
  action: string,
  subject: string,
  details: Record<string, unknown>,
): AuditEvent => ({
  id: office.ids.next('aud'),
  at: office.clock.now(),
  actor: who,
  action,
  subject,
  before: '',
  after: '',
  details,
  correlationId: subject,
});

/** Commits rows together with their audit entry: nothing changes without one. */
export const commitWithAudit = async (
  office: Office,
  event: AuditEvent,
  writes: readonly Write[],
): Promise<Result<void, Refusal>> => {
  const outcome = await office.records.commit([...writes, ...auditWrites(event)]);
  if (outcome.ok) office.committed?.();
  return outcome.ok ? ok(undefined) : err(refusal('changed-meanwhile'));
};

export const savePerson = async (
  office: Office,
  who: Actor,
  next: Person,
  action: 'person.added' | 'person.changed' | `identity.${'linked' | 'invited' | 'unlinked'}`,
  extra: readonly Write[] = [],
  details: Readonly<Record<string, unknown>> = {},
): Promise<Result<void, Refusal>> => {
  const before = await office.records.get(personKey(next.id));
  if ((before === undefined) !== (action === 'person.added')) return err(refusal('changed-meanwhile'));
  return commitWithAudit(
    office,
    {
      ...auditOf(office, who, action, next.id, {
        name: next.name,
        roles: next.roles,
        disabled: next.disabled,
        ...details,
      }),
      record: recordHash(next),
    },
    [{ kind: 'put', key: personKey(next.id), data: next, expect: before?.version ?? 'absent' }, ...extra],
  );
};
