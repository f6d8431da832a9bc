import { type ComposableForm, composable, composableForms } from '@gongkai/core';
import * as z from 'zod';

/** A form and what it is filled with: data, or Markdown whose head (between two lines `---`) holds the fields. */
export const composeForm = z.object({
  form: z.enum(composableForms).default('official-letter'),
  data: z.record(z.string(), z.unknown()).optional(),
  markdown: z.string().max(500_000).optional(),
});

/** OpenAPI tells what each form is filled with; the core checks it, so that a refusal names the field as the office does. */
const variant = (form: ComposableForm) => {
  const { $schema: _, ...data } = z.toJSONSchema(composable[form].schema, { io: 'input' });
  return { title: composable[form].zh, properties: { form: { const: form }, data } };
};
/** For OpenAPI, when it is asked for: making it takes longer than a cold start should. */
export const composeVariants = (): Record<string, unknown> => ({ oneOf: composableForms.map(variant) });
