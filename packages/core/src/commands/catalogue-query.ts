import type { Instant } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';
import { asTyped, everyone, type Visibility, visible } from '../release/index.ts';
import { keys, listBare, load } from '../repository/index.ts';
import type { Office } from './office.ts';

/** What anyone may know of: shown, or once public and now a tombstone. What is hidden is not here at all. */
export type PublicItem = { readonly item: Publication; readonly visibility: Exclude<Visibility, 'hidden'> };

/** By id, as the public may know it. Undefined: for the public it does not exist. */
export const publicItem = async (office: Office, id: string): Promise<PublicItem | undefined> => {
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) return undefined;
  const loaded = await load(office, id);
  if (!loaded) return undefined;
  const visibility = visible(loaded.item, everyone, office.clock.now());
  return visibility === 'hidden' ? undefined : { item: loaded.item, visibility };
};

/** By the verification code on the stamp, however it was copied: Crockford reads I and L as 1, O as 0. */
export const publicItemByCode = async (office: Office, typed: string): Promise<PublicItem | undefined> => {
  const code = asTyped(typed);
  if (!/^[0-9A-Z]{8,32}$/.test(code)) return undefined;
  const row = await office.records.get(keys.code(code));
  const found = typeof row?.data === 'string' ? await publicItem(office, row.data) : undefined;
  return found?.item.numbers?.code === code ? found : undefined;
};

/** Everything public or once public whose release has exactly these bytes. Originals with that hash are not told of. */
export const publicItemsByHash = async (office: Office, sha256: string): Promise<readonly PublicItem[]> => {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return [];
  const { rows } = await office.records.query({ partition: keys.holder(sha256, '-').partition, limit: 100 });
  const found = await Promise.all(rows.map((row) => publicItem(office, row.sort)));
  return found
    .filter((one) => one?.item.pass?.files.includes(sha256) || one?.item.pass?.ofds?.includes(sha256))
    .filter((one) => one !== undefined);
};

/**
 * The one door to public bytes: file `n` of a publication that is visible now, only while the gate's pass is for
 * exactly this hash at this place. `gone`: there is a tombstone to show instead.
 */
export const publicFile = async (
  office: Office,
  id: string,
  n: number,
): Promise<{ readonly item: Publication; readonly sha256: string } | 'gone' | undefined> => {
  const found = await publicItem(office, id);
  if (!found) return undefined;
  if (found.visibility === 'gone') return 'gone';
  const sha256 = found.item.release?.files[n]?.sha256;
  if (sha256 === undefined || found.item.pass?.files[n] !== sha256) return undefined;
  return { item: found.item, sha256 };
};

/** The same door for the OFD of that file: hidden, gone and visible with it. */
export const publicOfd = async (office: Office, id: string, n: number): ReturnType<typeof publicFile> => {
  const door = await publicFile(office, id, n);
  if (door === 'gone' || door === undefined) return door;
  const sha256 = door.item.release?.files[n]?.ofd?.sha256;
  if (sha256 === undefined || door.item.pass?.ofds?.[n] !== sha256) return undefined;
  return { item: door.item, sha256 };
};

export type PageAsked = {
  /** Absent: all columns. */
  readonly column?: string | undefined;
  /** Published at or after / before this instant. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** 1 to 500. */
  readonly limit: number;
  /** `next` of an earlier page; anything else is ignored. */
  readonly cursor?: string | undefined;
  readonly accepts?: (item: Publication) => boolean;
};

/** How many records one page looks at before it hands the rest of a rare filter to the next. */
const scanLimit = 2_000;

const sortOf = (item: Publication): string => `${item.publishedAt ?? ''}#${item.id}`;
const isSort = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[A-Za-z0-9_-]{1,80}$/.test(text);

/**
 * Visible publications, newest first. The cursor is the place of the last one shown, so it stays right when things
 * appear or expire between two pages.
 */
export const publicPage = async (
  office: Office,
  asked: PageAsked,
): Promise<{ readonly items: readonly Publication[]; readonly next?: string }> => {
  const now = office.clock.now();
  // `$` follows `#`: what is published at this very instant is in.
  const bounds = [`${now}$`];
  if (asked.to !== undefined) bounds.push(asked.to);
  if (asked.cursor !== undefined && isSort(asked.cursor)) bounds.push(asked.cursor);
  const query = {
    ...(asked.column === undefined
      ? { index: 'recent' as const, partition: 'public' }
      : { index: 'public' as const, partition: `column/${asked.column}` }),
    ...(asked.from === undefined ? {} : { from: asked.from }),
    descending: true,
    limit: Math.min(asked.limit * 2 + 10, 500),
  };
  let to = bounds.sort()[0] ?? now;
  const items: Publication[] = [];
  for (let scanned = 0; scanned < scanLimit; ) {
    const page = await listBare(office, { ...query, to });
    for (const { item } of page.items) {
      if (visible(item, everyone, now) !== 'visible' || asked.accepts?.(item) === false) continue;
      const last = items.at(-1);
      if (items.length === asked.limit && last) return { items, next: sortOf(last) };
      items.push(item);
    }
    const last = page.items.at(-1);
    if (page.cursor === undefined || !last) return { items };
    scanned += page.items.length;
    to = sortOf(last.item);
  }
  return { items, next: to };
};

/** The first instant at which anything in this column (or in any) became public; for the list of years. */
export const firstPublished = async (office: Office, column?: string): Promise<Instant | undefined> => {
  const now = office.clock.now();
  const page = await listBare(office, {
    ...(column === undefined
      ? { index: 'recent' as const, partition: 'public' }
      : { index: 'public' as const, partition: `column/${column}` }),
    to: `${now}$`,
    limit: 50,
  });
  return page.items.find(({ item }) => visible(item, everyone, now) === 'visible')?.item.publishedAt;
};

/**
 * 公示中: what stands for a time and ends before `end`, the soonest first. Read from the timers, of which each such
 * publication has one, so that old, long-standing items cost nothing.
 */
export const endingBefore = async (
  office: Office,
  end: Instant,
  limit: number,
): Promise<readonly Publication[]> => {
  const now = office.clock.now();
  const { items } = await listBare(office, { index: 'due', partition: 'timer', to: end, limit: 500 });
  return items
    .map(({ item }) => item)
    .filter((item) => item.until !== undefined && item.until <= end)
    .filter((item) => visible(item, everyone, now) === 'visible')
    .sort((a, b) => ((a.until ?? '') < (b.until ?? '') ? -1 : 1))
    .slice(0, limit);
};

/** 撤回公告, newest first; `before` is `next` of an earlier page. */
export const withdrawals = async (
  office: Office,
  limit: number,
  before?: string,
): Promise<{ readonly items: readonly Publication[]; readonly next?: string }> => {
  const now = office.clock.now();
  const page = await listBare(office, {
    index: 'work',
    partition: 'state/withdrawn',
    descending: true,
    limit: limit + 1,
    ...(before !== undefined && isSort(before) ? { to: before } : {}),
  });
  const shown = page.items.slice(0, limit).map(({ item }) => item);
  const last = shown.at(-1);
  const items = shown.filter((item) => visible(item, everyone, now) === 'gone');
  return page.items.length > limit && last ? { items, next: `${last.since}#${last.id}` } : { items };
};
