/** What a part of the bench measured. Numbers are kept as measured (`--json`) and rounded only when shown. */
export type Cell = string | number | undefined;
export type Table = {
  readonly title: string;
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  /** What must be known to read the numbers. */
  readonly notes?: readonly string[];
};

const shown = (cell: Cell): string => {
  if (cell === undefined) return '—';
  if (typeof cell === 'string') return cell.replaceAll('|', '\\|');
  const size = Math.abs(cell);
  return size === 0 || Number.isInteger(cell)
    ? String(cell)
    : cell.toFixed(size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
};

/** As a Markdown table; the columns are those of all rows, in order of appearance. */
export const markdown = ({ title, rows, notes = [] }: Table): string => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const numeric = (column: string): boolean => rows.some((row) => typeof row[column] === 'number');
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `### ${title}`,
    '',
    line(columns),
    line(columns.map((column) => (numeric(column) ? '---:' : '---'))),
    ...rows.map((row) => line(columns.map((column) => shown(row[column])))),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `- ${note}`)] : []),
    '',
  ].join('\n');
};
