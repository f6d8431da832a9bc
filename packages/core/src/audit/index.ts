export {
  type AuditEntry,
  type AuditEvent,
  auditEntry,
  auditEvent,
  entryHash,
  recordHash,
} from './entry.ts';
export { type ExportHeader, exportLines, type SizedCheckpoint } from './export.ts';
export { type Handover, handoverAction, handoverDetails, type KeyTerm } from './handover.ts';
export {
  isOrigin,
  type LogHead,
  openLogCheckpoint,
  signLogCheckpoint,
} from './log-checkpoint.ts';
export {
  append,
  emptyFrontier,
  emptyRoot,
  type Frontier,
  type Hash,
  leafHash,
  nodeHash,
  rootHash,
  rootOf,
} from './merkle.ts';
export type { ExportProblem } from './problem.ts';
export { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proof.ts';
export { sequence } from './sequence.ts';
export type { NoteFault } from './signed-note.ts';
export { type ExportVerdict, ExportVerifier, type VerifyOptions, verifyExport } from './verify.ts';
