import { err, type Refusal, type Result, refusal } from '@gongkai/core';
import type * as z from 'zod';
import { families } from '../fonts/index.ts';
import { compileTypst } from '../typst/index.ts';
import * as noticePoster from './notice-poster/index.ts';
import * as reviewSheet from './review-sheet/index.ts';
import * as withdrawalNotice from './withdrawal-notice/index.ts';

type Form<S extends z.ZodType> = {
  readonly schema: S;
  readonly title: (data: z.infer<S>) => string;
  readonly template: string;
  readonly view: (data: z.infer<S>) => Record<string, unknown>;
};

/** Gives back the schema's type that a list of different forms cannot hold. */
const composer =
  <S extends z.ZodType>(form: Form<S>) =>
  (data: unknown, createdAt: Date): Result<Uint8Array, Refusal> => {
    const parsed = form.schema.safeParse(data);
    if (!parsed.success) {
      const detail = parsed.error.issues.map((it) => `${it.path.join('.')}: ${it.message}`).join('; ');
      return err(refusal('invalid-input', { detail }));
    }
    const view = { ...form.view(parsed.data), documentTitle: form.title(parsed.data) };
    const roles = ['song', 'hei', 'kai', 'fang', 'xiaobiaosong'] as const;
    const fonts = Object.fromEntries(roles.map((role) => [role, families(role)]));
    return compileTypst({
      source: form.template,
      files: {
        '/data.json': Buffer.from(JSON.stringify(view)),
        '/fonts.json': Buffer.from(JSON.stringify(fonts)),
      },
      createdAt,
      standard: 'a-2a',
    });
  };

/** A new form is one folder (schema, title, template, view) and one line here. */
const forms = {
  'notice-poster': composer(noticePoster),
  'review-sheet': composer(reviewSheet),
  'withdrawal-notice': composer(withdrawalNotice),
};
export type FormName = keyof typeof forms;
export const formNames = Object.keys(forms) as FormName[];

/** What each form is filled with; the schema's input types, for callers. */
export type FormData = {
  'notice-poster': z.input<typeof noticePoster.schema>;
  'review-sheet': z.input<typeof reviewSheet.schema>;
  'withdrawal-notice': z.input<typeof withdrawalNotice.schema>;
};

/**
 * Fills a form and returns its PDF (PDF/A-2a, tagged, the same bytes for the same data).
 * Refuses `invalid-input` (which field), `glyph-missing` (a rare character in a name).
 */
export const composeForm = (name: FormName, data: unknown, createdAt: Date): Result<Uint8Array, Refusal> =>
  forms[name](data, createdAt);
