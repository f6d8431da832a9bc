import { publicPage } from '@gongkai/core';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { emptySentence, itemList } from './item-list.ts';
import { missingJson, sendJson, sendMissing, sendPage } from './page.ts';
import { summaryOf } from './public-view.ts';
import { columnPath, type Site, sectionPath } from './site.ts';

const shelves = async (site: Site, key: string) => {
  const section = site.office.policy.sections.find((one) => one.key === key);
  if (!section) return undefined;
  const columns = site.office.policy.columns.filter((column) => column.section === key);
  const limit = columns.length > 1 ? 3 : 20;
  return {
    section,
    shelves: await Promise.all(
      columns.map(async (column) => {
        const page = await publicPage(site.office, { column: column.key, limit });
        return {
          column,
          items: page.items.map((item) => summaryOf(site, item)),
          more: page.next !== undefined,
        };
      }),
    ),
  };
};

/** One of the four first-level sections: its columns, the newest of each. */
export const section = (site: Site) => async (c: Context) => {
  const found = await shelves(site, c.req.param('key') ?? '');
  if (!found) return sendMissing(c, site);
  const now = site.office.clock.now();
  return sendPage(c, site, {
    title: found.section.name,
    section: found.section.key,
    crumbs: [{ name: found.section.name }],
    canonical: sectionPath(found.section.key),
    json: `${sectionPath(found.section.key)}.json`,
    meta: [
      ['ColumnName', found.section.name],
      ['ColumnType', found.section.name],
    ],
    body: html`<h1>${found.section.name}</h1>
<p class="lead">依据：${found.section.clause}</p>
${found.shelves.map(
  ({
    column,
    items,
    more,
  }) => html`<section class="shelf"><h2><a href="${columnPath(column.key)}">${column.name}</a></h2>
${items.length === 0 ? emptySentence(column.name) : itemList(items, { now, heading: 'h3', showColumn: false })}
${more ? html`<p class="more"><a href="${columnPath(column.key)}">“${column.name}”的全部内容</a></p>` : ''}</section>
`,
)}`,
  });
};

export const sectionJson = (site: Site) => async (c: Context) => {
  const found = await shelves(site, (c.req.param('file') ?? '').replace(/\.json$/, ''));
  if (!found) return missingJson(c);
  const { key, name, clause } = found.section;
  return sendJson(c, {
    section: { key, name, clause },
    columns: found.shelves.map(({ column, items }) => ({ key: column.key, name: column.name, items })),
  });
};
