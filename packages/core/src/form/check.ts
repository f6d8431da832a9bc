import type * as z from 'zod';
import { en, zhCN } from 'zod/locales';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { fieldAt, fieldPath, nameOfField } from './field.ts';

const inChinese = zhCN().localeError;
const inEnglish = en().localeError;

/** An unknown key is said to be wrong in what it stands in; people look for its own name. */
const pathOf = (issue: z.core.$ZodIssue): readonly PropertyKey[] =>
  issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;

/** A mistyped name comes before what is missing because of it. */
const whichFirst = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(
    0,
    issues.findIndex(({ code }) => code === 'unrecognized_keys'),
  );

type Said = { readonly zh: string; readonly en: string };

/**
 * What is wrong, for people. What a pattern asks for stands in the field's name, as an example: nobody should have to read a
 * regular expression.
 */
const saidOf = (issue: z.core.$ZodIssue, field: z.ZodType | undefined, plain: Said): Said => {
  if (issue.code === 'unrecognized_keys') return { zh: '表单里没有这一栏', en: 'the form has no such field' };
  if (issue.code === 'invalid_format' && issue.format === 'date')
    return { zh: '日期要写成 2026-03-03 这样，而且确有这一天', en: 'write an existing day as 2026-03-03' };
  if (issue.code === 'invalid_format') return { zh: '写法不对', en: 'it is not written in this way' };
  if (issue.code === 'custom') return { zh: '这种情形必须填写', en: 'it is needed in this case' };
  const choices = field && nameOfField(field)?.choices;
  if (issue.code === 'invalid_value' && choices) {
    const list = (language: 0 | 1) => Object.entries(choices).map(([key, it]) => `${key}（${it[language]}）`);
    return { zh: `可以是 ${list(0).join('、')}`, en: `it can be ${list(1).join(', ')}` };
  }
  const missing = /received undefined$/.test(plain.en);
  if (missing || (issue.code === 'too_small' && issue.minimum === 1))
    return { zh: '没有填写', en: 'it is missing' };
  return plain;
};

/** The data of a form, or `form-field`: which field in the office's words, and what is wrong with it. */
export const checkForm = <S extends z.ZodType>(schema: S, data: unknown): Result<z.infer<S>, Refusal> => {
  const parsed = schema.safeParse(data);
  if (parsed.success) return ok(parsed.data);
  const at = whichFirst(parsed.error.issues);
  const issue = parsed.error.issues[at];
  const path = issue === undefined ? [] : pathOf(issue);
  const field = fieldPath(schema, path);
  const message = (error: z.core.$ZodErrorMap) =>
    schema.safeParse(data, { error }).error?.issues[at]?.message ?? '';
  const plain = { zh: message(inChinese), en: message(inEnglish) };
  const said = issue === undefined ? plain : saidOf(issue, fieldAt(schema, path), plain);
  return err(
    refusal('form-field', {
      key: path.map(String).join('.'),
      fieldZh: field.zh || '表单',
      field: field.en || 'form',
      detailZh: said.zh,
      detail: said.en,
    }),
  );
};
