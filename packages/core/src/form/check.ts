import type * as z from 'zod';
import { en, zhCN } from 'zod/locales';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { fieldPath } from './field.ts';

const inChinese = zhCN().localeError;
const inEnglish = en().localeError;

/** An unknown key is said to be wrong in what it stands in; people look for its own name. */
const pathOf = (issue: z.core.$ZodIssue): readonly PropertyKey[] =>
  issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;

/** What a pattern asks for stands in the field's name, as an example: nobody should have to read a regular expression. */
const messages = (schema: z.ZodType, data: unknown): { zh: string; en: string } => {
  const said = (error: z.core.$ZodErrorMap) => schema.safeParse(data, { error }).error?.issues[0];
  const [zh, en] = [said(inChinese), said(inEnglish)];
  const missing =
    zh?.code === 'invalid_type' &&
    zh.input === undefined &&
    !/received (?!undefined)/.test(en?.message ?? '');
  if (missing || (zh?.code === 'too_small' && zh.origin === 'string'))
    return { zh: '没有填写', en: 'it is missing' };
  if (zh?.code === 'invalid_format' && zh.format === 'regex')
    return { zh: '写法不对', en: 'it is not written in this way' };
  return { zh: zh?.message ?? '', en: en?.message ?? '' };
};

/** The data of a form, or `form-field`: which field in the office's words, and what is wrong with it. */
export const checkForm = <S extends z.ZodType>(schema: S, data: unknown): Result<z.infer<S>, Refusal> => {
  const parsed = schema.safeParse(data);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const path = issue === undefined ? [] : pathOf(issue);
  const field = fieldPath(schema, path);
  const said = messages(schema, data);
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
