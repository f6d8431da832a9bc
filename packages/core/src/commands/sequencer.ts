import {
  type AuditEntry,
  type AuditEvent,
  auditEntry,
  emptyFrontier,
  exportLines,
  type Frontier,
  rootOf,
  sequence,
  signLogCheckpoint,
} from '../audit/index.ts';
import type { Instant, Key, Row, Write } from '../ports/index.ts';
import type { Office } from './office.ts';

/** Where the log stands: written with every batch under its version, so that two sequencers cannot both append. */
export type AuditHead = {
  readonly origin: string;
  readonly frontier: Frontier;
  readonly checkpoint?: AuditCheckpoint;
};

export type AuditCheckpoint = {
  readonly size: number;
  readonly root: string;
  readonly at: Instant;
  /** The signed note (audit/log-checkpoint.ts). */
  readonly note: string;
};

const headKey: Key = { partition: 'audit-head', sort: 'head' };
const padded = (seq: number): string => String(seq).padStart(12, '0');
export const auditEntryKey = (seq: number): Key => ({ partition: 'audit', sort: padded(seq) });
const checkpointKey = (size: number): Key => ({ partition: 'audit-checkpoint', sort: padded(size) });

/** How many others may be faster before it is taken for something else. */
const sequencersAtOnce = 20;

/** A commit takes 100 writes and 4 MB; an entry costs two writes and at most one row. */
const batch = { entries: 30, bytes: 2_000_000 } as const;

type Held = { readonly head: AuditHead; readonly version: number };

const readHead = async (office: Office): Promise<Held> => {
  const row = await office.records.get(headKey);
  if (row) return { head: row.data as AuditHead, version: row.version };
  // The log keeps the name under which it began, even when the office moves to another address.
  return { head: { origin: `${new URL(office.publicUrl).host}/audit`, frontier: emptyFrontier }, version: 0 };
};

const putHead = (head: AuditHead, version: number): Write => ({
  kind: 'put',
  key: headKey,
  data: head,
  expect: version === 0 ? 'absent' : version,
});

const fitting = (rows: readonly Row[]): readonly Row[] => {
  let bytes = 0;
  return rows.filter((row, at) => {
    bytes += JSON.stringify(row.data).length * 3;
    return at === 0 || bytes <= batch.bytes;
  });
};

/** One batch: the entries with their places, the pending rows gone, the head moved, in one commit. */
const appendBatch = async (office: Office, held: Held): Promise<Held | undefined | 'lost'> => {
  const { rows } = await office.records.query({ partition: 'audit-pending', limit: batch.entries });
  if (rows.length === 0) return undefined;
  const taken = fitting(rows);
  const { entries, frontier } = sequence(
    held.head.frontier,
    taken.map(({ data }) => data as AuditEvent),
  );
  const writes = entries.map((entry): Write => {
    auditEntry.parse(entry);
    return { kind: 'put', key: auditEntryKey(entry.seq), data: entry, expect: 'absent' };
  });
  const gone = taken.map((row): Write => ({ kind: 'delete', key: row, expect: row.version }));
  const head: AuditHead = { ...held.head, frontier };
  const outcome = await office.records.commit([...writes, ...gone, putHead(head, held.version)]);
  return outcome.ok ? { head, version: held.version + 1 } : 'lost';
};

const signHead = async (office: Office, { head, version }: Held, at: Instant): Promise<void> => {
  const { origin, frontier } = head;
  const root = rootOf(frontier);
  const note = await signLogCheckpoint(office.signer, { origin, size: frontier.size, root, at });
  const checkpoint: AuditCheckpoint = { size: frontier.size, root, at, note };
  await office.records.commit([
    { kind: 'put', key: checkpointKey(frontier.size), data: checkpoint, expect: 'absent' },
    putHead({ ...head, checkpoint }, version),
  ]);
};

/**
 * Gives the waiting events their places in the log and signs a checkpoint over it, at most one in
 * `checkpointSeconds`. Harmless to run twice, at once with another, or again after a kill at any instruction:
 * an event leaves the waiting rows in the very commit that gives it its place. Returns how many were placed.
 */
export const sequenceAudit = async (
  office: Office,
  { checkpointSeconds = 60 }: { checkpointSeconds?: number } = {},
): Promise<number> => {
  let held = await readHead(office);
  const before = held.head.frontier.size;
  for (let lost = 0; ; ) {
    const next = await appendBatch(office, held);
    if (next === undefined) break;
    if (next !== 'lost') held = next;
    else if (lost++ < sequencersAtOnce) held = await readHead(office);
    // Nobody was faster so often: the head does not fit the entries, because somebody has been at the records.
    else throw new Error(`audit: the log cannot go on from entry ${held.head.frontier.size}`);
  }
  const { frontier, checkpoint } = held.head;
  const now = office.clock.now();
  const due =
    checkpoint === undefined || Date.parse(now) - Date.parse(checkpoint.at) >= checkpointSeconds * 1000;
  if (due && frontier.size > (checkpoint?.size ?? 0)) await signHead(office, held, now);
  return frontier.size - before;
};

/** The log's newest signed checkpoint, its size, and how many events still wait for their place (at most 1,000 counted). */
export const auditState = async (
  office: Office,
): Promise<{ readonly size: number; readonly pending: number; readonly checkpoint?: AuditCheckpoint }> => {
  const { head } = await readHead(office);
  const { rows } = await office.records.query({ partition: 'audit-pending', limit: 1000 });
  const size = head.frontier.size;
  return head.checkpoint === undefined
    ? { size, pending: rows.length }
    : { size, pending: rows.length, checkpoint: head.checkpoint };
};

/** Entries from `from` on, in the order of the log. */
export async function* auditEntries(office: Pick<Office, 'records'>, from = 0): AsyncGenerator<AuditEntry> {
  for (let next = from; ; ) {
    const { rows } = await office.records.query({ partition: 'audit', from: padded(next), limit: 500 });
    for (const { data } of rows) {
      const entry = auditEntry.parse(data);
      yield entry;
      next = entry.seq + 1;
    }
    if (rows.length < 500) return;
  }
}

/** Signed checkpoints, smallest first. */
export async function* auditCheckpoints(office: Office, from = 0): AsyncGenerator<AuditCheckpoint> {
  for (let next = from; ; ) {
    const { rows } = await office.records.query({
      partition: 'audit-checkpoint',
      from: padded(next),
      limit: 500,
    });
    for (const { data } of rows) {
      const checkpoint = data as AuditCheckpoint;
      yield checkpoint;
      next = checkpoint.size + 1;
    }
    if (rows.length < 500) return;
  }
}

/** One page of the log, newest first; `before` is the sequence number that the page before ended at. */
export const auditPage = async (
  office: Office,
  { before, limit = 100 }: { before?: number; limit?: number } = {},
): Promise<readonly AuditEntry[]> => {
  const { rows } = await office.records.query({
    partition: 'audit',
    descending: true,
    limit,
    ...(before === undefined ? {} : { to: padded(before) }),
  });
  return rows.map(({ data }) => auditEntry.parse(data));
};

/**
 * 审计导出, line by line without line ends: everything up to the newest signed checkpoint, so that nothing in it
 * stands unproven (audit/verify.ts checks it). What came after is in the next export.
 */
export async function* exportAudit(office: Office): AsyncGenerator<string> {
  const { head } = await readHead(office);
  const size = head.checkpoint?.size ?? 0;
  const checkpoints: AuditCheckpoint[] = [];
  for await (const checkpoint of auditCheckpoints(office))
    if (checkpoint.size <= size) checkpoints.push(checkpoint);
  const about = {
    origin: head.origin,
    publicKey: office.signer.publicKey,
    size,
    exportedAt: office.clock.now(),
  };
  yield* exportLines(about, auditEntries(office), checkpoints);
}
