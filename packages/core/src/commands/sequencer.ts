import {
  type AuditEntry,
  type AuditEvent,
  auditEntry,
  emptyFrontier,
  exportLines,
  type Frontier,
  handoverAction,
  openLogCheckpoint,
  rootOf,
  sequence,
  signLogCheckpoint,
} from '../audit/index.ts';
import type { Actor } from '../people/index.ts';
import type { Instant, Key, Row, Signer, Write } from '../ports/index.ts';
import { auditOf } from '../repository/index.ts';
import type { Office } from './office.ts';

/** Where the log stands: written with every batch under its version, so that two sequencers cannot both append. */
export type AuditHead = {
  readonly origin: string;
  readonly frontier: Frontier;
  readonly checkpoint?: AuditCheckpoint;
  /** Public keys that have signed it, in their order; the last is in force. Absent until the first checkpoint. */
  readonly keys?: readonly string[];
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

/** The keys of the log as far as they are known; a log from before they were written down tells by its last note. */
const keysOf = ({ keys, checkpoint }: AuditHead, signer: Signer): readonly string[] => {
  if (keys !== undefined) return keys;
  const known =
    checkpoint === undefined || typeof openLogCheckpoint(checkpoint.note, signer.publicKey) !== 'string';
  return known ? [signer.publicKey] : [];
};

/** Another key would end the proof for everyone who holds the office's: only a handover brings it in. */
const checkKey = (head: AuditHead, signer: Signer): void => {
  const inForce = keysOf(head, signer).at(-1);
  if (inForce === signer.publicKey) return;
  throw new Error(
    `审计日志由密钥 ${inForce ?? '（未知）'} 签署，现用密钥是 ${signer.publicKey}：更换密钥须先移交（gongkai keys rotate）。 / ` +
      `audit: the log is signed by the key ${inForce ?? '(unknown)'}, this is ${signer.publicKey}: a new key comes in by a handover only (gongkai keys rotate)`,
  );
};

const checkpointOf = async (
  signers: Signer | readonly Signer[],
  { origin, frontier }: AuditHead,
  at: Instant,
): Promise<AuditCheckpoint> => {
  const root = rootOf(frontier);
  const note = await signLogCheckpoint(signers, { origin, size: frontier.size, root, at });
  return { size: frontier.size, root, at, note };
};

const signHead = async (office: Office, { head, version }: Held, at: Instant): Promise<void> => {
  const checkpoint = await checkpointOf(office.signer, head, at);
  await office.records.commit([
    { kind: 'put', key: checkpointKey(checkpoint.size), data: checkpoint, expect: 'absent' },
    putHead({ ...head, checkpoint, keys: keysOf(head, office.signer) }, version),
  ]);
};

/** Every public key that has signed the log, oldest first; the last must sign now. Empty until the first checkpoint. */
export const auditKeys = async ({ records }: Pick<Office, 'records'>): Promise<readonly string[]> =>
  ((await records.get(headKey))?.data as AuditHead | undefined)?.keys ?? [];

/**
 * 密钥移交: from here on `next` signs. The entry that says so, the checkpoint over it that both keys have signed, and
 * the head that names the new key are one commit (audit/handover.ts), so that there is no moment without a key or with
 * two. Done again it changes nothing. The office must be opened anew with the new key afterwards.
 */
export const handOverKey = async (office: Office, next: Signer, who: Actor): Promise<AuditCheckpoint> => {
  for (let lost = 0; lost < sequencersAtOnce; lost += 1) {
    const before = await readHead(office);
    if (before.head.keys?.at(-1) === next.publicKey && before.head.checkpoint) return before.head.checkpoint;
    await sequenceAudit(office, { checkpointSeconds: 0 });
    const { head, version } = await readHead(office);
    const keys = keysOf(head, office.signer);
    if (keys.includes(next.publicKey))
      throw new Error(
        `密钥 ${next.publicKey} 已用过，不能再次启用。 / key ${next.publicKey} was used before: it cannot come back`,
      );
    const details = { from: office.signer.publicKey, to: next.publicKey };
    const event = auditOf(office, who, handoverAction, `key:${next.keyId}`, details);
    const { entries, frontier } = sequence(head.frontier, [event]);
    const grown = { ...head, frontier };
    const checkpoint = await checkpointOf([office.signer, next], grown, office.clock.now());
    const outcome = await office.records.commit([
      ...entries.map(
        (entry): Write => ({ kind: 'put', key: auditEntryKey(entry.seq), data: entry, expect: 'absent' }),
      ),
      { kind: 'put', key: checkpointKey(checkpoint.size), data: checkpoint, expect: 'absent' },
      putHead({ ...grown, checkpoint, keys: [...keys, next.publicKey] }, version),
    ]);
    if (outcome.ok) return checkpoint;
  }
  throw new Error('audit: the key could not be handed over: others were always faster');
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
  checkKey(held.head, office.signer);
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
    // The first key of the log: the handovers in it lead to the one in force.
    publicKey: keysOf(head, office.signer)[0] ?? office.signer.publicKey,
    size,
    exportedAt: office.clock.now(),
  };
  yield* exportLines(about, auditEntries(office), checkpoints);
}
