import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Publication } from '../publication/index.ts';
import { everyone, visible } from './visible.ts';

/** What `visible` looks at, of a publication that the clock's sweep has not touched since its gate. */
const waiting = (publishedAt: string, until?: string): Publication =>
  ({
    state: 'scheduled',
    since: '2026-01-01T00:00:00.000Z',
    pass: { files: [] },
    release: { files: [] },
    publishedAt,
    ...(until === undefined ? {} : { until }),
  }) as unknown as Publication;
const at = (ms: number): string => new Date(ms).toISOString();

// docs/decisions.md, "No EventBridge Scheduler": nothing is finer than reading, so no timer has to be.
it('with the clock stopped a release appears in the very millisecond of its hour, and is gone in that of its end', () => {
  const hour = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2035, 0, 1) });
  fc.assert(
    fc.property(hour, fc.integer({ min: 1, max: 90 * 86_400_000 }), (start, length) => {
      const end = start + length;
      for (const item of [
        waiting(at(start), at(end)),
        { ...waiting(at(start), at(end)), state: 'published' as const },
      ]) {
        expect(visible(item, everyone, at(start - 1))).toBe('hidden');
        expect(visible(item, everyone, at(start))).toBe('visible');
        expect(visible(item, everyone, at(end - 1))).toBe('visible');
        expect(visible(item, everyone, at(end))).toBe('gone');
      }
    }),
  );
});

it('a release without a gate pass never appears, however late it is', () => {
  const { pass: _, ...unproven } = waiting('2026-02-10T01:00:00.000Z');
  expect(visible(unproven as Publication, everyone, '2030-01-01T00:00:00.000Z')).toBe('hidden');
});
