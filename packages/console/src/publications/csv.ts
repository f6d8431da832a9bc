/**
 * A cell as spreadsheet programs read it. Text that begins like a formula gets a leading apostrophe, because
 * Excel and WPS would run it (OWASP, CSV injection); numbers and dates are left as they are.
 */
const cell = (value: string | number | boolean): string => {
  if (typeof value !== 'string') return String(value);
  const safe = /^[\s]*[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export type Column<T> = readonly [heading: string, value: (row: T) => string | number | boolean];

/** RFC 4180, with the mark at the beginning by which Excel knows UTF-8. */
export const csv = <T>(columns: readonly Column<T>[], rows: readonly T[]): string => {
  const lines = [
    columns.map(([heading]) => cell(heading)),
    ...rows.map((row) => columns.map(([, value]) => cell(value(row)))),
  ];
  return `\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
};
