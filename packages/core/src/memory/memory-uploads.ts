import { type Blobs, type Bytes, tooLarge, type Uploads } from '../ports/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';

type Held = { readonly announced: number; pieces: Uint8Array[]; size: number; busy: boolean };

/** Uploads without a disk, for tests. It passes the same contract as the file system. */
export class MemoryUploads implements Uploads {
  readonly #uploads = new Map<string, Held>();
  readonly #blobs: Blobs;

  constructor(blobs: Blobs) {
    this.#blobs = blobs;
  }

  async ticket(): Promise<undefined> {
    return undefined;
  }

  async begin(id: string, size: number): Promise<void> {
    const held = this.#uploads.get(id);
    if (held === undefined) this.#uploads.set(id, { announced: size, pieces: [], size: 0, busy: false });
    else if (held.announced !== size) throw new Error(`upload ${id} was begun with another size`);
  }

  async append(id: string, offset: number, content: Bytes): Promise<Result<number, Refusal>> {
    const held = this.#uploads.get(id);
    if (held === undefined) return err(refusal('not-found'));
    if (held.busy || offset !== held.size) return err(refusal('upload-offset', { offset: held.size }));
    held.busy = true;
    const before = { pieces: [...held.pieces], size: held.size };
    try {
      for await (const piece of content) {
        if (held.size + piece.length > held.announced) {
          held.pieces = before.pieces;
          held.size = before.size;
          return err(tooLarge(held.announced));
        }
        held.pieces.push(piece.slice());
        held.size += piece.length;
      }
      return ok(held.size);
    } finally {
      held.busy = false;
    }
  }

  async offset(id: string): Promise<number | undefined> {
    return this.#uploads.get(id)?.size;
  }

  async finish(
    id: string,
    expectSha256?: string,
  ): Promise<Result<{ readonly sha256: string; readonly size: number }, Refusal>> {
    const held = this.#uploads.get(id);
    if (held === undefined) return err(refusal('not-found'));
    if (held.busy) return err(refusal('upload-offset', { offset: held.size }));
    if (held.size < held.announced) {
      return err(refusal('truncated', { expected: held.announced, received: held.size }));
    }
    const { pieces } = held;
    const content = (async function* () {
      yield* pieces;
    })();
    const outcome = await this.#blobs.putOnce('quarantine', content, {
      size: held.announced,
      ...(expectSha256 === undefined ? {} : { sha256: expectSha256 }),
    });
    this.#uploads.delete(id);
    return outcome;
  }

  async discard(id: string): Promise<void> {
    this.#uploads.delete(id);
  }
}
