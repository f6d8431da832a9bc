import { endingBefore, lastDayOf, publicPage } from '@gongkai/core';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { itemList } from './item-list.ts';
import { type Html, sendJson, sendPage } from './page.ts';
import { type Summary, summaryOf } from './public-view.ts';
import { columnPath, itemPath, officeName, type Site, sectionPath, siteName } from './site.ts';
import { daysLeft } from './words.ts';

/** 公示 are shown at the portal while they end within this many days. */
const noticeDays = 31;

const newest = async (site: Site) =>
  (await publicPage(site.office, { limit: 10 })).items.map((item) => summaryOf(site, item));

const ending = async (site: Site, now: string) => {
  const end = new Date(Date.parse(now) + noticeDays * 86_400_000).toISOString();
  return (await endingBefore(site.office, end, 8)).map((item) => summaryOf(site, item));
};

export const portal = (site: Site) => async (c: Context) => {
  const now = site.office.clock.now();
  const [latest, soon] = await Promise.all([newest(site), ending(site, now)]);
  return sendPage(c, site, {
    title: siteName,
    canonical: '/',
    json: '/index.json',
    meta: [['Description', `${officeName(site)}政府信息公开：指南、制度、法定主动公开内容、年度报告`]],
    body: html`<h1 class="hidden">${officeName(site)}${siteName}</h1>
<div class="two">
<section aria-labelledby="latest"><h2 id="latest">最新公开</h2>
${latest.length === 0 ? html`<p class="empty">目前还没有公开的内容。</p>` : itemList(latest, { now, heading: 'h3' })}
${latest.length === 0 ? '' : html`<p class="more"><a href="/search">查看全部</a></p>`}</section>
<section aria-labelledby="soon" class="side"><h2 id="soon">限期公开中</h2>
${soon.length === 0 ? html`<p class="empty">目前没有限期公示的内容。</p>` : notices(soon, now)}</section>
</div>
${directory(site)}`,
  });
};

const notices = (items: readonly Summary[], now: string): Html => html`<ul class="notices">
${items.map(
  (item) => html`<li><a href="${itemPath(item.id)}" dir="auto">${item.title}</a>
<p class="facts"><strong class="tag">${daysLeft(item.until ?? now, now)}</strong> <span><time datetime="${item.publishedOn}">${item.publishedOn}</time> 至 <time>${lastDayOf(item.until ?? now)}</time></span></p></li>
`,
)}</ul>`;

/** 公开目录: every column, under its section. */
const directory = (
  site: Site,
): Html => html`<section aria-labelledby="directory" class="directory"><h2 id="directory">公开目录</h2>
<div class="cards">
${site.office.policy.sections.map((section) => {
  const columns = site.office.policy.columns.filter((column) => column.section === section.key);
  return html`<div class="card card-${section.key}"><h3><a href="${sectionPath(section.key)}">${section.name}</a></h3>
${
  columns.length < 2
    ? html`<p>${section.clause}</p>`
    : html`<ul>${columns.map(
        (column) => html`<li><a href="${columnPath(column.key)}">${column.name}</a></li>
`,
      )}</ul>`
}</div>
`;
})}</div></section>`;

export const portalJson = (site: Site) => async (c: Context) => {
  const { sections, columns } = site.office.policy;
  return sendJson(c, {
    office: officeName(site),
    sections: sections.map(({ key, name, clause }) => ({
      key,
      name,
      clause,
      columns: columns
        .filter((column) => column.section === key)
        .map((one) => ({ key: one.key, name: one.name })),
    })),
    items: await newest(site),
    ending: await ending(site, site.office.clock.now()),
  });
};
