/**
 * 索引号: no national format exists (domain.md §3), so each office writes a template:
 * `{orgCode}/{year}-{serial:5}` gives `11341702486344515H/2021-00013`. Fields: `orgCode`, `year`, `month`, and
 * `serial`, whose number of digits follows a colon. The counter starts again each year, so a template must hold
 * year and serial once each to be unique; a serial that outgrows its digits gets more of them, never fewer.
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
    found.every((one) => !('literal' in one) || literal.test(one.literal)) &&
    // Two numbers side by side could be read in two ways, and two publications could get one number.
    found.every((one, i) => !('field' in one) || !touches(found, i));
  return sound ? found.filter((one) => 'field' in one || one.literal !== '') : undefined;
};

/** Whether serial, whose length may grow, stands directly beside another field or a digit. */
const touches = (found: readonly Segment[], at: number): boolean => {
  const one = found[at];
  if (one === undefined || !('field' in one) || one.field !== 'serial') return false;
  const before = found[at - 1];
  const after = found[at + 1];
  const openBefore = at > 1 && before !== undefined && 'literal' in before && /^$|\p{N}$/u.test(before.literal);
  const openAfter =
    after !== undefined &&
    'literal' in after &&
    (/^\p{N}/u.test(after.literal) || (after.literal === '' && at + 2 < found.length));
  return openBefore || openAfter;
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

/** What a number says, or undefined when this template could not have made it. */
export const parseIndexNumber = (template: string, text: string): IndexNumberValues | undefined => {
  const patterns = { orgCode: '[0-9A-Z]+', year: '\\d{4}', month: '0[1-9]|1[0-2]', serial: '\\d+' };
  const pattern = segments(template)
    ?.map((one) =>
      'literal' in one
        ? one.literal.replace(/[/.\\-]/g, (character) => `\\${character}`)
        : `(?<${one.field}>${patterns[one.field]})`,
    )
    .join('');
  const groups = pattern === undefined ? undefined : new RegExp(`^${pattern}$`).exec(text)?.groups;
  if (groups === undefined) return undefined;
  const values: IndexNumberValues = {
    orgCode: groups.orgCode ?? '',
    year: Number(groups.year),
    serial: Number(groups.serial),
    ...(groups.month === undefined ? {} : { month: Number(groups.month) }),
  };
  return values.serial > 0 && formatIndexNumber(template, values) === text ? values : undefined;
};
