import type { Query, Records, Row, Write } from '@gongkai/core';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { casesOf, type Failing } from './cases.ts';

const put = (sort: string, expected: 'absent' | number, more: Partial<Write & { data: unknown }> = {}) =>
  ({ kind: 'put', key: { partition: 'p', sort }, data: { sort }, expect: expected, ...more }) as Write;

const sorts = (rows: readonly Row[]): string[] => rows.map(({ sort }) => sort);

const all = async (records: Records, query: Query): Promise<Row[]> => {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await records.query({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return rows;
};

/** What every Records adapter must do. `make` gives an empty one. */
export const recordsContract = (
  name: string,
  make: () => Promise<Records>,
  failing: Failing = {},
  /** Of the property over random runs: fewer where each request takes long. */
  runs = 60,
): void => {
  describe(`records contract: ${name}`, () => {
    const it = casesOf(failing);
    it('gives back what was put, with version and index places, and nothing for a free key', async () => {
      const records = await make();
      const data = { title: '关于印发预算的通知', n: 1.5, list: [null, true, '𠮷'], deep: { empty: {} } };
      const indexes = { due: { partition: 'd', sort: '2026' } };
      expect(await records.commit([put('a', 'absent', { data, indexes })])).toEqual({ ok: true });
      expect(await records.get({ partition: 'p', sort: 'a' })).toEqual({
        partition: 'p',
        sort: 'a',
        version: 1,
        data,
        indexes,
      });
      expect(await records.get({ partition: 'p', sort: 'b' })).toBeUndefined();
      expect(await records.get({ partition: 'q', sort: 'a' })).toBeUndefined();
    });

    it('does not share data with the caller', async () => {
      const records = await make();
      const data = { list: [1] };
      await records.commit([put('a', 'absent', { data })]);
      data.list.push(2);
      const first = await records.get({ partition: 'p', sort: 'a' });
      (first?.data as typeof data | undefined)?.list.push(3);
      expect((await records.get({ partition: 'p', sort: 'a' }))?.data).toEqual({ list: [1] });
    });

    it('puts only under the expected version or absence', async () => {
      const records = await make();
      expect(await records.commit([put('a', 1)])).toEqual({ ok: false, failed: 0 });
      expect(await records.commit([put('a', 'absent')])).toEqual({ ok: true });
      expect(await records.commit([put('a', 'absent')])).toEqual({ ok: false, failed: 0 });
      expect(await records.commit([put('a', 2)])).toEqual({ ok: false, failed: 0 });
      expect(await records.commit([put('a', 1)])).toEqual({ ok: true });
      expect(await records.commit([put('a', 1)])).toEqual({ ok: false, failed: 0 });
      expect((await records.get({ partition: 'p', sort: 'a' }))?.version).toBe(2);
    });

    it('deletes and checks only under the expected version', async () => {
      const records = await make();
      const key = { partition: 'p', sort: 'a' };
      expect(await records.commit([{ kind: 'delete', key, expect: 1 }])).toEqual({ ok: false, failed: 0 });
      expect(await records.commit([{ kind: 'check', key, expect: 'absent' }])).toEqual({ ok: true });
      await records.commit([put('a', 'absent')]);
      expect(await records.commit([{ kind: 'check', key, expect: 'absent' }])).toEqual({
        ok: false,
        failed: 0,
      });
      expect(await records.commit([{ kind: 'check', key, expect: 1 }])).toEqual({ ok: true });
      expect(await records.commit([{ kind: 'delete', key, expect: 2 }])).toEqual({ ok: false, failed: 0 });
      expect(await records.commit([{ kind: 'delete', key, expect: 1 }])).toEqual({ ok: true });
      expect(await records.get(key)).toBeUndefined();
    });

    it('writes nothing of a commit of five when the fourth does not hold, and names it', async () => {
      const records = await make();
      const indexes = { due: { partition: 'd', sort: 'x' } };
      await records.commit([put('old', 'absent', { indexes }), put('gone', 'absent', { indexes })]);
      const outcome = await records.commit([
        put('new', 'absent', { indexes }),
        put('old', 1, { data: 'changed' }),
        { kind: 'delete', key: { partition: 'p', sort: 'gone' }, expect: 1 },
        { kind: 'check', key: { partition: 'p', sort: 'nowhere' }, expect: 7 },
        put('newer', 'absent'),
      ]);
      expect(outcome).toEqual({ ok: false, failed: 3 });
      expect(sorts(await all(records, { partition: 'p' }))).toEqual(['gone', 'old']);
      expect((await records.get({ partition: 'p', sort: 'old' }))?.data).toEqual({ sort: 'old' });
      expect(sorts(await all(records, { index: 'due', partition: 'd' })).sort()).toEqual(['gone', 'old']);
    });

    it('names the first of several writes that do not hold', async () => {
      const records = await make();
      await records.commit([put('a', 'absent')]);
      expect(await records.commit([put('b', 'absent'), put('c', 1), put('a', 'absent')])).toEqual({
        ok: false,
        failed: 1,
      });
    });

    it('throws on commits that break a limit, and writes nothing of them', async () => {
      const records = await make();
      const many = Array.from({ length: 101 }, (_, n) => put(`n${n}`, 'absent'));
      await expect(records.commit(many)).rejects.toThrow(RangeError);
      await expect(records.commit([put('a', 'absent'), put('a', 'absent')])).rejects.toThrow(RangeError);
      const wide = { data: '预'.repeat(140_000) };
      await expect(records.commit([put('b', 'absent'), put('c', 'absent', wide)])).rejects.toThrow(
        RangeError,
      );
      await expect(records.commit([put('', 'absent')])).rejects.toThrow(RangeError);
      await expect(records.commit([put('\ud800', 'absent')])).rejects.toThrow(RangeError);
      await expect(records.commit([put('d', 'absent', { data: undefined })])).rejects.toThrow(TypeError);
      expect((await records.query({ partition: 'p' })).rows).toEqual([]);
      expect(await records.commit(many.slice(1))).toEqual({ ok: true });
    });

    it('orders an index by its sort and moves a row when its place changes', async () => {
      const records = await make();
      const at = (partition: string, sort: string) => ({ indexes: { work: { partition, sort } } });
      await records.commit([
        put('a', 'absent', at('review', '3')),
        put('b', 'absent', at('review', '1')),
        put('c', 'absent', at('review', '2')),
        put('d', 'absent'),
      ]);
      const inReview = { index: 'work', partition: 'review' } as const;
      expect(sorts(await all(records, inReview))).toEqual(['b', 'c', 'a']);
      await records.commit([put('c', 1, at('done', '2')), put('b', 1, at('review', '4')), put('a', 1)]);
      expect(sorts(await all(records, inReview))).toEqual(['b']);
      expect(sorts(await all(records, { index: 'work', partition: 'done' }))).toEqual(['c']);
      await records.commit([{ kind: 'delete', key: { partition: 'p', sort: 'c' }, expect: 2 }]);
      expect(await all(records, { index: 'work', partition: 'done' })).toEqual([]);
      expect(sorts(await all(records, { index: 'due', partition: 'review' }))).toEqual([]);
    });

    it('answers ranges with the beginning in and the end out, both ways, page by page', async () => {
      const records = await make();
      const names = Array.from({ length: 25 }, (_, n) => String(n).padStart(2, '0'));
      await records.commit(
        names.map((n) => put(n, 'absent', { indexes: { public: { partition: 'i', sort: n } } })),
      );
      const wanted = names.slice(5, 20);
      for (const query of [{ partition: 'p' }, { index: 'public', partition: 'i' }] as const) {
        for (const limit of [1, 4, 15, 100]) {
          const range = { ...query, from: '05', to: '20', limit };
          expect(sorts(await all(records, range))).toEqual(wanted);
          expect(sorts(await all(records, { ...range, descending: true }))).toEqual(wanted.toReversed());
        }
      }
      expect((await records.query({ partition: 'p', limit: 4 })).rows).toHaveLength(4);
    });

    it('pages through rows that share one place without losing or repeating any', async () => {
      const records = await make();
      const indexes = { due: { partition: 'd', sort: 'same' } };
      const names = Array.from({ length: 30 }, (_, n) => `n${n}`);
      await records.commit(names.map((n) => put(n, 'absent', { indexes })));
      for (const descending of [false, true]) {
        const found = sorts(await all(records, { index: 'due', partition: 'd', limit: 7, descending }));
        expect(found.toSorted()).toEqual(names.toSorted());
      }
    });

    it('goes on behind a cursor although rows before it went and came', async () => {
      const records = await make();
      await records.commit(['b', 'd', 'f', 'h'].map((n) => put(n, 'absent')));
      const first = await records.query({ partition: 'p', limit: 2 });
      await records.commit([
        put('a', 'absent'),
        put('g', 'absent'),
        { kind: 'delete', key: { partition: 'p', sort: 'd' }, expect: 1 },
      ]);
      const rest = await all(records, { partition: 'p', cursor: first.cursor ?? '' });
      expect([...sorts(first.rows), ...sorts(rest)]).toEqual(['b', 'd', 'f', 'g', 'h']);
    });

    it('throws on a limit out of bounds and on a cursor that it did not give', async () => {
      const records = await make();
      for (const limit of [0, 1001, 1.5]) {
        await expect(records.query({ partition: 'p', limit })).rejects.toThrow(RangeError);
      }
      for (const cursor of ['', 'nonsense', '[]', 'W10', '%']) {
        await expect(records.query({ partition: 'p', cursor })).rejects.toMatchObject({
          name: 'CursorUnreadable',
        });
      }
    });

    it('sorts by code point, as UTF-8 bytes do', async () => {
      const records = await make();
      // By UTF-16 unit the astral 𠮷 would come before U+FFFD.
      const order = ['A', 'Z', 'a', 'é', '政', '\ufffd', '𠮷'];
      await records.commit(order.toReversed().map((n) => put(n, 'absent')));
      expect(sorts(await all(records, { partition: 'p' }))).toEqual(order);
    });

    it('lets exactly one of many commits at once win', async () => {
      const records = await make();
      await records.commit([put('a', 'absent')]);
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, n) => records.commit([put('a', 1, { data: n })])),
      );
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      expect((await records.get({ partition: 'p', sort: 'a' }))?.version).toBe(2);
    });

    it('agrees with a Map over any run of commits', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(anyWrite, { minLength: 1, maxLength: 5 }), { maxLength: 25 }),
          (run) => agreesWithModel(make, run),
        ),
        { numRuns: runs },
      );
    });
  });
};

const few = fc.constantFrom('a', 'b', 'c', '政', '𠮷');
const expectation = fc.oneof(fc.constant('absent' as const), fc.integer({ min: 1, max: 3 }));
const key = fc.record({ partition: fc.constantFrom('p', 'q'), sort: few });
const place = fc.record({ partition: fc.constantFrom('x', 'y'), sort: few });
const anyWrite: fc.Arbitrary<Write> = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    key,
    data: fc.jsonValue(),
    indexes: fc.record({ due: place, work: place }, { requiredKeys: [] }),
    expect: expectation,
  }),
  fc.record({ kind: fc.constant('delete' as const), key, expect: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('check' as const), key, expect: expectation }),
);

const nameOf = ({ key: { partition, sort } }: Write): string => `${partition}/${sort}`;

/** Runs the commits on the adapter and on a Map, then compares outcomes, rows and index contents. */
const agreesWithModel = async (make: () => Promise<Records>, run: readonly Write[][]): Promise<void> => {
  const records = await make();
  let model = new Map<string, Row>();
  for (const drawn of run) {
    const writes = [...new Map(drawn.map((write) => [nameOf(write), write])).values()];
    const next = new Map(model);
    const failed = writes.findIndex((write) => {
      const held = model.get(nameOf(write));
      if (write.expect === 'absent' ? held !== undefined : held?.version !== write.expect) return true;
      if (write.kind === 'delete') next.delete(nameOf(write));
      if (write.kind === 'put') {
        next.set(nameOf(write), {
          ...write.key,
          version: (held?.version ?? 0) + 1,
          data: JSON.parse(JSON.stringify(write.data)) as unknown,
          indexes: write.indexes ?? {},
        });
      }
      return false;
    });
    expect(await records.commit(writes)).toEqual(failed === -1 ? { ok: true } : { ok: false, failed });
    if (failed === -1) model = next;
  }
  const byName = (rows: readonly Row[]) =>
    new Map(rows.map((row) => [`${row.partition}/${row.sort}`, row] as const));
  const inTable = [
    ...(await all(records, { partition: 'p' })),
    ...(await all(records, { partition: 'q', limit: 1 })),
  ];
  expect(byName(inTable)).toEqual(model);
  for (const index of ['due', 'work'] as const) {
    for (const partition of ['x', 'y']) {
      const found = await all(records, { index, partition, limit: 2 });
      const wanted = [...model].filter(([, row]) => row.indexes[index]?.partition === partition);
      expect(byName(found)).toEqual(new Map(wanted));
      const order = found.map((row) => row.indexes[index]?.sort ?? '');
      expect(order).toEqual(order.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    }
  }
};
