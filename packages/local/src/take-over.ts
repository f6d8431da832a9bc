import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderLock } from '@gongkai/embedded';
import { type Host, places } from './host.ts';
import type { Log } from './log.ts';

/** A second start on one data folder: two would take each other's work for a dead one's. */
export class AlreadyRunning extends Error {}

/**
 * Makes this process the one that works in the data folder, and clears up after one that was killed: its scratch
 * folders and half-written blobs go, and what its workers had in hand is given out at once instead of ten minutes
 * later. The command line beside it (backup, audit, search) only reads and needs no such right.
 */
export const takeOver = async (host: Host, log: Log): Promise<FolderLock> => {
  const place = places(host.data);
  const lock = await FolderLock.take(place.running);
  if (lock === undefined)
    throw new AlreadyRunning(
      `${host.data} 里的单位已经在运行 / the office in ${host.data} is running already`,
    );
  try {
    const scratch = await readdir(place.work);
    for (const name of scratch) await rm(join(place.work, name), { recursive: true, force: true });
    const halfWritten = await host.blobs.clearIncoming();
    const inHand = await host.queue.takeBack();
    if (scratch.length + halfWritten + inHand > 0)
      log('info', 'take-over', { scratch: scratch.length, halfWritten, inHand });
    return lock;
  } catch (cause) {
    lock.release();
    throw cause;
  }
};
