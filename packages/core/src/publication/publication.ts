import * as z from 'zod';
import { fileType, finding, pdfSignature, redaction } from '../document/index.ts';
import { archivalLevel, archivalObstacle } from '../release/archival.ts';
import { decision, disposition } from '../review/index.ts';
import { display, metadata } from './metadata.ts';
import { detachedSignature, releaseSignature } from './release-signature.ts';

/**
 * Where a publication stands:
 * `draft` (起草与自审; the machines work on its files) ▸ `first-review` 初审 ▸ `second-review` 复核 ▸
 * `principal-review` 主要负责人 ▸ `rendering` ▸ `gating` ▸ `scheduled` 待发布 ▸ `published` ▸
 * `expired` | `withdrawn` | `replaced`. Ends before that: `refused` (不予公开), `stopped` (state secret), `discarded`.
 */
export const state = z.enum([
  'draft',
  'first-review',
  'second-review',
  'principal-review',
  'rendering',
  'gating',
  'scheduled',
  'published',
  'expired',
  'withdrawn',
  'replaced',
  'refused',
  'stopped',
  'discarded',
]);
export type State = z.infer<typeof state>;

/** A finding without its text and boxes: what the rules of review need. The whole one is in the inspection blob. */
export const briefFinding = finding.pick({ id: true, kind: true, severity: true, removedByRender: true });
export type BriefFinding = z.infer<typeof briefFinding>;

const refused = z.object({
  code: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

export const fileEntry = z.object({
  id: z.string(),
  /** As uploaded; shown escaped, never used as a path, public only after review. */
  name: z.string().max(300),
  sha256: z.string(),
  size: z.number().int(),
  /** received ▸ accepted ▸ converted ▸ inspected; or refused at one of them. */
  progress: z.enum(['received', 'accepted', 'converted', 'inspected', 'refused']),
  type: fileType.optional(),
  /** SHA-256 of the JSON examination (core `Examination`) in `renditions`. */
  examination: z.string().optional(),
  /** Digital signatures that the original came with; the original keeps them, bit for bit, and a release cannot. */
  signatures: z.array(pdfSignature).optional(),
  /** SHA-256 of the converted PDF in `renditions`. */
  pdf: z.string().optional(),
  pages: z.number().int().optional(),
  substitutedFonts: z.array(z.string()).default([]),
  /** What of an uploaded PDF will keep its release from being PDF/A-2b, told before anybody decides. */
  notArchival: z.array(archivalObstacle).optional(),
  /** SHA-256 of the JSON inspection (core `Inspection`, with the original's own findings) in `renditions`. */
  inspection: z.string().optional(),
  findings: z.array(briefFinding).default([]),
  refusal: refused.optional(),
});
export type FileEntry = z.infer<typeof fileEntry>;

/** 发布件: the exact bytes that may be public, one for each file, in order. */
export const release = z.object({
  files: z.array(
    z.object({
      sha256: z.string(),
      pages: z.number().int(),
      size: z.number().int(),
      /** 文字层: the pages whose text a machine read from a picture: whoever reads it is told so. */
      recognised: z.array(z.number().int()).optional(),
      /** What keeps it from being PDF/A-2b: nothing where it is; absent where nobody looked (before November 2026). */
      notArchival: z.array(archivalObstacle).optional(),
      /** Of a file that is PDF/A-2; absent where nobody looked for tags (before November 2026): it says B. */
      archivalLevel: archivalLevel.optional(),
      signature: releaseSignature.optional(),
      detached: detachedSignature.optional(),
      /** The same release as OFD (GB/T 33190), where the policy delivers one: of all files or of none. */
      ofd: z
        .object({
          sha256: z.string(),
          size: z.number().int(),
          /** Pages that went as pictures with their text under them. */
          pictures: z.array(z.number().int()).optional(),
        })
        .optional(),
    }),
  ),
  indexNumber: z.string(),
  code: z.string(),
  /** The day printed on the stamp; a release published on another day is rendered again. */
  stampedOn: z.string(),
  madeAt: z.string(),
});
export type Release = z.infer<typeof release>;

/** 放行: the gate's word that exactly these bytes hold nothing that no decision covers. */
export const gatePass = z.object({
  files: z.array(z.string()),
  /** Of the OFDs, one for each file, where there are such. */
  ofds: z.array(z.string()).optional(),
  binding: z.string(),
  inspector: z.string(),
  /** Version of the office's dictionary with which the release was looked through. */
  dictionary: z.number().int().optional(),
  at: z.string(),
  signature: z.string(),
});
export type GatePass = z.infer<typeof gatePass>;

export const withdrawal = z.object({
  at: z.string(),
  person: z.string(),
  /** For the file: kept in the audit. */
  reason: z.string(),
  /** For everyone: stands on the tombstone. */
  notice: z.string(),
});

export const publication = z.object({
  id: z.string(),
  correlationId: z.string(),
  state,
  /** Since when it waits in this state. */
  since: z.string(),
  /** Counts up each time it goes back to its maker. */
  edition: z.number().int().min(1),
  createdAt: z.string(),
  maker: z.string(),
  makerName: z.string(),
  /** Everyone who made or changed it; none of them may review it. */
  editors: z.array(z.string()),
  metadata,
  /** 重大事项: 主要负责人 decides too (seed 13, 保密审查制度 三). */
  major: z.boolean(),
  files: z.array(fileEntry),
  redactions: z.array(redaction),
  /** Boxes that a reviewer asked for; the maker adopts them or answers. */
  demanded: z.array(redaction).default([]),
  dispositions: z.record(z.string(), disposition),
  /** SHA-256 of the JSON list of answers in files that were taken out (core `FormerAnswer`) in `renditions`: they are offered again. */
  former: z.string().optional(),
  /**
   * SHA-256 of the JSON bulk (core `repository/bulk.ts`) in `renditions`: redactions, answers and brief findings of a large
   * publication, which its row has no room for. Whoever loads a publication finds them in their places.
   */
  bulk: z.string().optional(),
  display,
  /** Undefined: as soon as it has passed. */
  publishAt: z.string().optional(),
  /** Standing decisions of this edition. Voided ones move to `voided`. */
  decisions: z.array(decision),
  voided: z.array(decision.extend({ voidedAt: z.string(), voidedBy: z.string() })).default([]),
  /** 索引号 and verification code: given at the first rendering, kept for good. */
  numbers: z.object({ indexNumber: z.string(), code: z.string() }).optional(),
  release: release.optional(),
  pass: gatePass.optional(),
  /** Why the gate or a machine sent it back, until it is submitted again. */
  trouble: refused.extend({ station: z.string(), at: z.string() }).optional(),
  publishedAt: z.string().optional(),
  /** First instant at which it is no longer displayed; absent while long-term. */
  until: z.string().optional(),
  /** Nobody takes it down before this, except by a reasoned withdrawal. */
  floorUntil: z.string().optional(),
  remindedAt: z.string().optional(),
  yearlyCheckAt: z.string().optional(),
  withdrawal: withdrawal.optional(),
  endedEarly: z.object({ at: z.string(), person: z.string() }).optional(),
  replaces: z.string().optional(),
  replacedBy: z.string().optional(),
  /** Milliseconds spent in each machine station, for the demo's table and the console's line of stations. */
  timing: z.record(z.string(), z.number()).default({}),
});
export type Publication = z.infer<typeof publication>;
