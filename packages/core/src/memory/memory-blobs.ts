import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  type BlobArea,
  type BlobRef,
  type Blobs,
  type Bytes,
  type Clock,
  type Instant,
  receivedAsExpected,
  tooLarge,
} from '../ports/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';

type Held = { readonly content: Uint8Array; storedAt: Instant; retainedUntil: Instant };

const nameOf = (blob: BlobRef): string => `${blob.area}/${blob.sha256}`;

/** Blobs without a disk, for tests. It passes the same contract as the file system. */
export class MemoryBlobs implements Blobs {
  readonly #blobs = new Map<string, Held>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async putOnce(
    area: BlobArea,
    content: Bytes,
    expect: { readonly sha256?: string; readonly size?: number; readonly limit?: number } = {},
  ): Promise<Result<{ readonly sha256: string; readonly size: number }, Refusal>> {
    const pieces: Uint8Array[] = [];
    const hash = sha256.create();
    let size = 0;
    for await (const piece of content) {
      size += piece.length;
      if (expect.limit !== undefined && size > expect.limit) return err(tooLarge(expect.limit));
      hash.update(piece);
      pieces.push(piece.slice());
    }
    const received = { sha256: bytesToHex(hash.digest()), size };
    const wrong = receivedAsExpected(received, expect);
    if (wrong !== undefined) return err(wrong);
    const name = nameOf({ area, sha256: received.sha256 });
    const already = this.#blobs.get(name);
    if (already !== undefined) already.storedAt = this.#clock.now();
    else {
      const whole = new Uint8Array(size);
      let at = 0;
      for (const piece of pieces) {
        whole.set(piece, at);
        at += piece.length;
      }
      this.#blobs.set(name, { content: whole, storedAt: this.#clock.now(), retainedUntil: '' });
    }
    return ok(received);
  }

  async head(blob: BlobRef): Promise<{ readonly size: number } | undefined> {
    const held = this.#blobs.get(nameOf(blob));
    return held === undefined ? undefined : { size: held.content.length };
  }

  async open(
    blob: BlobRef,
    range?: { readonly start: number; readonly end: number },
  ): Promise<Bytes | undefined> {
    const held = this.#blobs.get(nameOf(blob));
    if (held === undefined) return undefined;
    const piece = held.content.slice(range?.start ?? 0, range?.end ?? held.content.length);
    return (async function* () {
      if (piece.length > 0) yield piece;
    })();
  }

  async retainUntil(blob: BlobRef, until: Instant): Promise<Result<void, Refusal>> {
    const held = this.#blobs.get(nameOf(blob));
    if (held === undefined) return err(refusal('not-found'));
    if (until < held.retainedUntil) return err(refusal('retained', { until: held.retainedUntil }));
    held.retainedUntil = until;
    return ok(undefined);
  }

  async destroy(blob: BlobRef): Promise<Result<void, Refusal>> {
    const held = this.#blobs.get(nameOf(blob));
    if (held === undefined) return err(refusal('not-found'));
    if (this.#clock.now() < held.retainedUntil) {
      return err(refusal('retained', { until: held.retainedUntil }));
    }
    this.#blobs.delete(nameOf(blob));
    return ok(undefined);
  }

  async *list(
    area: BlobArea,
  ): AsyncIterable<{ readonly sha256: string; readonly size: number; readonly storedAt: Instant }> {
    for (const [name, held] of [...this.#blobs]) {
      const [inArea, hash] = name.split('/');
      if (inArea === area && hash !== undefined) {
        yield { sha256: hash, size: held.content.length, storedAt: held.storedAt };
      }
    }
  }
}
