import { randomBytes } from 'node:crypto';
import type { Clock, Ids, Instant, Randomness } from '@gongkai/core';

export class SystemClock implements Clock {
  now(): Instant {
    return new Date().toISOString();
  }
}

export class SystemRandomness implements Randomness {
  bytes(length: number): Uint8Array {
    return new Uint8Array(randomBytes(length));
  }
}

/** Crockford's base 32: no I, L, O, U to be misread. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const toDigits = (value: bigint, length: number): string => {
  let rest = value;
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = `${digits[Number(rest & 31n)] ?? ''}${text}`;
    rest >>= 5n;
  }
  return text;
};

/**
 * ULIDs: 48 bits of time and 80 random bits. Within a millisecond, and when the clock steps back, the random part
 * counts up instead, so ids of one process always rise.
 */
export class SystemIds implements Ids {
  readonly #clock: Clock;
  #time = -1;
  #chance = 0n;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(prefix: string): string {
    const time = Date.parse(this.#clock.now());
    if (time > this.#time) {
      this.#time = time;
      // The top bit stays free so that counting up cannot overflow.
      this.#chance = BigInt(`0x${randomBytes(10).toString('hex')}`) >> 1n;
    } else {
      this.#chance += 1n;
    }
    return `${prefix}_${toDigits(BigInt(this.#time), 10)}${toDigits(this.#chance, 16)}`;
  }
}
