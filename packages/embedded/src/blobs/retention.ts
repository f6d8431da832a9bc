import { open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Instant } from '@gongkai/core';
import { syncFolder } from './durable.ts';

const markerPattern = /^([0-9a-f]{64})\.keep-(\d{1,16})$/;

/**
 * How long a blob must stand, as empty marker files beside it (`<sha256>.keep-<epoch milliseconds>`), the latest
 * counts. Markers are only ever added, so no write can shorten a retention and no crash can leave half of one.
 */
export const retainedUntil = async (path: string, sha256: string): Promise<Instant | undefined> => {
  let latest: number | undefined;
  for (const name of await readdir(dirname(path))) {
    const match = markerPattern.exec(name);
    if (match?.[1] !== sha256) continue;
    const until = Number(match[2]);
    if (latest === undefined || until > latest) latest = until;
  }
  return latest === undefined ? undefined : new Date(latest).toISOString();
};

export const markRetained = async (path: string, until: Instant): Promise<void> => {
  const handle = await open(`${path}.keep-${Date.parse(until)}`, 'a', 0o444);
  await handle.close();
  await syncFolder(dirname(path));
};

export const removeMarkers = async (path: string, sha256: string): Promise<void> => {
  for (const name of await readdir(dirname(path))) {
    if (markerPattern.exec(name)?.[1] === sha256) await rm(join(dirname(path), name));
  }
};
