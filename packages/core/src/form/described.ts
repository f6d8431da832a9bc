import * as z from 'zod';
import { bareField, nameOfField } from './field.ts';

/** A field as a screen shows it. */
export type FieldView = {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly needed: boolean;
  readonly kind: 'line' | 'text' | 'day' | 'choice' | 'yes-no' | 'list' | 'rows';
  /** Lines of a text. */
  readonly lines?: number;
  /** Of a choice: value and what it is called. */
  readonly choices?: readonly (readonly [value: string, zh: string, en: string])[];
  /** What stands there when nobody chooses. */
  readonly fallback?: unknown;
  /** The fields of each row. */
  readonly rows?: readonly FieldView[];
};

const kindOf = (bare: z.ZodType, lines: number): FieldView['kind'] => {
  if (bare instanceof z.ZodEnum) return 'choice';
  if (bare instanceof z.ZodBoolean) return 'yes-no';
  if (bare instanceof z.ZodArray)
    return bareField(bare.element as z.ZodType) instanceof z.ZodObject ? 'rows' : 'list';
  if (bare instanceof z.ZodISODate) return 'day';
  return lines > 1 ? 'text' : 'line';
};

const viewOf = (key: string, field: z.ZodType): FieldView => {
  const { zh, en, lines = 1, choices } = nameOfField(field) ?? { zh: key, en: key };
  const bare = bareField(field);
  const element = bare instanceof z.ZodArray ? bareField(bare.element as z.ZodType) : undefined;
  return {
    key,
    zh,
    en,
    needed: !(field instanceof z.ZodOptional || field instanceof z.ZodDefault),
    kind: kindOf(bare, lines),
    ...(lines > 1 ? { lines } : {}),
    ...(bare instanceof z.ZodEnum
      ? {
          choices: bare.options.map((value) => {
            const name = choices?.[String(value)] ?? [String(value), String(value)];
            return [String(value), name[0], name[1]] as const;
          }),
        }
      : {}),
    ...(field instanceof z.ZodDefault ? { fallback: field.def.defaultValue } : {}),
    ...(element instanceof z.ZodObject ? { rows: fieldsOf(element) } : {}),
  };
};

/** The fields of a form in their order, for whoever draws them: nothing of the schema's inside. */
export const fieldsOf = (schema: z.ZodObject): readonly FieldView[] =>
  Object.entries(schema.shape).map(([key, field]) => viewOf(key, field as z.ZodType));
