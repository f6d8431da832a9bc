import { readFileSync } from 'node:fs';
import { checkForm, err, type FormName, type Refusal, type Result, refusal } from '@gongkai/core';
import type * as z from 'zod';
import { families } from '../fonts/index.ts';
import { NestedTooDeep } from '../text/index.ts';
import { compileTypst } from '../typst/index.ts';
import * as monthlyList from './monthly-list/index.ts';
import * as noticePoster from './notice-poster/index.ts';
import * as officialLetter from './official-letter/index.ts';
import * as requestReceipt from './request-receipt/index.ts';
import * as requestReply from './request-reply/index.ts';
import * as reviewSheet from './review-sheet/index.ts';
import * as withdrawalNotice from './withdrawal-notice/index.ts';

export { day } from './beijing-time.ts';

type Form<S extends z.ZodType> = {
  readonly schema: S;
  readonly title: (data: z.infer<S>) => string;
  readonly template: string;
  readonly view: (data: z.infer<S>) => Record<string, unknown>;
};

const gongwen = readFileSync(new URL('./gongwen.typ', import.meta.url));

/**
 * 22, and others where a signature would stand alone on its page: 所剩空白处不能容下印章或成文日期时，可以采取调整行距的措施解决
 * (GB/T 9704-2012, 7.3.5.5).
 */
const linesOfPage = ['22', '21', '23', '20', '24'] as const;

const tooDeep = {
  key: 'body',
  fieldZh: '正文',
  field: 'Body',
  detailZh: '列表或引用嵌套太深',
  detail: 'lists or quotations stand too deep in each other',
} as const;

/** Gives back the schema's type that a list of different forms cannot hold. */
const composer =
  <S extends z.ZodType>(form: Form<S>) =>
  (data: unknown, createdAt: Date): Result<Uint8Array, Refusal> => {
    const checked = checkForm(form.schema, data);
    if (!checked.ok) return checked;
    let view: Record<string, unknown>;
    try {
      view = { ...form.view(checked.value), documentTitle: form.title(checked.value) };
    } catch (cause) {
      if (!(cause instanceof NestedTooDeep)) throw cause;
      return err(refusal('form-field', tooDeep));
    }
    const roles = ['song', 'hei', 'kai', 'fang', 'xiaobiaosong'] as const;
    const fonts = Object.fromEntries(roles.map((role) => [role, families(role)]));
    const job = {
      source: form.template,
      files: {
        '/gongwen.typ': gongwen,
        '/data.json': Buffer.from(JSON.stringify(view)),
        '/fonts.json': Buffer.from(JSON.stringify(fonts)),
      },
      createdAt,
      standard: 'a-2a',
    } as const;
    for (const lines of linesOfPage) {
      const made = compileTypst({ ...job, inputs: { lines } });
      if (made.ok || !String(made.error.details?.detail).includes('signature-alone')) return made;
    }
    return compileTypst({ ...job, inputs: { alone: 'yes' } });
  };

/** A new form is one folder (schema, title, template, view) and one line here. */
const forms = {
  'notice-poster': composer(noticePoster),
  'monthly-list': composer(monthlyList),
  'official-letter': composer(officialLetter),
  'request-receipt': composer(requestReceipt),
  'request-reply': composer(requestReply),
  'review-sheet': composer(reviewSheet),
  'withdrawal-notice': composer(withdrawalNotice),
} as const satisfies Readonly<Record<FormName, unknown>>;
export const formNames = Object.keys(forms) as FormName[];

/** What each form is filled with; the schema's input types, for callers. */
export type FormData = {
  'notice-poster': z.input<typeof noticePoster.schema>;
  'monthly-list': z.input<typeof monthlyList.schema>;
  'official-letter': z.input<typeof officialLetter.schema>;
  'request-receipt': z.input<typeof requestReceipt.schema>;
  'request-reply': z.input<typeof requestReply.schema>;
  'review-sheet': z.input<typeof reviewSheet.schema>;
  'withdrawal-notice': z.input<typeof withdrawalNotice.schema>;
};

/**
 * Fills a form and returns its PDF (PDF/A-2a, tagged, the same bytes for the same data).
 * Refuses `form-field` (which one), `glyph-missing` (a rare character in a name).
 */
export const composeForm = (name: FormName, data: unknown, createdAt: Date): Result<Uint8Array, Refusal> =>
  forms[name](data, createdAt);
