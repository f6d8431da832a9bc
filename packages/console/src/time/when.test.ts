import { describe, expect, it } from 'vitest';
import { ago, day, fromField, lastDay, minute, toField } from './when.ts';

describe('times', () => {
  it("are shown in the office's zone", () => {
    expect(day('2026-11-22T16:00:00.000Z')).toBe('2026-11-23');
    expect(minute('2026-11-22T15:59:00.000Z')).toBe('2026-11-22 23:59');
    expect(minute('2026-11-22T16:00:00.000Z')).toBe('2026-11-23 00:00');
  });

  it('go into a form field and come back the same', () => {
    expect(fromField(toField('2026-02-28T01:30:00.000Z'))).toBe('2026-02-28T01:30:00.000Z');
    expect(fromField('')).toBeNull();
    expect(toField(undefined)).toBe('');
  });

  it('name the last whole day of a display that ends at midnight', () => {
    expect(lastDay('2026-12-01T16:00:00.000Z')).toBe('2026-12-01');
  });

  it('say how long ago', () => {
    const now = Date.parse('2026-11-23T00:00:00.000Z');
    expect(ago('2026-11-20T00:00:00.000Z', now, 'zh')).toBe('3天前');
    expect(ago('2026-11-23T02:10:00.000Z', now, 'en')).toBe('in 2 hours');
    expect(ago('2026-11-22T23:59:40.000Z', now, 'zh')).toBe('刚刚');
  });
});
