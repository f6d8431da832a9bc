import { noWords } from '../dictionary/index.ts';
import { type ComposableForm, checkForm, composable, formFromMarkdown } from '../form/index.ts';
import type { BlobRef } from '../ports/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { dayOf } from '../release/index.ts';
import type { Office } from './office.ts';

/** Data by the form's schema, or Markdown with the fields at its head. */
export type ComposeAsked = {
  readonly form: ComposableForm;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly markdown?: string | undefined;
};
export type Composed = { readonly pdf: BlobRef; readonly title: string };

/**
 * What was written, each field's words on lines of their own as on a page: as JSON every mark would stand in quotation marks,
 * and a quoted mark is not one. Once more as it will be read: without Markdown's signs, tags, and addresses of links, which do not
 * stop a reader (机**密**★5年, 机<b>密</b>&#9733;5年).
 */
const written = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return value !== null && typeof value === 'object' ? Object.values(value).map(written).join('\n\n') : '';
};
const withoutSigns = (text: string): string =>
  text
    .replace(/&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi, (all, hex?: string, decimal?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    })
    .replace(/<[^<>]*>/g, '')
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/\\(?=\p{P}|\p{S})|[*_`~|]|^[#>\s-]+/gmu, '');

/**
 * 撰写: a form's PDF. Nothing is recorded or published by it: whoever wants it public puts it into a draft, where it goes the
 * way of every upload. The same form on the same day gives the same bytes. Refuses `form-field`, `form-head`, `form-secret`,
 * `glyph-missing`.
 */
export const compose = async (
  office: Pick<Office, 'renderer' | 'inspector' | 'clock'>,
  { form, data, markdown }: ComposeAsked,
): Promise<Result<Composed, Refusal>> => {
  const { schema, zh } = composable[form];
  if ((data === undefined) === (markdown === undefined))
    return err(refusal('invalid-input', { detail: 'data | markdown' }));
  const read = markdown === undefined ? ok(data ?? {}) : await formFromMarkdown(schema, markdown);
  if (!read.ok) return read;
  const checked = checkForm(schema, read.value);
  if (!checked.ok) return checked;
  // A state secret may not be on this machine at all (保守国家秘密法 §31): it is not even set in type.
  const text = written(checked.value);
  const found = await office.inspector.inspectText(`${text}\n\n${withoutSigns(text)}`, 'form', noWords);
  const secret = found.find(({ severity }) => severity === 'stop');
  if (secret) return err(refusal('form-secret', { mark: secret.text }));
  const made = await office.renderer.form(form, read.value, `${dayOf(office.clock.now())}T00:00:00+08:00`);
  const title = 'title' in checked.value ? String(checked.value.title).replace(/\s*\n\s*/g, '') : zh;
  return made.ok ? ok({ pdf: made.value, title }) : made;
};
