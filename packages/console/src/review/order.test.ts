import { describe, expect, it } from 'vitest';
import { grouped, inOrder, mustAnswer, neighbour, nextOpen } from './order.ts';

const finding = (
  id: string,
  kind: 'mobile' | 'email',
  severity: 'high' | 'medium' | 'low',
  page: number,
  y = 0,
) => ({
  id,
  kind,
  severity,
  rule: kind,
  sure: 1,
  text: id,
  boxes: [{ page, x: 0, y, width: 1, height: 1 }],
  removedByRender: false,
  why: { zh: '', en: '' },
});
const files = [
  [
    finding('late', 'mobile', 'high', 2),
    finding('low', 'email', 'low', 1),
    finding('early', 'mobile', 'high', 1),
  ],
  [finding('other', 'email', 'medium', 1)],
];
const all = inOrder(files);
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

describe('the order of findings', () => {
  it('is file by file, gravest first, then down the pages', () => {
    expect(ids(all)).toEqual(['early', 'late', 'low', 'other']);
    expect(all.at(-1)?.file).toBe(1);
  });

  it('goes round with j and k', () => {
    expect(neighbour(all, undefined, 1)?.id).toBe('early');
    expect(neighbour(all, undefined, -1)?.id).toBe('other');
    expect(neighbour(all, 'other', 1)?.id).toBe('early');
    expect(neighbour(all, 'early', -1)?.id).toBe('other');
    expect(neighbour([], 'early', 1)).toBeUndefined();
  });

  it('leads from an answered one to the next open one, also from the end to the beginning', () => {
    expect(nextOpen(all, 'early', ['early', 'other'])?.id).toBe('other');
    expect(nextOpen(all, 'other', ['late', 'other'])?.id).toBe('late');
    expect(nextOpen(all, 'late', ['late'])).toBeUndefined();
  });

  it('keeps one group for each kind', () => {
    expect(grouped(all).map(({ kind, findings }) => [kind, findings.length])).toEqual([
      ['mobile', 2],
      ['email', 2],
    ]);
  });

  it('asks for an answer where it matters and rendering does not take it away', () => {
    expect(mustAnswer({ severity: 'medium', removedByRender: false })).toBe(true);
    expect(mustAnswer({ severity: 'high', removedByRender: true })).toBe(false);
    expect(mustAnswer({ severity: 'low', removedByRender: false })).toBe(false);
  });
});
