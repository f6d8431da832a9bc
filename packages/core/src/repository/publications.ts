import { type AuditEvent, recordHash } from '../audit/index.ts';
import type { Office } from '../commands/office.ts';
import { utf8 } from '../hash/index.ts';
import { outboxWrite } from '../outbox/index.ts';
import type { Actor } from '../people/index.ts';
import { type Instant, type Message, type Query, recordLimits, type Write } from '../ports/index.ts';
import { type Publication, publication, type State, state } from '../publication/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { fromRow, toRow } from './bulk.ts';
import { keys, placesOf } from './keys.ts';

export type Loaded = { readonly item: Publication; readonly version: number };

/** What follows from a change, for the queue: the rest of the message is filled in here. */
export type Follow = { readonly type: Message['type']; readonly payload?: Record<string, unknown> };

export type Update = {
  readonly item: Publication;
  /** What the audit says happened, e.g. `decision.approve`. */
  readonly action: string;
  readonly details?: Record<string, unknown>;
  readonly follow?: readonly Follow[];
  /** Further rows of the same commit (uniqueness, counters). */
  readonly writes?: readonly Write[];
};

export const load = async (office: Office, id: string): Promise<Loaded | undefined> => {
  const row = await office.records.get(keys.publication(id));
  return row && { item: await fromRow(office, row.data), version: row.version };
};

type Page<T> = { readonly items: readonly T[]; readonly cursor?: string };

/**
 * As the rows are: of large publications without answers, redactions and findings (bulk.ts). For lists that show none of these, and
 * for whoever only wants to know what is there. Nothing of it may be written back: `update` loads for itself.
 */
export const listBare = async ({ records }: Pick<Office, 'records'>, query: Query): Promise<Page<Loaded>> => {
  const { rows, cursor } = await records.query(query);
  const items = rows.map(({ data, version }) => ({ item: publication.parse(data), version }));
  return cursor === undefined ? { items } : { items, cursor };
};

export const list = async (
  office: Pick<Office, 'records' | 'blobs'>,
  query: Query,
): Promise<Page<Loaded>> => {
  const { rows, cursor } = await office.records.query(query);
  const items = await Promise.all(
    rows.map(async ({ data, version }) => ({ item: await fromRow(office, data), version })),
  );
  return cursor === undefined ? { items } : { items, cursor };
};

/**
 * Every publication as its row (`listBare`), state by state, in flat memory. One that changes its state meanwhile may be met twice or not at
 * all: whoever destroys what nobody names has to look twice.
 */
export async function* everyPublication(
  office: Pick<Office, 'records'>,
  states: readonly State[] = state.options,
): AsyncGenerator<Publication> {
  for (const one of states) {
    let cursor: string | undefined;
    do {
      const at = cursor === undefined ? {} : { cursor };
      const page = await listBare(office, { index: 'work', partition: `state/${one}`, limit: 200, ...at });
      for (const { item } of page.items) yield item;
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
}

/** The audit entry and the person's own log, written in the same commit as the change they tell of. */
export const auditWrites = (event: AuditEvent): Write[] => [
  { kind: 'put', key: keys.auditPending(event.id), data: event, expect: 'absent' },
  { kind: 'put', key: keys.history(event.subject, event.at, event.id), data: event, expect: 'absent' },
  ...(event.actor.via === 'machine' || event.actor.via === 'clock'
    ? []
    : [
        {
          kind: 'put' as const,
          key: keys.did(event.actor.person, event.at, event.id),
          data: { subject: event.subject, action: event.action, at: event.at },
          expect: 'absent' as const,
        },
      ]),
];

const messageOf = (
  office: Office,
  item: Publication,
  causationId: string,
  follow: Follow,
  now: Instant,
): Message => ({
  id: office.ids.next('msg'),
  type: follow.type,
  version: 1,
  subject: item.id,
  payload: follow.payload ?? {},
  occurredAt: now,
  causationId,
  correlationId: item.correlationId,
});

/** Of a row without its bulk: hundreds of files, or decisions. */
const isTooLarge = (row: Publication): boolean => utf8(JSON.stringify(row)).length > recordLimits.bytesPerRow;

/** State, audit and messages in one commit: all of it happens, or none. */
const commitUpdate = async (
  office: Office,
  before: Loaded | undefined,
  update: Update,
  who: Actor,
  now: Instant,
): Promise<Loaded | 'too-large' | 'changed-meanwhile'> => {
  const { item } = update;
  const row = await toRow(office, item);
  if (isTooLarge(row)) return 'too-large';
  const event: AuditEvent = {
    id: office.ids.next('aud'),
    at: now,
    actor: who,
    action: update.action,
    subject: item.id,
    before: before?.item.state ?? '',
    after: item.state,
    details: update.details ?? {},
    record: recordHash(row),
    correlationId: item.correlationId,
  };
  const outcome = await office.records.commit([
    {
      kind: 'put',
      key: keys.publication(item.id),
      data: row,
      indexes: placesOf(item, office.policy),
      expect: before?.version ?? 'absent',
    },
    ...auditWrites(event),
    ...(update.follow ?? []).map((follow) =>
      outboxWrite(messageOf(office, item, event.id, follow, now), now),
    ),
    ...(update.writes ?? []),
  ]);
  if (!outcome.ok) return 'changed-meanwhile';
  office.committed?.();
  return { item: { ...item, bulk: row.bulk }, version: (before?.version ?? 0) + 1 };
};

export const create = async (
  office: Office,
  update: Update,
  who: Actor,
): Promise<Result<Loaded, Refusal>> => {
  const done = await commitUpdate(office, undefined, update, who, office.clock.now());
  return typeof done === 'string' ? err(refusal('changed-meanwhile')) : ok(done);
};

const tooFull = (item: Publication): Refusal =>
  refusal('too-many-findings', {
    count: item.files.reduce((sum, { findings }) => sum + findings.length, 0),
  });

/**
 * Loads, changes, commits. `change` is pure and may run again when someone else was faster; with
 * `expectVersion` (what a person saw on screen) a lost race is refused as `changed-meanwhile` instead.
 * `undefined` from `change` means: nothing to do, already done.
 */
export const update = async (
  office: Office,
  id: string,
  who: Actor,
  change: (
    item: Publication,
    now: Instant,
  ) => Promise<Result<Update | undefined, Refusal>> | Result<Update | undefined, Refusal>,
  expectVersion?: number,
): Promise<Result<Loaded, Refusal>> => {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const before = await load(office, id);
    if (!before) return err(refusal('not-found'));
    if (expectVersion !== undefined && before.version !== expectVersion)
      return err(refusal('changed-meanwhile'));
    const now = office.clock.now();
    const next = await change(before.item, now);
    if (!next.ok) return next;
    if (next.value === undefined) return ok(before);
    const done = await commitUpdate(office, before, next.value, who, now);
    if (done === 'too-large') return err(tooFull(next.value.item));
    if (done !== 'changed-meanwhile') return ok(done);
  }
  return err(refusal('changed-meanwhile'));
};
