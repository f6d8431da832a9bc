import { isDate, localHour } from '../calendar/index.ts';
import { type Publication, plain } from '../publication/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { dayOf } from '../release/index.ts';
import { publicPage } from './catalogue-query.ts';
import type { Office } from './office.ts';

const entryOf = ({ metadata, numbers, id, publishedAt, since }: Publication) => ({
  indexNumber: numbers?.indexNumber ?? id,
  title: plain(metadata.title) || id,
  documentNumber: plain(metadata.documentNumber),
  summary: plain(metadata.summary),
  generatedOn: metadata.generatedOn || dayOf(publishedAt ?? since),
  publishedOn: dayOf(publishedAt ?? since),
});

const pageLength = 500;
/** What the form takes; an office that publishes more in a month has a catalogue to show instead. */
const longest = 2_000;

/** 2026-12 → 2027-01. */
const monthAfter = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};

/**
 * 目录月报: what `renderer.form('monthly-list', …)` is filled with: everything published in that month (office's time) that is
 * visible now, the oldest first. Refuses `invalid-input` (month, too many).
 */
export const monthlyListOf = async (
  office: Office,
  month: string,
): Promise<Result<Record<string, unknown>, Refusal>> => {
  const [begin, end] = [`${month}-01`, `${monthAfter(month)}-01`];
  if (!isDate(begin) || !isDate(end))
    return err(refusal('invalid-input', { detail: `month “${month.slice(0, 20)}”: 2026-03, YYYY-MM` }));
  const items: Publication[] = [];
  let cursor: string | undefined;
  do {
    const page = await publicPage(office, {
      from: localHour(begin, 0),
      // The first instant of the next month is not in.
      to: localHour(end, 0),
      limit: pageLength,
      cursor,
    });
    items.push(...page.items);
    cursor = page.next;
    if (items.length > longest) return err(refusal('invalid-input', { detail: `${month}: > ${longest}` }));
  } while (cursor !== undefined);
  return ok({
    office: office.policy.office.name,
    month,
    items: items.reverse().map(entryOf),
    date: dayOf(office.clock.now()),
  });
};
