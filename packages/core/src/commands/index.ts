export { type ArchivedFile, archivedFilesOf, recordArchived } from './archive-file.ts';
export {
  endingBefore,
  firstPublished,
  type PageAsked,
  type PublicItem,
  publicFile,
  publicItem,
  publicItemByCode,
  publicItemsByHash,
  publicOfd,
  publicPage,
  withdrawals,
} from './catalogue-query.ts';
export { type ComposeAsked, type Composed, compose } from './composing.ts';
export {
  addAllowance,
  addWord,
  allowanceRoles,
  dictionarySubject,
  removeAllowance,
  removeWord,
  tryWords,
  wordRoles,
} from './dictionary.ts';
export {
  attachUpload,
  createPublication,
  discardDraft,
  dropFile,
  editDraft,
  holdersOf,
  recallForEditing,
} from './drafting.ts';
export { drawnOfd } from './drawn-ofd.ts';
export { formerAnswers } from './former-answers.ts';
export { historyOf, isOverdue, publicationsNewestFirst, type Work, workOf } from './lists.ts';
export { markedCopyOf } from './marked-copy.ts';
export { type Possible, reviewRulesOf, whatMay } from './may.ts';
export { monthlyListOf } from './monthly.ts';
export { type PosterAsked, posterOf, posterPapers } from './notice-board.ts';
export type { Office } from './office.ts';
export { previewOf } from './preview.ts';
export { type RecordFault, recordFaults } from './record-check.ts';
export { decidePublication, endPublicationDisplay, withdrawPublication } from './reviewing.ts';
export { type SealingView, sealingOf, sealingViews, sealOf } from './sealing.ts';
export {
  type AuditCheckpoint,
  type AuditHead,
  auditCheckpoints,
  auditEntries,
  auditKeys,
  auditPage,
  auditState,
  exportAudit,
  handOverKey,
  sequenceAudit,
} from './sequencer.ts';
export { type SignerInForce, signerInForce } from './signer-in-force.ts';
export { type StandingView, standingIn, standingOf } from './standing.ts';
export { bindVolume, pagesOfVolume, usualThickness, type VolumesAsked, volumesOf } from './volumes.ts';
