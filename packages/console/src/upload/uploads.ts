import { useSyncExternalStore } from 'react';
import { sendAll } from './chunks.ts';
import { beginUpload, chunkOptions, finishUpload, hashOf, lineTo, sendWhole } from './transport.ts';

export type Upload = {
  readonly key: number;
  readonly publication: string;
  readonly file: File;
  readonly phase: 'waiting' | 'hashing' | 'sending' | 'done' | 'failed' | 'cancelled';
  readonly sent: number;
  /** The server's name for it, once it has begun: then it can be taken up again. */
  readonly upload?: string;
  readonly error?: unknown;
};

/** Uploads live outside of any screen: one may look elsewhere while they run. */
let uploads: readonly Upload[] = [];
const listeners = new Set<() => void>();
const stops = new Map<number, AbortController>();
let count = 0;

const change = (key: number, what: Partial<Upload>): void => {
  uploads = uploads.map((one) => (one.key === key ? { ...one, ...what } : one));
  for (const told of listeners) told();
};

const active = (phase: Upload['phase']): boolean => ['waiting', 'hashing', 'sending'].includes(phase);

const carry = async (one: Upload, whenDone: () => void): Promise<void> => {
  const stop = new AbortController();
  stops.set(one.key, stop);
  try {
    let { upload } = one;
    let arrived = false;
    const sending = (sent: number) => change(one.key, { phase: 'sending', sent });
    if (upload === undefined) {
      change(one.key, { phase: 'hashing' });
      const begun = await beginUpload(
        one.publication,
        one.file,
        await hashOf(one.file, stop.signal),
        stop.signal,
      );
      upload = begun.upload;
      change(one.key, { upload });
      sending(0);
      if (begun.ticket) arrived = await sendWhole(begun.ticket, one.file, sending, stop.signal);
    }
    if (!arrived) {
      const line = lineTo(upload);
      const from = await line.offset(stop.signal);
      await sendAll(one.file, from, line, chunkOptions, sending, stop.signal);
    }
    await finishUpload(upload, stop.signal);
    change(one.key, { phase: 'done', sent: one.file.size });
    whenDone();
  } catch (error) {
    change(one.key, stop.signal.aborted ? { phase: 'cancelled' } : { phase: 'failed', error });
  } finally {
    stops.delete(one.key);
  }
};

// One after the other: the main document must come first, and two big files at once are no faster.
let chain: Promise<void> = Promise.resolve();
const enqueue = (key: number, whenDone: () => void): void => {
  chain = chain.then(async () => {
    const one = uploads.find((there) => there.key === key);
    if (one?.phase === 'waiting') await carry(one, whenDone);
  });
};

/** Sends these files to a publication, in this order. */
export const startUploads = (publication: string, files: readonly File[], whenDone: () => void): void => {
  for (const file of files) {
    count += 1;
    uploads = [...uploads, { key: count, publication, file, phase: 'waiting', sent: 0 }];
    enqueue(count, whenDone);
  }
  for (const told of listeners) told();
};

/** Takes a failed upload up where it stopped. */
export const retryUpload = (key: number, whenDone: () => void): void => {
  change(key, { phase: 'waiting', error: undefined });
  enqueue(key, whenDone);
};

export const cancelUpload = (key: number): void => {
  const stop = stops.get(key);
  if (stop) stop.abort();
  else change(key, { phase: 'cancelled' });
};

const subscribe = (told: () => void) => {
  listeners.add(told);
  return () => listeners.delete(told);
};

export const useUploads = (publication?: string): readonly Upload[] => {
  const all = useSyncExternalStore(subscribe, () => uploads);
  return publication === undefined ? all : all.filter((one) => one.publication === publication);
};

// Leaving the page would break what is still on its way: the browser asks first.
addEventListener('beforeunload', (event) => {
  if (uploads.some(({ phase }) => active(phase))) event.preventDefault();
});
