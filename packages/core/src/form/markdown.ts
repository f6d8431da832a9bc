import * as z from 'zod';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { bareField, nameOfField } from './field.ts';

type Fields = Readonly<Record<string, z.ZodType>>;

const head = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/;
const heading = /^\s*#[ \t]+(.+?)[ \t#]*(?:\r?\n|$)/;
const yes = new Set(['true', 'yes', '是', '有']);

/** 发文字号（如 …）is asked for as 发文字号. */
const plain = (name: string): string => name.replace(/（.*/u, '');

const keyOf = (fields: Fields, given: string): string =>
  Object.keys(fields).find((key) => {
    const name = fields[key] && nameOfField(fields[key]);
    return key === given || (name !== undefined && plain(name.zh) === plain(given));
  }) ?? given;

/** YAML is read as text only, so that 000012 and 2026-03-03 stay what was typed; what a field wants else is made here. */
const shaped = (field: z.ZodType | undefined, value: unknown): unknown => {
  const bare = field && bareField(field);
  if (bare instanceof z.ZodBoolean && typeof value === 'string') return yes.has(value.trim().toLowerCase());
  if (bare instanceof z.ZodNumber && typeof value === 'string' && value.trim() !== '') return Number(value);
  if (bare instanceof z.ZodArray) {
    const element = bareField(bare.element as z.ZodType);
    return (Array.isArray(value) ? value : [value]).map((one) => shaped(element, one));
  }
  if (bare instanceof z.ZodEnum && typeof value === 'string') {
    const choices = (field && nameOfField(field)?.choices) ?? {};
    return (
      Object.keys(choices).find((key) => choices[key]?.some((it) => plain(it) === plain(value))) ?? value
    );
  }
  if (!(bare instanceof z.ZodObject)) return value;
  // 附件: 一个名称 says the same as 附件: [{ 名称: 一个名称 }].
  const fields: Fields = bare.shape;
  if (typeof value === 'string') return { [Object.keys(fields)[0] ?? '']: value };
  return typeof value === 'object' && value !== null ? shapedFields(fields, value) : value;
};

const shapedFields = (fields: Fields, given: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const key = keyOf(fields, name);
      return [key, shaped(Object.hasOwn(fields, key) ? fields[key] : undefined, value)];
    }),
  );

const yaml = async (text: string): Promise<Result<object, Refusal>> => {
  // Only who composes a letter needs it; in the bundle of a function it would be read before every first page.
  const { parse, YAMLError } = await import('yaml');
  try {
    const value: unknown = parse(text, { schema: 'failsafe', maxAliasCount: 0, logLevel: 'error' });
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ok(value);
    return err(refusal('form-head', { detail: '—' }));
  } catch (thrown) {
    // The library throws a ReferenceError for aliases beyond the limit.
    if (!(thrown instanceof YAMLError || thrown instanceof ReferenceError)) throw thrown;
    return err(refusal('form-head', { detail: thrown.message.split('\n')[0] ?? '' }));
  }
};

/** A form's data as YAML, keys in English or in the office's words: `发文字号: 三政发〔2026〕8号`. */
export const formFromYaml = async (
  schema: z.ZodObject,
  text: string,
): Promise<Result<Record<string, unknown>, Refusal>> => {
  const read = await yaml(text);
  return read.ok ? ok(shapedFields(schema.shape, read.value)) : read;
};

/**
 * A form as Markdown: its fields between two lines `---`, then the text. Its first heading `#` is the title where no title was
 * given among the fields. Refuses `form-head` when the fields cannot be read; what they say is checked with the form.
 */
export const formFromMarkdown = async (
  schema: z.ZodObject,
  text: string,
): Promise<Result<Record<string, unknown>, Refusal>> => {
  const found = head.exec(text);
  const fields =
    found?.[1] === undefined || found[1].trim() === '' ? ok({}) : await formFromYaml(schema, found[1]);
  if (!fields.ok) return fields;
  const rest = text.slice(found?.[0].length ?? 0).replace(/^\uFEFF/, '');
  const title = 'title' in fields.value ? null : heading.exec(rest);
  return ok({
    ...(title ? { title: title[1] } : {}),
    ...fields.value,
    body: rest.slice(title?.[0].length ?? 0).trim(),
  });
};
