import type { Refusal, Result } from '../refusal/index.ts';
import type { Instant } from './clock.ts';

/**
 * - `quarantine`: what was uploaded and not yet accepted, or was refused; expires.
 * - `vault`: originals and releases; never overwritten.
 * - `renditions`: derived files that can be made again.
 */
export type BlobArea = 'quarantine' | 'vault' | 'renditions';

/** Bytes are addressed by their SHA-256 (64 lower-case hex digits). */
export type BlobRef = { readonly area: BlobArea; readonly sha256: string };

export type Bytes = AsyncIterable<Uint8Array>;

export interface Blobs {
  /** Streams to the area, once; the same bytes again are fine and change nothing but the time. Nothing is left behind on refusal. */
  putOnce(
    area: BlobArea,
    content: Bytes,
    expect?: { readonly sha256?: string; readonly size?: number; readonly limit?: number },
  ): Promise<Result<{ readonly sha256: string; readonly size: number }, Refusal>>;
  head(blob: BlobRef): Promise<{ readonly size: number } | undefined>;
  /** `range` is in bytes, `end` exclusive. Undefined when there is no such blob. */
  open(blob: BlobRef, range?: { readonly start: number; readonly end: number }): Promise<Bytes | undefined>;
  /** May only lengthen. */
  retainUntil(blob: BlobRef, until: Instant): Promise<Result<void, Refusal>>;
  /** Refused while the blob is retained. For quarantine's expiry and for state secrets (保密法 §31). */
  destroy(blob: BlobRef): Promise<Result<void, Refusal>>;
  /** All hashes of an area, for reconciliation; `storedAt` is when they were last put. */
  list(
    area: BlobArea,
  ): AsyncIterable<{ readonly sha256: string; readonly size: number; readonly storedAt: Instant }>;
}

/** A form that carries one file past the API: its `fields` in order, then `file`, posted to `url`. */
export type UploadTicket = { readonly url: string; readonly fields: Readonly<Record<string, string>> };

/** Uploads under way: bytes arrive in pieces, a broken connection resumes where it stopped. */
export interface Uploads {
  begin(id: string, size: number): Promise<void>;
  /** Appends at `offset`; refused with `upload-offset` when that is not where the upload stands. Returns the new offset. */
  append(id: string, offset: number, content: Bytes): Promise<Result<number, Refusal>>;
  offset(id: string): Promise<number | undefined>;
  /**
   * For sending all of it, with exactly this SHA-256, in one request to where the bytes are kept: soon, for whoever holds
   * the ticket may use it. Undefined where there is no such way, or once bytes have arrived; then pieces are appended.
   */
  ticket(id: string, sha256: string): Promise<UploadTicket | undefined>;
  /** Moves the whole upload to quarantine and forgets it. */
  finish(
    id: string,
    expectSha256?: string,
  ): Promise<Result<{ readonly sha256: string; readonly size: number }, Refusal>>;
  discard(id: string): Promise<void>;
}
