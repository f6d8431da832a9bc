import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import type { Block } from '../text/index.ts';

const maxColumns = 60;

/** The separator that occurs most in the first line outside quotes; Chinese exports use comma, tab or semicolon. */
const separatorOf = (text: string): string => {
  const line = (/^[^\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (it: string): number => line.split(it).length;
  return [',', '\t', ';'].reduce((best, it) => (count(it) > count(best) ? it : best));
};

/** RFC 4180 rows. Refuses `damaged` when a quote is not closed. */
export const parseCsv = (text: string, separator = separatorOf(text)): Result<string[][], Refusal> => {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const it = text[i] ?? '';
    if (quoted) {
      if (it !== '"') field += it;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (it === '"' && field === '') quoted = true;
    else if (it === separator || it === '\n') {
      row.push(field);
      field = '';
      if (it === '\n') {
        rows.push(row);
        row = [];
      }
    } else field += it;
  }
  if (quoted) return err(refusal('damaged', { detail: `CSV: “"” line ${rows.length + 1}` }));
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  return ok(rows.filter((cells) => cells.some((cell) => cell.trim() !== '')));
};

/**
 * A table with a head row. Cells are text as they stand: `=1+1` is printed, never computed, and nobody opens a PDF in a
 * spreadsheet, so no quote is put before it.
 */
export const csvBlocks = (text: string): Result<Block[], Refusal> => {
  const parsed = parseCsv(text);
  if (!parsed.ok) return parsed;
  const columns = Math.max(0, ...parsed.value.map((row) => row.length));
  if (columns === 0) return ok([]);
  if (columns > maxColumns) {
    return err(refusal('conversion-failed', { detail: `${columns} columns, at most ${maxColumns}` }));
  }
  const cells = parsed.value.flatMap((row) =>
    Array.from({ length: columns }, (_, i) => ({ runs: [{ text: row[i] ?? '' }] })),
  );
  return ok([{ is: 'table', columns, head: parsed.value.length > 1, cells }]);
};
