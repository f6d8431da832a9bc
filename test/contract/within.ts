import type { Key, Query, Records, Row, Write } from '@gongkai/core';

/**
 * A table of one's own inside another: every partition bears a name before it. A suite wants hundreds of empty tables;
 * in an account that takes ten seconds each.
 */
export const within = (records: Records, name: string): Records => {
  const into = (partition: string): string => `${name}/${partition}`;
  const out = (partition: string): string => partition.slice(name.length + 1);
  const places = (indexes: Row['indexes'], change: (partition: string) => string): Row['indexes'] =>
    Object.fromEntries(
      Object.entries(indexes).map(([index, place]) => [
        index,
        { ...place, partition: change(place.partition) },
      ]),
    );
  const key = ({ partition, sort }: Key): Key => ({ partition: into(partition), sort });
  const row = (found: Row): Row => ({
    ...found,
    partition: out(found.partition),
    indexes: places(found.indexes, out),
  });
  return {
    get: async (wanted) => {
      const found = await records.get(key(wanted));
      return found === undefined ? undefined : row(found);
    },
    query: async (query: Query) => {
      const page = await records.query({ ...query, partition: into(query.partition) });
      return { ...page, rows: page.rows.map(row) };
    },
    commit: (writes) =>
      records.commit(
        writes.map((write): Write => {
          const moved = { ...write, key: key(write.key) };
          return moved.kind === 'put' && moved.indexes !== undefined
            ? { ...moved, indexes: places(moved.indexes, into) }
            : moved;
        }),
      ),
  };
};
