import type { Clock, Ids, Instant, Randomness } from '../ports/index.ts';

/** A clock that stands until it is told to go. */
export class TestClock implements Clock {
  #at: number;

  constructor(at: Instant = '2026-02-10T01:00:00.000Z') {
    this.#at = Date.parse(at);
  }

  now(): Instant {
    return new Date(this.#at).toISOString();
  }

  set(at: Instant): void {
    this.#at = Date.parse(at);
  }

  advance(seconds: number): void {
    this.#at += seconds * 1000;
  }
}

/** `pub_000001`, `pub_000002`: the same in every run. */
export class TestIds implements Ids {
  #count = 0;

  next(prefix: string): string {
    this.#count += 1;
    return `${prefix}_${String(this.#count).padStart(6, '0')}`;
  }
}

/** Bytes that repeat in every run. For tests only: anyone can guess them. */
export class TestRandomness implements Randomness {
  #state: number;

  constructor(seed = 1) {
    this.#state = seed;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => {
      // Numerical Recipes' linear congruence: enough to look mixed, small enough to read.
      this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
      return this.#state >>> 24;
    });
  }
}
