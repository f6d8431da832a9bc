import type { Clock, Instant } from '@gongkai/core';

/** The system's time, moved forward by hand: nobody can wait a week for a display to end. */
export class ShiftableClock implements Clock {
  #offset = 0;

  now(): Instant {
    return new Date(Date.now() + this.#offset).toISOString();
  }

  /** Moves the office's time on by so many milliseconds. */
  advance(milliseconds: number): void {
    this.#offset += milliseconds;
  }
}

export const minutes = 60_000;
export const days = 24 * 60 * minutes;
