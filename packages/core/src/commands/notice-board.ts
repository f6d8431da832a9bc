import { type Publication, plain } from '../publication/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { dayOf, lastDayOf } from '../release/index.ts';
import { publicItem, publicPage } from './catalogue-query.ts';
import type { Office } from './office.ts';

export const posterPapers = ['a4', 'a3', 'a2'] as const;

/** What hangs on the wall: these items, or what stands in these columns, a board each (三栏). */
export type PosterAsked = {
  readonly paper: (typeof posterPapers)[number];
  readonly heading?: string | undefined;
} & ({ readonly items: readonly string[] } | { readonly columns: readonly string[] });

/** A board longer than this is no board; the rest is in the catalogue. */
const longest = 60;

const entryOf = (office: Office, item: Publication) => ({
  title: plain(item.metadata.title) || (item.numbers?.indexNumber ?? item.id),
  documentNumber: plain(item.metadata.documentNumber),
  office: plain(item.metadata.office),
  indexNumber: item.numbers?.indexNumber ?? '',
  publishedOn: dayOf(item.publishedAt ?? item.since),
  ...(item.until === undefined ? {} : { lastDay: lastDayOf(item.until) }),
  url: `${office.publicUrl}/item/${encodeURIComponent(item.id)}`,
});

/** In the order asked for. One that is not visible now is refused, not left out in silence: a list on a wall looks complete. */
const chosen = async (
  office: Office,
  ids: readonly string[],
): Promise<Result<readonly Publication[], Refusal>> => {
  const items: Publication[] = [];
  for (const id of new Set(ids)) {
    const found = await publicItem(office, id);
    // By its id only: the title of something withdrawn may be what had to go.
    if (found?.visibility !== 'visible') return err(refusal('not-public', { id: id.slice(0, 80) }));
    items.push(found.item);
  }
  return ok(items);
};

type Board = { readonly name: string; readonly items: readonly ReturnType<typeof entryOf>[] };

const boardsOf = async (office: Office, columns: readonly string[]): Promise<Result<Board[], Refusal>> => {
  const boards: Board[] = [];
  for (const key of new Set(columns)) {
    const column = office.policy.columns.find((one) => one.key === key);
    if (!column) return err(refusal('invalid-input', { detail: `column ${key}` }));
    const { items } = await publicPage(office, { column: key, limit: longest });
    boards.push({ name: column.name, items: items.map((item) => entryOf(office, item)) });
  }
  return ok(boards);
};

/**
 * 公示栏海报: what `renderer.form('notice-poster', …)` is filled with. Only what is visible to everyone at this moment.
 * Refuses `not-public` (id), `invalid-input` (no such column, nothing asked for).
 */
export const posterOf = async (
  office: Office,
  asked: PosterAsked,
): Promise<Result<Record<string, unknown>, Refusal>> => {
  const { policy, publicUrl: site } = office;
  const madeAt = office.clock.now();
  let boards: readonly Board[];
  if ('items' in asked) {
    const items = await chosen(office, asked.items);
    if (!items.ok) return items;
    if (items.value.length === 0 || items.value.length > longest)
      return err(refusal('invalid-input', { detail: `items: 1–${longest}` }));
    boards = [{ name: '公示栏', items: items.value.map((item) => entryOf(office, item)) }];
  } else {
    const found = await boardsOf(office, asked.columns);
    if (!found.ok) return found;
    if (found.value.length === 0) return err(refusal('invalid-input', { detail: 'columns' }));
    boards = found.value;
  }
  const single = boards.length === 1 ? boards[0]?.name : undefined;
  return ok({
    paper: asked.paper,
    office: policy.office.name,
    heading: plain(asked.heading ?? '') || (single ?? '政务公开栏'),
    phone: policy.office.phone,
    site,
    madeAt,
    boards,
  });
};
