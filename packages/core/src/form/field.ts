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

export const nameOfField = (schema: z.ZodType): FieldName | undefined => names.get(schema);

/** A field that may be left out or have a default, without that. */
export const bareField = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? bareField(schema.def.innerType as z.ZodType)
    : schema;

const inside = (schema: z.ZodType, step: PropertyKey): z.ZodType | undefined => {
  const bare = bareField(schema);
  if (bare instanceof z.ZodObject) return bare.shape[String(step)] as z.ZodType | undefined;
  return bare instanceof z.ZodArray ? (bare.element as z.ZodType) : undefined;
};

/** The way to a field in the office's words: 附件（第 2 项）标题 / Attachments (2) Title. */
export const fieldPath = (schema: z.ZodType, path: readonly PropertyKey[]): { zh: string; en: string } => {
  let at: z.ZodType | undefined = schema;
  let zh = '';
  let en = '';
  for (const step of path) {
    at = at && inside(at, step);
    if (typeof step === 'number') {
      zh += `（第 ${step + 1} 项）`;
      en += ` (${step + 1}) `;
      continue;
    }
    const name = at && names.get(at);
    zh += name?.zh ?? String(step);
    en += name?.en ?? String(step);
  }
  return { zh, en: en.trim() };
};

export const line = z.string().trim().min(1).max(200);
export const isoDay = z.iso.date();
