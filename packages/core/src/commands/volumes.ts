import {
  type BoundEntry,
  firstPages,
  pagesOfEntry,
  splitByThickness,
  type VolumePlan,
} from '../archive/index.ts';
import { localHour } from '../calendar/index.ts';
import type { BlobRef } from '../ports/index.ts';
import { type Publication, plain } from '../publication/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { dayOf, everyone, lastDayOf, visible } from '../release/index.ts';
import { listBare } from '../repository/index.ts';
import { publicItem } from './catalogue-query.ts';
import type { Office } from './office.ts';

/** About 2 cm of paper printed on both sides: what one cover holds. */
export const usualThickness = 400;

export type VolumesAsked = (
  | {
      /** Published in this year. */
      readonly year: number;
      /** Keys of columns, bound in the order of the policy; absent: all. */
      readonly columns?: readonly string[] | undefined;
    }
  | {
      /** These, in this order: one matter's file, whatever its columns and years. */
      readonly items: readonly string[];
    }
) & {
  /** Pages that a volume may have, 10 to 10,000. */
  readonly pages?: number | undefined;
};

/** More than this in one selection is a year. */
const mostItems = 1_000;

const standingOf = (item: Publication, gone: boolean): Pick<BoundEntry, 'standing' | 'endedOn'> => {
  if (!gone) return { standing: 'public' };
  switch (item.state) {
    case 'withdrawn':
      return { standing: 'withdrawn', endedOn: dayOf(item.withdrawal?.at ?? item.since) };
    case 'replaced':
      return { standing: 'replaced', endedOn: dayOf(item.since) };
    default:
      return {
        standing: item.endedEarly ? 'ended' : 'expired',
        endedOn: item.until === undefined ? dayOf(item.since) : lastDayOf(item.until),
      };
  }
};

const entryOf = (item: Publication, gone: boolean, column: string): Result<BoundEntry, Refusal> => {
  const about = standingOf(item, gone);
  const withdrawn = about.standing === 'withdrawn';
  const files = withdrawn ? [] : (item.release?.files ?? []);
  // The same door as the public one (catalogue-query.ts): bytes without the gate's pass are bound nowhere.
  if (!withdrawn && (files.length === 0 || files.some(({ sha256 }, n) => item.pass?.files[n] !== sha256)))
    return err(refusal('bytes-changed'));
  return ok({
    title: withdrawn ? '' : plain(item.metadata.title),
    documentNumber: withdrawn ? '' : plain(item.metadata.documentNumber),
    indexNumber: item.numbers?.indexNumber ?? '',
    office: plain(item.metadata.office),
    column,
    generatedOn: item.metadata.generatedOn,
    publishedOn: dayOf(item.publishedAt ?? item.since),
    ...(item.until === undefined ? {} : { lastDay: lastDayOf(item.until) }),
    ...about,
    notice: withdrawn ? plain(item.withdrawal?.notice ?? '') : '',
    code: item.numbers?.code ?? '',
    files: files.map(({ sha256, pages }) => ({ sha256, pages })),
  });
};

const entriesOf = async (
  office: Office,
  column: Office['policy']['columns'][number],
  year: number,
): Promise<Result<BoundEntry[], Refusal>> => {
  const now = office.clock.now();
  const entries: BoundEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await listBare(office, {
      index: 'public',
      partition: `column/${column.key}`,
      from: localHour(`${year}-01-01`, 0),
      to: localHour(`${year + 1}-01-01`, 0),
      limit: 500,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { item } of page.items) {
      const visibility = visible(item, everyone, now);
      if (visibility === 'hidden') continue;
      const entry = entryOf(item, visibility === 'gone', column.name);
      if (!entry.ok) return entry;
      entries.push(entry.value);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return ok(entries);
};

type Bound = { readonly title: string; readonly scope: string; readonly entries: readonly BoundEntry[] };

const ofYear = async (
  office: Office,
  year: number,
  columns: readonly string[] | undefined,
): Promise<Result<Bound, Refusal>> => {
  const { policy } = office;
  if (!Number.isInteger(year) || year < 1949 || year > 2999)
    return err(refusal('invalid-input', { detail: 'year' }));
  const unknown = columns?.find((key) => !policy.columns.some((one) => one.key === key));
  if (unknown !== undefined)
    return err(refusal('invalid-input', { detail: `column ${unknown.slice(0, 40)}` }));
  const chosen = policy.columns.filter(({ key }) => columns === undefined || columns.includes(key));
  const entries: BoundEntry[] = [];
  for (const column of chosen) {
    const found = await entriesOf(office, column, year);
    if (!found.ok) return found;
    entries.push(...found.value);
  }
  if (entries.length === 0) return err(refusal('nothing-to-bind', { year }));
  const scope = columns === undefined ? '全部栏目' : chosen.map(({ name }) => name).join('、');
  return ok({ title: `${year}年政府信息公开文件汇编`, scope, entries });
};

const ofItems = async (office: Office, ids: readonly string[]): Promise<Result<Bound, Refusal>> => {
  const once = [...new Set(ids)];
  if (once.length === 0 || once.length > mostItems)
    return err(refusal('invalid-input', { detail: `items: 1–${mostItems}` }));
  const entries: BoundEntry[] = [];
  for (const id of once) {
    const found = await publicItem(office, id);
    if (!found) return err(refusal('not-public', { id: id.slice(0, 80) }));
    const column = office.policy.columns.find(({ key }) => key === found.item.metadata.column);
    const entry = entryOf(found.item, found.visibility === 'gone', column?.name ?? '其他');
    if (!entry.ok) return entry;
    entries.push(entry.value);
  }
  return ok({ title: '政府信息公开文件汇编', scope: `选定的 ${entries.length} 件`, entries });
};

/**
 * 年终装订成册 (seed 2, 四(5)): everything that became public in a year, column by column, oldest first, or a selection,
 * divided into volumes. What has expired or was replaced is bound as it was published; what was withdrawn is listed without
 * title and content. Releases only, never an original. Refuses `invalid-input` (year, columns, pages, items),
 * `nothing-to-bind`, `not-public` (never was), `bytes-changed`.
 */
export const volumesOf = async (
  office: Office,
  asked: VolumesAsked,
): Promise<Result<readonly VolumePlan[], Refusal>> => {
  const { pages = usualThickness } = asked;
  if (!Number.isInteger(pages) || pages < 10 || pages > 10_000)
    return err(refusal('invalid-input', { detail: 'pages: 10–10000' }));
  const found = await ('items' in asked
    ? ofItems(office, asked.items)
    : ofYear(office, asked.year, asked.columns));
  if (!found.ok) return found;
  const { title, scope, entries } = found.value;
  const volumes = splitByThickness(entries, pages);
  const index = volumes.flatMap((held, v) => {
    const first = firstPages(held);
    return held.flatMap(({ title: named, documentNumber, office: maker }, n) =>
      named === ''
        ? []
        : [{ title: named, documentNumber, office: maker, volume: v + 1, page: first[n] ?? 1 }],
    );
  });
  const createdAt = office.clock.now();
  return ok(
    volumes.map((held, v) => ({
      office: office.policy.office.name,
      title,
      scope,
      createdAt,
      volume: v + 1,
      of: volumes.length,
      entries: held,
      index,
    })),
  );
};

/** How many pages a volume's documents and the sheets before them have; contents and index come on top. */
export const pagesOfVolume = ({ entries }: Pick<VolumePlan, 'entries'>): number =>
  entries.reduce((sum, entry) => sum + pagesOfEntry(entry), 0);

/** Makes one volume. The bytes lie among the renditions, named by no record: whoever asked takes them now. */
export const bindVolume = (
  office: Pick<Office, 'renderer'>,
  plan: VolumePlan,
): Promise<Result<{ volume: BlobRef; pages: number; size: number }, Refusal>> => office.renderer.bind(plan);
