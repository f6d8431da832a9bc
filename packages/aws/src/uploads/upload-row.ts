import type { Clock, Instant, Records } from '@gongkai/core';
import * as z from 'zod';

const upload = z.object({
  size: z.number().int().nonnegative(),
  offset: z.number().int().nonnegative(),
  /** The names of the objects that hold the bytes, in order. */
  parts: z.array(z.string()),
  /** A ticket was given: the whole of it may lie there as one object, without a word to this row. */
  ticket: z.literal(true).optional(),
  touchedAt: z.string(),
  /** Someone is adding to it or finishing it, and is believed to live until then. */
  busyUntil: z.string().optional(),
});
export type Upload = z.infer<typeof upload>;

/** An upload as it was read: what is saved is saved under this version. */
export type Held = { readonly id: string; readonly upload: Upload; readonly version: number };

const idPattern = /^[A-Za-z0-9_-]{1,100}$/;
export const isUploadId = (id: string): boolean => idPattern.test(id);

const keyOf = (id: string) => ({ partition: `upload-parts/${id}`, sort: 'state' });
const dueUploads = 'upload';

/** Where uploads stand, in Records: two who act on one upload are told apart by its version. */
export class UploadRows {
  readonly #records: Records;
  readonly #clock: Clock;

  constructor(records: Records, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  async find(id: string): Promise<Held | undefined> {
    const row = isUploadId(id) ? await this.#records.get(keyOf(id)) : undefined;
    return row && { id, upload: upload.parse(row.data), version: row.version };
  }

  /** False when there is such an upload already. */
  async begin(id: string, size: number): Promise<boolean> {
    return this.#write(id, { size, offset: 0, parts: [], touchedAt: this.#clock.now() }, 'absent');
  }

  /** Undefined when someone else has changed the upload since it was read. */
  async save(
    held: Held,
    change: Pick<Upload, 'offset' | 'parts' | 'ticket'>,
    leaseSeconds = 0,
  ): Promise<Held | undefined> {
    const now = this.#clock.now();
    const saved: Upload = {
      ...{ size: held.upload.size, offset: change.offset, parts: change.parts, touchedAt: now },
      ...(change.ticket ? { ticket: true } : {}),
      ...(leaseSeconds === 0
        ? {}
        : { busyUntil: new Date(Date.parse(now) + leaseSeconds * 1000).toISOString() }),
    };
    return (await this.#write(held.id, saved, held.version))
      ? { ...held, upload: saved, version: held.version + 1 }
      : undefined;
  }

  isBusy({ upload: { busyUntil } }: Held): boolean {
    return busyUntil !== undefined && this.#clock.now() < busyUntil;
  }

  async remove(held: Held): Promise<boolean> {
    const write = { kind: 'delete', key: keyOf(held.id), expect: held.version } as const;
    return (await this.#records.commit([write])).ok;
  }

  /** Uploads that nobody has added to since `before`, at most 1,000. */
  async abandoned(before: Instant): Promise<readonly string[]> {
    const { rows } = await this.#records.query({
      index: 'due',
      partition: dueUploads,
      to: before,
      limit: 1_000,
    });
    return rows.map(({ partition }) => partition.slice(partition.indexOf('/') + 1));
  }

  async #write(id: string, data: Upload, expect: 'absent' | number): Promise<boolean> {
    const indexes = { due: { partition: dueUploads, sort: data.touchedAt } };
    return (await this.#records.commit([{ kind: 'put', key: keyOf(id), data, indexes, expect }])).ok;
  }
}
