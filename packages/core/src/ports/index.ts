export { receivedAsExpected, tooLarge } from './blob-expectation.ts';
export type { BlobArea, BlobRef, Blobs, Bytes, Uploads, UploadTicket } from './blobs.ts';
export type { Clock, Ids, Instant, Randomness } from './clock.ts';
export type {
  Converter,
  DocumentSigner,
  Inspector,
  Notifier,
  Renderer,
  Scanner,
  ScanTrouble,
  ScanVerdict,
  Signer,
} from './machines.ts';
export {
  type DeadLetter,
  type Delivery,
  type Message,
  message,
  type Queue,
  type WaitingMessage,
} from './queue.ts';
export { assertCommit, CursorUnreadable, queryLimit, recordLimits, rowJson } from './record-limits.ts';
export {
  type CommitOutcome,
  type IndexName,
  type IndexPlaces,
  indexNames,
  type Key,
  type Query,
  type Records,
  type Row,
  type Write,
} from './records.ts';
export type { Search, SearchAnswer, SearchEntry, SearchFilters, SearchHit } from './search.ts';
