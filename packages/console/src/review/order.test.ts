import { describe, expect, it } from 'vitest';
import { grouped, mustAnswer, neighbour, nextOpen, within } from './order.ts';

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
const groups = grouped(files);
const all = groups.flatMap(({ findings }) => findings);
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

describe('the order of findings', () => {
  it('is gravest kind first, then as they stand in the publication', () => {
    expect(ids(all)).toEqual(['early', 'late', 'other', 'low']);
    expect(all[2]?.file).toBe(1);
  });

  it('gathers one value from all files, however it is written', () => {
    const phone = (id: string, text: string) => ({ ...finding(id, 'mobile', 'high', 1), text });
    const found = grouped([
      [phone('a', '13800138000'), phone('x', '13900139000')],
      [phone('b', '138 0013 8000')],
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]?.values.map(({ findings }) => ids(findings))).toEqual([['a', 'b'], ['x']]);
    const [a] = found[0]?.findings ?? [];
    if (!a) throw new Error('lost');
    expect(ids(within(found, a, 'one'))).toEqual(['a']);
    expect(ids(within(found, a, 'value'))).toEqual(['a', 'b']);
    expect(ids(within(found, a, 'kind'))).toEqual(['a', 'b', 'x']);
  });

  it('never answers a page that was not searched together with another', () => {
    const page = (id: string) => ({
      ...finding(id, 'email', 'high', 1),
      kind: 'not-searched' as const,
      text: '1',
    });
    const found = grouped([[page('a')], [page('b')]]);
    const [a] = found[0]?.findings ?? [];
    if (!a) throw new Error('lost');
    expect(found[0]?.values).toHaveLength(2);
    expect(ids(within(found, a, 'kind'))).toEqual(['a']);
  });

  it('goes round with j and k', () => {
    expect(neighbour(all, undefined, 1)?.id).toBe('early');
    expect(neighbour(all, undefined, -1)?.id).toBe('low');
    expect(neighbour(all, 'low', 1)?.id).toBe('early');
    expect(neighbour(all, 'early', -1)?.id).toBe('low');
    expect(neighbour([], 'early', 1)).toBeUndefined();
  });

  it('leads from an answered one to the next open one, also from the end to the beginning', () => {
    expect(nextOpen(all, 'early', ['early', 'other'])?.id).toBe('other');
    expect(nextOpen(all, 'other', ['late', 'other'])?.id).toBe('late');
    expect(nextOpen(all, 'late', ['late'])).toBeUndefined();
  });

  it('asks for an answer where it matters and rendering does not take it away', () => {
    expect(mustAnswer({ severity: 'medium', removedByRender: false })).toBe(true);
    expect(mustAnswer({ severity: 'high', removedByRender: true })).toBe(false);
    expect(mustAnswer({ severity: 'low', removedByRender: false })).toBe(false);
  });
});
