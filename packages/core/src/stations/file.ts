import type { Office } from '../commands/office.ts';
import { machine } from '../people/index.ts';
import type { BlobRef, Message } from '../ports/index.ts';
import type { FileEntry, Publication } from '../publication/index.ts';
import { ok, type Refusal } from '../refusal/index.ts';
import { type Follow, load, update } from '../repository/index.ts';
import { destroyUnheld } from './discard.ts';

export const text = (message: Message, name: string): string => {
  const value = message.payload[name];
  if (typeof value !== 'string') throw new Error(`message ${message.id} has no ${name}`);
  return value;
};

/** The file that a message is about, or nothing when it was removed or has moved on: then there is nothing to do. */
export const fileOf = async (
  office: Office,
  message: Message,
  progress: FileEntry['progress'],
): Promise<{ item: Publication; file: FileEntry } | undefined> => {
  const loaded = await load(office, message.subject);
  const file = loaded?.item.files.find((entry) => entry.id === text(message, 'file'));
  return loaded && file?.progress === progress && loaded.item.state === 'draft'
    ? { item: loaded.item, file }
    : undefined;
};

/**
 * Moves one file of a draft on, unless it has moved meanwhile. `made` are the blobs that this step has just written:
 * when the publication was stopped for a state secret meanwhile, the order to destroy could not know of them.
 */
export const advance = async (
  office: Office,
  station: string,
  message: Message,
  from: FileEntry['progress'],
  startedAt: string,
  change: (
    file: FileEntry,
    item: Publication,
  ) => { file: FileEntry; item?: Partial<Publication>; follow?: Follow[] },
  made: readonly BlobRef[] = [],
): Promise<void> => {
  const id = text(message, 'file');
  const outcome = await update(office, message.subject, machine(station), (item, now) => {
    const file = item.files.find((entry) => entry.id === id);
    if (item.state !== 'draft' || file?.progress !== from) return ok(undefined);
    const next = change(file, item);
    const spent = Date.parse(now) - Date.parse(startedAt);
    return ok({
      action: next.file.progress === 'refused' ? `file.refused` : `file.${next.file.progress}`,
      details: {
        file: id,
        name: file.name,
        sha256: file.sha256,
        ...(next.file.refusal ? { refusal: next.file.refusal } : {}),
      },
      item: {
        ...item,
        ...next.item,
        files: item.files.map((entry) => (entry.id === id ? next.file : entry)),
        timing: { ...item.timing, [station]: (item.timing[station] ?? 0) + spent },
      },
      follow: next.follow ?? [],
    });
  });
  // More findings than anybody could answer: the file is refused with that sentence instead.
  if (!outcome.ok && outcome.error.code === 'too-many-findings')
    return refuseFile(office, station, message, from, startedAt, outcome.error);
  if (!outcome.ok) throw new Error(outcome.error.code);
  if (outcome.value.item.state === 'stopped') await destroyUnheld(office, made);
};

/** 退件: the file is refused with its reason; the original stays in quarantine. */
export const refuseFile = (
  office: Office,
  station: string,
  message: Message,
  from: FileEntry['progress'],
  startedAt: string,
  why: Refusal,
): Promise<void> =>
  advance(office, station, message, from, startedAt, (file) => ({
    file: {
      ...file,
      progress: 'refused',
      refusal: { code: why.code, ...(why.details ? { details: why.details } : {}) },
    },
  }));
