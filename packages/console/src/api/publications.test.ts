import type { Publication } from '@gongkai/core';
import { describe, expect, it } from 'vitest';
import { looksAgainAfter } from './publications.ts';

const now = Date.parse('2026-11-27T20:44:00.000Z');
const item = (state: Publication['state'], publishedAt?: string) =>
  ({ state, publishedAt, files: [] }) as unknown as Publication;

describe('the screen of one publication', () => {
  it('looks again soon while a machine is at work on it, and when its hour is near or past', () => {
    for (const one of [
      item('rendering'),
      item('gating'),
      item('scheduled'),
      item('scheduled', '2026-11-27T20:44:50.000Z'),
      item('scheduled', '2026-11-27T20:43:00.000Z'),
    ])
      expect(looksAgainAfter(one, now)).toBe(1_200);
  });

  it('goes on looking at what is scheduled, also where this clock is behind the one that publishes', () => {
    expect(looksAgainAfter(item('scheduled', '2026-11-27T20:55:24.000Z'), now)).toBe(15_000);
  });

  it('does not look again at what only people change', () => {
    for (const state of ['draft', 'first-review', 'published', 'withdrawn'] as const)
      expect(looksAgainAfter(item(state), now)).toBe(false);
  });
});
