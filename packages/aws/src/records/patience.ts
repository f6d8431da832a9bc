import { setTimeout as sleep } from 'node:timers/promises';

const tries = 10;
const firstWait = 20;
const longestWait = 1_000;

/**
 * Tries again what failed only because others were at the same rows, or because the table was throttled. Waits a
 * random part of a doubling time (full jitter), so that those who collided do not collide again. About four seconds
 * in all; then the last error is thrown and the caller's queue tries later.
 */
export const patiently = async <T>(
  work: () => Promise<T>,
  passing: (cause: unknown) => boolean,
): Promise<T> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (cause) {
      if (tried >= tries || !passing(cause)) throw cause;
      await sleep(Math.random() * Math.min(longestWait, firstWait * 2 ** tried));
    }
  }
};
