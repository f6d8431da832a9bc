/**
 * 索引号: no national format exists (domain.md §3), so each office writes a template:
 * `{orgCode}/{year}-{serial:5}` gives `11341702486344515H/2021-00013`. Fields: `orgCode`, `year`, `month`, and
 * `serial`, whose number of digits follows a colon. The counter starts again each year, so a template must hold
 * year and serial once each to be unique. A serial that outgrows its digits gets more of them; as it is the only
 * part whose length varies within one office, two numbers can never be the same text.
 */
export type IndexNumberValues = {
  readonly orgCode: string;
  readonly year: number;
  readonly serial: number;
  /** 1 to 12; 1 where the template does not use it. */
  readonly month?: number;
};

type Field = 'orgCode' | 'year' | 'month' | 'serial';
type Segment = { readonly literal: string } | { readonly field: Field; readonly width: number };

const field = /\{(orgCode|year|month|serial)(?::([1-9]))?\}/g;
const literal = /^[\p{L}\p{N}/._-]*$/u;

const segments = (template: string): Segment[] | undefined => {
  const found: Segment[] = [];
  let at = 0;
  for (const match of template.matchAll(field)) {
    const [whole, name, digits] = match;
    if (digits !== undefined && name !== 'serial') return undefined;
    found.push({ literal: template.slice(at, match.index) });
    found.push({ field: name as Field, width: Number(digits ?? 1) });
    at = match.index + whole.length;
  }
  found.push({ literal: template.slice(at) });
  const count = (name: Field) => found.filter((one) => 'field' in one && one.field === name).length;
  const sound =
    count('year') === 1 &&
    count('serial') === 1 &&
    count('month') <= 1 &&
    count('orgCode') <= 1 &&
    found.every((one) => !('literal' in one) || literal.test(one.literal));
  return sound ? found.filter((one) => 'field' in one || one.literal !== '') : undefined;
};

export const isIndexNumberTemplate = (template: string): boolean => segments(template) !== undefined;

/** Throws on a template that `isIndexNumberTemplate` refuses: the policy is checked before it is used. */
export const formatIndexNumber = (template: string, values: IndexNumberValues): string => {
  const found = segments(template);
  if (found === undefined) throw new Error(`not an index number template: ${template}`);
  const { orgCode, year, serial, month = 1 } = values;
  if (!Number.isInteger(serial) || serial < 1) throw new RangeError(`serial ${serial}`);
  const text = { orgCode, year: String(year).padStart(4, '0'), month: String(month).padStart(2, '0') };
  return found
    .map((one) => {
      if ('literal' in one) return one.literal;
      return one.field === 'serial' ? String(serial).padStart(one.width, '0') : text[one.field];
    })
    .join('');
};

/** What a number of this office says, or undefined when this template could not have made it. */
export const parseIndexNumber = (
  template: string,
  text: string,
  orgCode: string,
): IndexNumberValues | undefined => {
  const exactly = (plain: string): string => plain.replace(/[^\p{L}\p{N}]/gu, (sign) => `\\${sign}`);
  const patterns = { orgCode: exactly(orgCode), year: '\\d{4}', month: '0[1-9]|1[0-2]', serial: '\\d+' };
  const pattern = segments(template)
    ?.map((one) => ('literal' in one ? exactly(one.literal) : `(?<${one.field}>${patterns[one.field]})`))
    .join('');
  const groups = pattern === undefined ? undefined : new RegExp(`^${pattern}$`).exec(text)?.groups;
  if (groups === undefined) return undefined;
  const values: IndexNumberValues = {
    orgCode,
    year: Number(groups.year),
    serial: Number(groups.serial),
    ...(groups.month === undefined ? {} : { month: Number(groups.month) }),
  };
  // 00000 was never given, and 0000013 is not how 13 is written.
  return values.serial > 0 && formatIndexNumber(template, values) === text ? values : undefined;
};
