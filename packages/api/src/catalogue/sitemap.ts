import { dayOf, firstPublished, localHour, type Publication, publicPage } from '@gongkai/core';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { type Html, sendMissing } from './page.ts';
import { columnPath, itemPath, type Site, sectionPath } from './site.ts';

/** sitemaps.org allows 50,000 addresses a file. */
const largest = 50_000;

const sendXml = async (c: Context, body: Html): Promise<Response> =>
  c.body(String(await body), 200, {
    'Content-Type': 'application/xml; charset=utf-8',
    'Cache-Control': 'no-cache',
  });

/** An index: the standing pages, and one file for each year. */
export const sitemap = (site: Site) => async (c: Context) => {
  const now = site.office.clock.now();
  const first = await firstPublished(site.office);
  const thisYear = Number(dayOf(now).slice(0, 4));
  const firstYear = first === undefined ? thisYear + 1 : Number(dayOf(first).slice(0, 4));
  const files = ['pages'];
  for (let year = thisYear; year >= firstYear; year -= 1) files.push(String(year));
  return sendXml(
    c,
    html`<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${files.map(
  (name) => html`<sitemap><loc>${site.office.publicUrl}/sitemap/${name}.xml</loc></sitemap>
`,
)}</sitemapindex>
`,
  );
};

export const sitemapFile = (site: Site) => async (c: Context) => {
  const name = (c.req.param('file') ?? '').replace(/\.xml$/, '');
  const entries =
    name === 'pages' ? standing(site) : /^(19|20|21)\d\d$/.test(name) ? await ofYear(site, name) : undefined;
  if (!entries) return sendMissing(c, site);
  return sendXml(
    c,
    html`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.map(
  ({
    path,
    day,
  }) => html`<url><loc>${site.office.publicUrl}${path}</loc>${day ? html`<lastmod>${day}</lastmod>` : ''}</url>
`,
)}</urlset>
`,
  );
};

type Entry = { readonly path: string; readonly day?: string };

const standing = (site: Site): Entry[] => [
  { path: '/' },
  ...site.office.policy.sections.map(({ key }) => ({ path: sectionPath(key) })),
  ...site.office.policy.columns.map(({ key }) => ({ path: columnPath(key) })),
  ...['/about', '/verify', '/withdrawn'].map((path) => ({ path })),
];

const ofYear = async (site: Site, year: string): Promise<Entry[]> => {
  const entries: Entry[] = [];
  const range = { from: localHour(`${year}-01-01`, 0), to: localHour(`${Number(year) + 1}-01-01`, 0) };
  let cursor: string | undefined;
  do {
    const page: { items: readonly Publication[]; next?: string } = await publicPage(site.office, {
      ...range,
      limit: 500,
      cursor,
    });
    for (const item of page.items)
      entries.push({ path: itemPath(item.id), day: dayOf(item.publishedAt ?? item.since) });
    cursor = page.next;
  } while (cursor !== undefined && entries.length < largest);
  return entries.slice(0, largest);
};

/** Search results and switches are no pages of their own. */
export const robots = (site: Site) => (c: Context) =>
  c.text(
    `User-agent: *\nDisallow: /search\nDisallow: /suggest.json\nDisallow: /display\nDisallow: /screen\nDisallow: /verify/\nSitemap: ${site.office.publicUrl}/sitemap.xml\n`,
  );
