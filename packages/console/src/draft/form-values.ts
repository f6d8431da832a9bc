import type { Display, Metadata, Publication } from '@gongkai/core';
import { fromField, toField } from '../time/when.ts';
import type { Change } from './edits.ts';

/** The form's fields; the theme as the two steps of the cascader. */
export type Values = Omit<Metadata, 'theme'> & {
  theme: string[];
  display: Display;
  major: boolean;
  publishAt: string;
};

export const valuesOf = (item: Publication): Values => ({
  ...item.metadata,
  theme: item.metadata.theme ? item.metadata.theme.split('/') : [],
  display: item.display,
  major: item.major,
  publishAt: toField(item.publishAt),
});

export type Field = keyof Values;

/**
 * Only the fields that the person touched are changed; the others stay as they stand on the server, where the
 * machines may just have read them from the text.
 */
export const changeOf =
  (values: Values, touched: ReadonlySet<Field>): Change =>
  (item) => {
    const { display, major, publishAt, theme, ...fields } = values;
    const own = Object.fromEntries(
      Object.entries(fields)
        .filter(([key]) => touched.has(key as Field))
        .map(([key, value]) => [key, value ?? '']),
    );
    return {
      metadata: {
        ...item.metadata,
        ...own,
        ...(touched.has('theme') ? { theme: (theme ?? []).join('/') } : {}),
      },
      ...(touched.has('display') ? { display } : {}),
      ...(touched.has('major') ? { major } : {}),
      ...(touched.has('publishAt') ? { publishAt: fromField(publishAt) } : {}),
    };
  };
