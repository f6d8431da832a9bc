import type { FieldView } from '@gongkai/core';

type Values = Readonly<Record<string, unknown>>;

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.filter((one) => !isEmpty(one)).map(plain);
  return typeof value === 'object' && value !== null ? filled(value as Values) : value;
};

/** What somebody filled in: an empty box is a field that was left out, an empty line of a list no line. */
export const filled = (values: Values): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => !isEmpty(value))
      .map(([key, value]) => [key, plain(value)]),
  );

/** What stands in a fresh form: its own defaults, the office's name and today. */
export const begun = (fields: readonly FieldView[], office: string, today: string): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap(({ key, fallback }): [string, unknown][] => {
      if (key === 'office') return [[key, office]];
      if (key === 'offices') return [[key, [office]]];
      if (key === 'date') return [[key, today]];
      return fallback === undefined ? [] : [[key, fallback]];
    }),
  );

/** `attachments.1.title`, as a refusal names it, to the path that the form has. */
export const pathOf = (key: string): (string | number)[] =>
  key.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
