import { withdrawals } from '@gongkai/core';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { addressOf, pagination } from './item-list.ts';
import { sendJson, sendPage } from './page.ts';
import { type Tombstone, tombstoneOf } from './public-view.ts';
import { itemPath, type Site } from './site.ts';
import { noticeOf } from './tombstone.ts';
import { localMinute } from './words.ts';

const read = async (c: Context, site: Site) => {
  const { items, next } = await withdrawals(site.office, 20, c.req.query('cursor'));
  return { stones: await Promise.all(items.map((item) => tombstoneOf(site, item))), next };
};

/** 撤回公告: every withdrawal of something that was public, with its notice and without its title. */
export const withdrawn = (site: Site) => async (c: Context) => {
  const { stones, next } = await read(c, site);
  return sendPage(c, site, {
    title: '撤回公告',
    canonical: '/withdrawn',
    json: '/withdrawn.json',
    crumbs: [{ name: '撤回公告' }],
    body: html`<h1>撤回公告</h1>
<p class="lead">已经公开、后来由本机关撤回的文件。内容不再提供，何时撤回、为何撤回在这里说明。</p>
${stones.length === 0 ? html`<p class="empty">没有撤回过的文件。</p>` : html`<ul class="items">${stones.map(line)}</ul>`}
${pagination(next === undefined ? undefined : addressOf('/withdrawn', { cursor: next }), c.req.query('cursor') ? '/withdrawn' : undefined)}`,
  });
};

const line = (
  stone: Tombstone,
) => html`<li><h2><a href="${itemPath(stone.id)}">索引号 ${stone.indexNumber}</a></h2>
<p class="facts"><span>公开 <time datetime="${stone.publishedOn}">${stone.publishedOn}</time></span> <span>撤回 <time datetime="${stone.at}">${localMinute(stone.at)}</time></span></p>
<p class="lines" dir="auto">${noticeOf(stone.notice ?? '')}</p></li>
`;

export const withdrawnJson = (site: Site) => async (c: Context) => {
  const { stones, next } = await read(c, site);
  return sendJson(c, { items: stones, ...(next === undefined ? {} : { next }) });
};
