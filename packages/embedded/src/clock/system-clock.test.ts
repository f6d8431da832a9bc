import { TestClock } from '@gongkai/core/memory';
import { describe, expect, it } from 'vitest';
import { SystemClock, SystemIds, SystemRandomness } from './index.ts';

describe('system clock, ids and randomness', () => {
  it('tells the time as an instant', () => {
    const before = Date.now();
    const now = new SystemClock().now();
    expect(now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Date.parse(now)).toBeGreaterThanOrEqual(before);
  });

  it('makes ids that rise within a millisecond, over time, and when the clock steps back', () => {
    const clock = new TestClock('2026-02-10T01:00:00.000Z');
    const ids = new SystemIds(clock);
    const made: string[] = [];
    for (const step of [0, 0, 1, 0, -3600, 0, 7200]) {
      clock.advance(step);
      for (let n = 0; n < 50; n += 1) made.push(ids.next('pub'));
    }
    expect(made).toEqual(made.toSorted());
    expect(new Set(made).size).toBe(made.length);
    for (const id of made) expect(id).toMatch(/^pub_[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('puts the time into the first ten digits, as ULID says', () => {
    // The example of the ULID specification: 1469918176385 is 01ARYZ6S41.
    const ids = new SystemIds(new TestClock(new Date(1_469_918_176_385).toISOString()));
    expect(ids.next('x').slice(0, 12)).toBe('x_01ARYZ6S41');
  });

  it('does not give the same ids to two processes in one millisecond', () => {
    const clock = new TestClock();
    expect(new SystemIds(clock).next('a')).not.toBe(new SystemIds(clock).next('a'));
  });

  it('gives as many random bytes as asked', () => {
    const randomness = new SystemRandomness();
    expect(randomness.bytes(32)).toHaveLength(32);
    expect(randomness.bytes(32)).not.toEqual(randomness.bytes(32));
  });
});
