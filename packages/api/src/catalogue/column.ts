import { dayOf, firstPublished, localHour, type Publication, publicPage } from '@gongkai/core';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { addressOf, emptySentence, itemList, pagination } from './item-list.ts';
import { type Html, missingJson, sendJson, sendMissing, sendPage } from './page.ts';
import { summaryOf } from './public-view.ts';
import { columnPath, genreName, type Site, sectionOfColumn, sectionPath } from './site.ts';
import { validityWords } from './words.ts';

const pageLength = 20;

type Filters = { year: string; genre: string; theme: string; validity: string };

const filtersOf = (c: Context): Filters => ({
  year: /^(19|20|21)\d\d$/.exec(c.req.query('year') ?? '')?.[0] ?? '',
  genre: c.req.query('genre')?.slice(0, 100) ?? '',
  theme: c.req.query('theme')?.slice(0, 100) ?? '',
  validity: c.req.query('validity')?.slice(0, 20) ?? '',
});

const read = async (c: Context, site: Site, key: string) => {
  const column = site.office.policy.columns.find((one) => one.key === key);
  if (!column) return undefined;
  const filters = filtersOf(c);
  const accepts = ({ metadata }: Publication) =>
    (filters.genre === '' || genreName(site, metadata.genre) === filters.genre) &&
    (filters.theme === '' ||
      metadata.theme === filters.theme ||
      metadata.theme.startsWith(`${filters.theme}/`)) &&
    (filters.validity === '' || metadata.validity === filters.validity);
  const page = await publicPage(site.office, {
    column: key,
    limit: pageLength,
    cursor: c.req.query('cursor'),
    accepts,
    ...(filters.year === ''
      ? {}
      : {
          from: localHour(`${filters.year}-01-01`, 0),
          to: localHour(`${Number(filters.year) + 1}-01-01`, 0),
        }),
  });
  return { column, filters, items: page.items.map((item) => summaryOf(site, item)), next: page.next };
};

/** 栏目: a dated list, newest first, by cursor; filters are a plain form. */
export const column = (site: Site) => async (c: Context) => {
  const found = await read(c, site, c.req.param('key') ?? '');
  if (!found) return sendMissing(c, site);
  const { column: which, filters, items, next } = found;
  const path = columnPath(which.key);
  const parent = sectionOfColumn(site, which.key);
  const now = site.office.clock.now();
  const cursor = c.req.query('cursor');
  const filtered = Object.values(filters).some((value) => value !== '');
  return sendPage(c, site, {
    title: which.name,
    section: parent?.key,
    crumbs: [
      ...(parent && parent.name !== which.name ? [{ name: parent.name, path: sectionPath(parent.key) }] : []),
      { name: which.name },
    ],
    canonical: path,
    json: addressOf(`${path}.json`, { ...filters, cursor }),
    feed: addressOf('/feed.atom', { column: which.key }),
    unlisted: filtered || cursor !== undefined,
    meta: [
      ['ColumnName', which.name],
      ['ColumnType', parent?.name ?? which.name],
      ['ColumnDescription', `${which.name}（${which.clause}）`],
    ],
    body: html`<h1>${which.name}</h1>
<p class="lead">依据：${which.clause}　<a href="${addressOf('/feed.atom', { column: which.key })}">订阅本栏目</a></p>
${await filterForm(site, path, which.key, filters)}
${
  items.length > 0
    ? itemList(items, { now, heading: 'h2', showColumn: false })
    : next !== undefined
      ? html`<p class="empty">这一段时间里没有符合条件的内容，可以继续看更早的。</p>`
      : filtered || cursor !== undefined
        ? html`<p class="empty">没有符合条件的内容。<a href="${path}">查看本栏目全部内容</a></p>`
        : emptySentence(which.name)
}
${pagination(
  next === undefined ? undefined : addressOf(path, { ...filters, cursor: next }),
  cursor === undefined ? undefined : addressOf(path, filters),
)}`,
  });
};

const filterForm = async (site: Site, path: string, key: string, filters: Filters): Promise<Html> => {
  const first = await firstPublished(site.office, key);
  const thisYear = Number(dayOf(site.office.clock.now()).slice(0, 4));
  const firstYear = first === undefined ? thisYear : Number(dayOf(first).slice(0, 4));
  const years = Array.from({ length: Math.min(thisYear - firstYear + 1, 60) }, (_, back) =>
    String(thisYear - back),
  );
  const { genres, themes } = site.office.policy;
  const same = (values: readonly string[]) => values.map((value) => [value, value] as const);
  return html`<form class="filters" action="${path}" aria-label="筛选">
${choice('year', '年份', same(years), filters.year)}
${choice('genre', '体裁', same(genres.map(({ name }) => name)), filters.genre)}
${choice('theme', '主题', same(themes.map(({ name }) => name)), filters.theme)}
${choice('validity', '效力', Object.entries(validityWords), filters.validity)}
<button class="plain">筛选</button>
</form>`;
};

const choice = (
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  chosen: string,
): Html => html`<label>${label}<select name="${name}"><option value="">全部</option>
${options.map(
  ([value, text]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${text}</option>
`,
)}</select></label>`;

export const columnJson = (site: Site) => async (c: Context) => {
  const found = await read(c, site, (c.req.param('file') ?? '').replace(/\.json$/, ''));
  if (!found) return missingJson(c);
  const { column: which, items, next } = found;
  return sendJson(c, {
    column: { key: which.key, name: which.name, section: which.section, clause: which.clause },
    items,
    ...(next === undefined ? {} : { next }),
  });
};
