import * as z from 'zod';
import { canonicalJson } from '../hash/index.ts';
import type { Instant } from '../ports/index.ts';
import { type AuditEntry, auditEntry, entryHash } from './entry.ts';

/**
 * 审计导出: JSON Lines in canonical JSON, one spelling for each line: the header; entries in order, each with its
 * own leaf hash, so that a careless change is found at its very place; a checkpoint after the last entry that it
 * covers; a checkpoint at the end. Whoever has the file and the public key needs nothing else to check it.
 */
export const exportHeader = z.strictObject({
  kind: z.literal('header'),
  format: z.literal('gongkai-audit/1'),
  origin: z.string(),
  /** Ed25519, 32 bytes in hex. Compare it with the key that the office has published elsewhere. */
  publicKey: z.string(),
  /** Entries that follow; not signed, the checkpoints are what counts. */
  size: z.number().int().min(0),
  exportedAt: z.string(),
});
export type ExportHeader = z.infer<typeof exportHeader>;

export const exportEntry = z.strictObject({ kind: z.literal('entry'), hash: z.string(), entry: auditEntry });
export const exportCheckpoint = z.strictObject({ kind: z.literal('checkpoint'), note: z.string() });

type About = {
  readonly origin: string;
  readonly publicKey: string;
  readonly size: number;
  readonly exportedAt: Instant;
};

/** A signed checkpoint with the size that it covers. */
export type SizedCheckpoint = { readonly size: number; readonly note: string };

/**
 * The lines of an export, without line ends. `entries` are those from 0 to `size`, in order; `checkpoints` rise in
 * size, the last one covers `size`. Holds one entry at a time.
 */
export async function* exportLines(
  about: About,
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
  checkpoints: readonly SizedCheckpoint[],
): AsyncGenerator<string> {
  yield canonicalJson({ kind: 'header', format: 'gongkai-audit/1', ...about });
  const due = [...checkpoints];
  function* covered(size: number): Generator<string> {
    while (due[0] !== undefined && due[0].size <= size)
      yield canonicalJson({ kind: 'checkpoint', note: due.shift()?.note });
  }
  yield* covered(0);
  for await (const entry of entries) {
    if (entry.seq >= about.size) break;
    yield canonicalJson({ kind: 'entry', hash: entryHash(entry), entry });
    yield* covered(entry.seq + 1);
  }
}
