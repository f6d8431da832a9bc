import { closeSync, openSync, readSync } from 'node:fs';

/** First and last code point, both covered. */
export type Range = readonly [first: number, last: number];

const read = (file: number, at: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, at));
};

/** Format 4: segments of the first plane; a segment maps to nothing where its glyphs are 0, which no font of ours does. */
const segments = (table: Buffer): Range[] => {
  const count = table.readUInt16BE(6) / 2;
  return Array.from(
    { length: count },
    (_, i): Range => [table.readUInt16BE(16 + count * 2 + i * 2), table.readUInt16BE(14 + i * 2)],
  ).filter(([first]) => first !== 0xffff);
};

/** Format 12: groups of all planes. */
const groups = (table: Buffer): Range[] =>
  Array.from(
    { length: table.readUInt32BE(12) },
    (_, i): Range => [table.readUInt32BE(16 + i * 12), table.readUInt32BE(20 + i * 12)],
  );

const inTable = (cmap: Buffer): Range[] => {
  for (const wanted of [12, 4])
    for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
      const table = cmap.subarray(cmap.readUInt32BE(8 + i * 8));
      if (table.readUInt16BE(0) === wanted) return wanted === 12 ? groups(table) : segments(table);
    }
  return [];
};

/**
 * The code points that a .ttf, .otf or the first face of a .ttc has glyphs for (`cmap`, OpenType 1.9). Empty for what is no
 * font.
 */
export const coverageOf = (path: string): readonly Range[] => {
  const file = openSync(path, 'r');
  try {
    const head = read(file, 0, 16);
    const start = head.toString('latin1', 0, 4) === 'ttcf' ? head.readUInt32BE(12) : 0;
    const count = read(file, start, 12).readUInt16BE(4);
    const entries = read(file, start + 12, count * 16);
    for (let at = 0; at + 16 <= entries.length; at += 16)
      if (entries.toString('latin1', at, at + 4) === 'cmap')
        return inTable(read(file, entries.readUInt32BE(at + 8), entries.readUInt32BE(at + 12)));
    return [];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  } finally {
    closeSync(file);
  }
};

let known: { readonly paths: string; readonly has: (code: number) => boolean } | undefined;

/** Whether any of these fonts has the code point. Reading them takes some milliseconds, once a process. */
export const covered = (paths: readonly string[]): ((code: number) => boolean) => {
  const key = paths.join('\n');
  if (known?.paths === key) return known.has;
  const ranges = paths.flatMap(coverageOf).sort((a, b) => a[0] - b[0]);
  const exact = ranges.reduce<Range[]>((kept, [first, last]) => {
    const before = kept.at(-1);
    if (before && first <= before[1] + 1) kept[kept.length - 1] = [before[0], Math.max(before[1], last)];
    else kept.push([first, last]);
    return kept;
  }, []);
  const has = (code: number): boolean => {
    let [low, high] = [0, exact.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [first, last] = exact[middle] ?? [0, -1];
      if (code < first) high = middle - 1;
      else if (code > last) low = middle + 1;
      else return true;
    }
    return false;
  };
  known = { paths: key, has };
  return has;
};
