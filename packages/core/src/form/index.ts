import type * as z from 'zod';
import { officialLetter } from './official-letter.ts';

export { checkForm } from './check.ts';
export { bareField, type FieldName, nameOfField } from './field.ts';
export { formFromMarkdown, formFromYaml } from './markdown.ts';
export { officialLetter };

/**
 * Forms that people may fill: schema and name. The review sheet is not among them: it is made from the record of decisions,
 * and one that was written by hand would be a forgery.
 */
export const composable = {
  'official-letter': { schema: officialLetter, zh: '公文', en: 'Official letter' },
} as const satisfies Readonly<Record<string, { schema: z.ZodObject; zh: string; en: string }>>;

export type ComposableForm = keyof typeof composable;
export const composableForms = Object.keys(composable) as [ComposableForm, ...ComposableForm[]];
/** Every form that the renderer knows. */
export type FormName = ComposableForm | 'notice-poster' | 'review-sheet' | 'withdrawal-notice';
