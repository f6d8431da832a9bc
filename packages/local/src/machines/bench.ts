import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobArea, BlobRef, Blobs } from '@gongkai/core';

/** A job's own folder: inputs are copied in, outputs copied out, and all of it goes when the job ends, also badly. */
export class Bench {
  readonly #root: string;
  readonly #blobs: Blobs;

  constructor(root: string, blobs: Blobs) {
    this.#root = root;
    this.#blobs = blobs;
  }

  async with<T>(job: (place: Place) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(this.#root, 'job-'));
    try {
      return await job(new Place(folder, this.#blobs));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

export class Place {
  readonly #folder: string;
  readonly #blobs: Blobs;

  constructor(folder: string, blobs: Blobs) {
    this.#folder = folder;
    this.#blobs = blobs;
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  async fetch(blob: BlobRef, name: string): Promise<string> {
    const bytes = await this.#blobs.open(blob);
    if (!bytes) throw new Error(`no blob ${blob.area}/${blob.sha256}`);
    const path = this.path(name);
    await pipeline(Readable.from(bytes), createWriteStream(path));
    return path;
  }

  async keep(name: string, area: BlobArea): Promise<{ blob: BlobRef; size: number }> {
    const file = await openAsBlob(this.path(name));
    const kept = await this.#blobs.putOnce(area, Readable.fromWeb(file.stream()));
    if (!kept.ok) throw new Error(kept.error.code);
    return { blob: { area, sha256: kept.value.sha256 }, size: kept.value.size };
  }
}
