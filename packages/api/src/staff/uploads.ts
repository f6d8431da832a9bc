import {
  attachUpload,
  type Bytes,
  edit,
  err,
  type Key,
  keys,
  type Loaded,
  localDate,
  type Office,
  ok,
  type Refusal,
  type Result,
  refusal,
  tooLarge,
  type UploadTicket,
} from '@gongkai/core';
import * as z from 'zod';
import type { Caller } from '../route/index.ts';
import { actorOf } from '../sign-in/index.ts';
import { displayName } from './display-name.ts';
import { seen } from './seen.ts';

const uploadRecord = z.object({
  publication: z.string(),
  person: z.string(),
  name: z.string(),
  size: z.number(),
  sha256: z.string().optional(),
  beganAt: z.string(),
  /** Set once it has become a file of the publication: finishing again says the same. */
  finished: z.string().optional(),
});
type UploadRecord = z.infer<typeof uploadRecord>;
type Held = { readonly id: string; readonly record: UploadRecord; readonly version: number };

/** What one person may have under way at a time. */
const openPerPerson = 100;
const days = (at: string, count: number): string =>
  new Date(Date.parse(at) + count * 86_400_000).toISOString();

const write = (id: string, data: UploadRecord, until: string, expect: 'absent' | number) => ({
  kind: 'put' as const,
  key: keys.upload(id),
  data,
  indexes: {
    due: { partition: 'rubbish', sort: `${until}#${id}` },
    ...(data.finished === undefined
      ? {
          work: { partition: `uploads/${data.person}`, sort: `${data.beganAt}#${id}` },
          recent: { partition: 'uploads', sort: `${data.beganAt}#${id}` },
        }
      : {}),
  },
  expect,
});

const quotaKey = (person: string, day: string): Key => ({ partition: `quota/${person}`, sort: day });

/** Counts announced bytes against the day's quota, in one conditional commit. */
const takeQuota = async (office: Office, person: string, size: number): Promise<Result<void, Refusal>> => {
  const now = office.clock.now();
  const key = quotaKey(person, localDate(now));
  const limit = office.policy.limits.dailyBytesPerPerson;
  for (let tries = 0; tries < 20; tries += 1) {
    const row = await office.records.get(key);
    const used = (typeof row?.data === 'number' ? row.data : 0) + size;
    if (used > limit) return err(refusal('quota', { limit: `${Math.floor(limit / 1_000_000)} MB / 24 h` }));
    const due = { partition: 'rubbish', sort: `${days(now, 2)}#${key.partition}` };
    const outcome = await office.records.commit([
      { kind: 'put', key, data: used, indexes: { due }, expect: row?.version ?? 'absent' },
    ]);
    if (outcome.ok) return ok(undefined);
  }
  return err(refusal('changed-meanwhile'));
};

const admitted = async (office: Office, caller: Caller, { item }: Loaded, size: number) => {
  const { limits } = office.policy;
  const now = office.clock.now();
  const may = edit(item, {}, actorOf(caller), now);
  if (!may.ok) return may;
  if (size === 0) return err(refusal('empty-file'));
  if (size > limits.uploadBytes) return err(tooLarge(limits.uploadBytes));
  if (item.files.length >= limits.filesPerPublication)
    return err(refusal('quota', { limit: `${limits.filesPerPublication} / 件` }));
  const { rows } = await office.records.query({
    index: 'work',
    partition: `uploads/${caller.person.id}`,
    limit: openPerPerson,
  });
  if (rows.length >= openPerPerson) return err(refusal('quota', { limit: `${openPerPerson}` }));
  return takeQuota(office, caller.person.id, size);
};

/** 开始上传: announced with its size; refused at once when it could never become a file of this draft. */
export const beginUpload = async (
  office: Office,
  caller: Caller,
  publication: string,
  given: { name: string; size: number; sha256?: string | undefined },
): Promise<Result<{ upload: string; offset: number; ticket?: UploadTicket }, Refusal>> => {
  const loaded = await seen(office, caller, publication);
  if (!loaded.ok) return loaded;
  const may = await admitted(office, caller, loaded.value, given.size);
  if (!may.ok) return may;
  const id = office.ids.next('upl');
  const beganAt = office.clock.now();
  await office.uploads.begin(id, given.size);
  const record: UploadRecord = {
    publication,
    person: caller.person.id,
    name: displayName(given.name),
    size: given.size,
    beganAt,
    ...(given.sha256 === undefined ? {} : { sha256: given.sha256 }),
  };
  const done = await office.records.commit([write(id, record, days(beganAt, 7), 'absent')]);
  if (!done.ok) return err(refusal('changed-meanwhile'));
  const ticket = given.sha256 === undefined ? undefined : await office.uploads.ticket(id, given.sha256);
  return ok({ upload: id, offset: 0, ...(ticket === undefined ? {} : { ticket }) });
};

/** An upload of this person. Anyone else's does not exist. */
export const ownUpload = async (
  office: Office,
  caller: Caller,
  id: string,
): Promise<Result<Held, Refusal>> => {
  const row = await office.records.get(keys.upload(id));
  const record = row && uploadRecord.parse(row.data);
  return record?.person === caller.person.id
    ? ok({ id, record, version: row?.version ?? 0 })
    : err(refusal('not-found'));
};

export const offsetOf = async (office: Office, { id, record }: Held): Promise<Result<number, Refusal>> => {
  if (record.finished !== undefined) return ok(record.size);
  const offset = await office.uploads.offset(id);
  return offset === undefined ? err(refusal('not-found')) : ok(offset);
};

export const appendTo = (office: Office, { id, record }: Held, offset: number, content: Bytes) =>
  record.finished === undefined
    ? office.uploads.append(id, offset, content)
    : Promise.resolve(err(refusal('upload-offset', { offset: record.size })));

/** The bytes in quarantine: moved there now, or by an earlier try that got no further. */
const toQuarantine = async (office: Office, { id, record }: Held) => {
  const { sha256, size } = record;
  const moved = await office.uploads.finish(id, sha256);
  if (moved.ok || moved.error.code !== 'not-found' || sha256 === undefined) return moved;
  const held = await office.blobs.head({ area: 'quarantine', sha256 });
  return held?.size === size ? ok({ sha256, size }) : moved;
};

const finish = async (office: Office, caller: Caller, held: Held): Promise<Result<Loaded, Refusal>> => {
  const { id, record, version } = held;
  const moved = await toQuarantine(office, held);
  if (!moved.ok) {
    // Another call, here or in another function, came to its end since the record was read.
    const now = await ownUpload(office, caller, id);
    return now.ok && now.value.record.finished !== undefined
      ? seen(office, caller, record.publication)
      : moved;
  }
  const { sha256, size } = moved.value;
  const file = { id, name: record.name, sha256, size };
  const attached = await attachUpload(office, actorOf(caller), record.publication, file);
  if (!attached.ok) return attached;
  const done = { ...record, finished: sha256 };
  await office.records.commit([write(id, done, days(office.clock.now(), 1), version)]);
  return attached;
};

/** What is being finished at this moment, by the upload's id. */
const underWay = new WeakMap<Office['uploads'], Map<string, Promise<Result<Loaded, Refusal>>>>();

/**
 * 上传完成: the whole upload becomes a file of its publication and goes to intake. Repeated, it changes nothing; asked while it
 * is under way (a double click, an impatient program), it waits for the one that does it and says the same.
 */
export const finishUpload = async (
  office: Office,
  caller: Caller,
  held: Held,
): Promise<Result<Loaded, Refusal>> => {
  const { id, record } = held;
  if (record.finished !== undefined) return seen(office, caller, record.publication);
  const others = underWay.get(office.uploads) ?? new Map<string, Promise<Result<Loaded, Refusal>>>();
  underWay.set(office.uploads, others);
  const standing = others.get(id);
  if (standing) return standing;
  const mine = finish(office, caller, held).finally(() => others.delete(id));
  others.set(id, mine);
  return mine;
};

/** 取消上传: what has arrived is thrown away. */
export const dropUpload = async (office: Office, { id, version }: Held): Promise<Result<void, Refusal>> => {
  const outcome = await office.records.commit([{ kind: 'delete', key: keys.upload(id), expect: version }]);
  if (!outcome.ok) return err(refusal('changed-meanwhile'));
  await office.uploads.discard(id);
  return ok(undefined);
};
