import { publicPage } from '@gongkai/core';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { missingJson } from './page.ts';
import { plain } from './plain.ts';
import { summaryOf } from './public-view.ts';
import { columnName, itemPath, officeName, type Site, siteName } from './site.ts';

/** RFC 4287. Only what is visible; an entry leaves the feed at the second at which it expires. */
export const feed = (site: Site) => async (c: Context) => {
  const key = c.req.query('column');
  if (key !== undefined && !site.office.policy.columns.some((column) => column.key === key))
    return missingJson(c);
  const { items } = await publicPage(site.office, { column: key, limit: 50 });
  const { publicUrl } = site.office;
  const self = `${publicUrl}/feed.atom${key === undefined ? '' : `?column=${key}`}`;
  const name = key === undefined ? '' : ` - ${columnName(site, key)}`;
  const updated = items[0]?.publishedAt ?? '1970-01-01T00:00:00.000Z';
  const body = await html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
<id>${self}</id>
<title>${officeName(site)}${siteName}${name}</title>
<updated>${updated}</updated>
<link rel="self" type="application/atom+xml" href="${self}"/>
<link rel="alternate" type="text/html" href="${publicUrl}/"/>
<author><name>${officeName(site)}</name></author>
${items.map((item) => {
  const { title, column, publishedAt, office } = summaryOf(site, item);
  return html`<entry>
<id>${publicUrl}${itemPath(item.id)}</id>
<title>${title}</title>
<link rel="alternate" type="text/html" href="${publicUrl}${itemPath(item.id)}"/>
<published>${publishedAt}</published>
<updated>${publishedAt}</updated>
<author><name>${office || officeName(site)}</name></author>
<category term="${column.key}" label="${column.name}"/>
<summary>${plain(item.metadata.summary)}</summary>
</entry>
`;
})}</feed>
`;
  return c.body(String(body), 200, {
    'Content-Type': 'application/atom+xml; charset=utf-8',
    'Cache-Control': 'no-cache',
  });
};
