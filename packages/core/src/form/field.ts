import * as z from 'zod';

/** What a field is called on paper and on the screen, and how much room it wants there. */
export type FieldName = {
  readonly zh: string;
  readonly en: string;
  readonly lines?: number;
  readonly choices?: Readonly<Record<string, readonly [zh: string, en: string]>>;
};

const names = z.registry<FieldName>();

/** Gives a field of a form its name in both languages; `title` goes into OpenAPI too. */
export const named = <S extends z.ZodType>(zh: string, en: string, schema: S, more: object = {}): S => {
  const one = schema.meta({ title: zh, description: en });
  names.add(one, { zh, en, ...more });
  return one;
};

/** A field that may be left out or have a default, without that. */
export const bareField = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? bareField(schema.def.innerType as z.ZodType)
    : schema;

/** Its name, also where `optional()` was put around it afterwards. */
export const nameOfField = (schema: z.ZodType): FieldName | undefined =>
  names.get(schema) ??
  (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? nameOfField(schema.def.innerType as z.ZodType)
    : undefined);

/** The field at the end of a path; undefined where the form has none. */
export const fieldAt = (schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined =>
  path.reduce<z.ZodType | undefined>((at, step) => at && inside(at, step), schema);

const inside = (schema: z.ZodType, step: PropertyKey): z.ZodType | undefined => {
  const bare = bareField(schema);
  if (bare instanceof z.ZodObject)
    return Object.hasOwn(bare.shape, step) ? (bare.shape[String(step)] as z.ZodType) : undefined;
  return bare instanceof z.ZodArray ? (bare.element as z.ZodType) : undefined;
};

/** The way to a field in the office's words: 附件（第 2 项）标题 / Attachments (2) Title. */
export const fieldPath = (schema: z.ZodType, path: readonly PropertyKey[]): { zh: string; en: string } => {
  let zh = '';
  let en = '';
  for (const [i, step] of path.entries()) {
    const at = fieldAt(schema, path.slice(0, i + 1));
    if (typeof step === 'number') {
      zh += `（第 ${step + 1} 项）`;
      en += ` (${step + 1}) `;
      continue;
    }
    const name = at && nameOfField(at);
    zh += name?.zh ?? String(step);
    en += name?.en ?? String(step);
  }
  return { zh, en: en.trim() };
};

export const line = z.string().trim().min(1).max(200);
export const isoDay = z.iso.date();
