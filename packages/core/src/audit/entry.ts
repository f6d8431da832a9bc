import * as z from 'zod';
import { canonicalJson, sha256Hex, utf8 } from '../hash/index.ts';
import { actor } from '../people/index.ts';
import { type Hash, leafHash } from './merkle.ts';

/** What happened, written in the same commit as the change itself; it has no place in the log yet. */
export const auditEvent = z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  actor: actor.strict(),
  /** `decision.approve`, `publication.published`, … */
  action: z.string(),
  /** The publication, person or file that it is about. */
  subject: z.string(),
  /** State before and after; empty where there is none. */
  before: z.string(),
  after: z.string(),
  details: z.record(z.string(), z.unknown()),
  /**
   * SHA-256 of the canonical JSON of the record as this change left it, so that who edits a record behind the
   * product's back is found by comparing it with the log. Absent where nothing but the event itself was written.
   */
  record: z.string().optional(),
  correlationId: z.string(),
});
export type AuditEvent = z.infer<typeof auditEvent>;

export const recordHash = (data: unknown): Hash => sha256Hex(canonicalJson(data));

/** An event with its place in the log: the leaf of the tree. */
export const auditEntry = auditEvent.extend({ seq: z.number().int().min(0) });
export type AuditEntry = z.infer<typeof auditEntry>;

/** Whatever the storage gives back, the same entry has the same hash: it is taken over the canonical JSON. */
export const entryHash = (entry: AuditEntry): Hash => leafHash(utf8(canonicalJson(entry)));
