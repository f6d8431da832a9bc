import {
  everyone,
  type Instant,
  lastDayOf,
  type Publication,
  publicItem,
  publicPage,
  visible,
} from '@gongkai/core';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { addressOf } from './item-list.ts';
import type { Html } from './page.ts';
import { plain } from './plain.ts';
import { summaryOf } from './public-view.ts';
import { itemPath, officeName, type Site, siteName } from './site.ts';
import { localMinute, writtenDay } from './words.ts';

/** How many of the newest go round; who wants more looks into the catalogue. */
const longest = 60;
const turnSeconds = { shortest: 5, usual: 15, longest: 120 } as const;
/** How soon an empty screen asks again. */
const emptySeconds = 30;

type Asked = { readonly seconds: number; readonly columns: readonly string[]; readonly after: string };

const askedOf = (c: Context, site: Site): Asked => {
  const wished = Number(c.req.query('seconds') ?? turnSeconds.usual);
  const known = new Set(site.office.policy.columns.map(({ key }) => key));
  const columns = (c.req.query('columns') ?? '').split(',').filter((key) => known.has(key));
  return {
    seconds: Number.isFinite(wished)
      ? Math.min(turnSeconds.longest, Math.max(turnSeconds.shortest, Math.round(wished)))
      : turnSeconds.usual,
    columns: columns.length > 0 ? columns : site.office.policy.boards,
    after: (c.req.query('after') ?? '').slice(0, 200),
  };
};

/** Where an item stands in the round, newest first. Not its number: items come and go between two turns. */
const placeOf = (item: Publication): string => `${item.publishedAt ?? ''}#${item.id}`;

type Turn = {
  readonly item?: Publication;
  readonly at: number;
  readonly of: number;
  /** Until the next turn; never beyond the instant at which what is shown may no longer be. */
  readonly seconds: number;
  readonly ends: boolean;
};

const turnOf = async (site: Site, { seconds, columns, after }: Asked, now: Instant): Promise<Turn> => {
  const page = await publicPage(site.office, {
    limit: longest,
    accepts: ({ metadata }) => columns.length === 0 || columns.includes(metadata.column),
  });
  // Asked once more at the instant that is printed on the page and from which its seconds are counted.
  const items = page.items.filter((item) => visible(item, everyone, now) === 'visible');
  const next = after === '' ? 0 : items.findIndex((item) => placeOf(item) < after);
  const at = Math.max(next, 0);
  const item = items[at];
  if (!item) return { at: 0, of: 0, seconds: emptySeconds, ends: false };
  const left =
    item.until === undefined ? Number.POSITIVE_INFINITY : (Date.parse(item.until) - Date.parse(now)) / 1000;
  return {
    item,
    at,
    of: items.length,
    seconds: Math.max(0.1, Math.min(seconds, left)),
    ends: left <= seconds,
  };
};

/** Letters shrink as titles grow: all of it is to be seen at once, with the period below it (screen.css). */
const sizes = [
  [11, 'large'],
  [28, 'medium'],
  [72, 'small'],
  [150, 'smaller'],
] as const;
const sizeOf = (title: string): string => {
  const letters = [...title].length;
  return sizes.find(([most]) => letters <= most)?.[1] ?? 'smallest';
};

const slide = (site: Site, item: Publication, { at, of }: Turn): Html => {
  const shown = summaryOf(site, item);
  // A summary that only repeats the title would take the room of larger letters.
  const said = plain(item.metadata.summary);
  const summary = said === plain(item.metadata.title) ? '' : said;
  const facts = [shown.documentNumber, shown.office].filter((fact) => fact !== '');
  return html`<article data-size="${sizeOf(shown.title)}">
<p class="column">${shown.column.name}</p>
<h1 dir="auto">${shown.title}</h1>
<p class="facts">${facts.map((fact) => html`<span>${fact}</span> `)}</p>
<p class="period">${
    item.until === undefined
      ? html`<span>${writtenDay(shown.publishedOn)}起</span><span>长期公开</span>`
      : html`<span>公示期：${writtenDay(shown.publishedOn)}</span><span>至${writtenDay(lastDayOf(item.until))}</span>`
  }</p>
${summary === '' ? '' : html`<p class="summary" dir="auto">${summary}</p>`}
</article>
<aside><img src="${itemPath(item.id)}/qr.svg" alt="" width="300" height="300">
<p class="scan">手机扫码看全文</p><p class="number">索引号 ${shown.indexNumber}</p>${of > 1 ? html`<p class="turn">${at + 1} / ${of}</p>` : ''}</aside>`;
};

/**
 * /screen: the lobby's screen. One item a turn, full screen, by itself; every turn asks here what is visible now, and
 * a turn ends at the very second at which its item does. Nothing on it can be pressed, so that nobody gets lost.
 */
export const screen = (site: Site) => async (c: Context) => {
  const asked = askedOf(c, site);
  const now = site.office.clock.now();
  const turn = await turnOf(site, asked, now);
  const { office } = site.office.policy;
  const next = addressOf('/screen', {
    columns: c.req.query('columns') === undefined ? '' : asked.columns.join(),
    seconds: asked.seconds === turnSeconds.usual ? '' : String(asked.seconds),
    after: turn.item ? placeOf(turn.item) : '',
  });
  const seconds = turn.seconds.toFixed(1);
  return c.html(
    html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>大厅屏幕 - ${siteName} - ${officeName(site)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<noscript><meta http-equiv="refresh" content="${Math.ceil(turn.seconds)}; url=${next}"></noscript>
<link rel="stylesheet" href="${site.assets.screenStylesheet}">
<link rel="icon" href="${site.assets.icon}" type="image/svg+xml">
<script src="${site.assets.screenScript}" defer></script>
</head>
<body>
<header><p class="office">${officeName(site)}</p><p class="name">${siteName}</p>
${office.phone === '' ? '' : html`<p class="phone">监督电话 <strong>${office.phone}</strong></p>`}</header>
<main data-next="${next}" data-seconds="${seconds}" data-ends="${turn.ends ? '1' : ''}" data-at="${localMinute(now)}">
${turn.item ? slide(site, turn.item, turn) : html`<p class="empty">目前没有正在公示的内容。</p>`}
</main>
<section class="stale" role="alert" hidden><h1>内容已过时，暂停展示</h1>
<p>暂时联系不上服务器，正在重新连接。最后一次更新：<time data-last>${localMinute(now)}</time></p></section>
<footer><p>${site.office.publicUrl}</p><p>更新于 <time data-last>${localMinute(now)}</time></p></footer>
</body>
</html>`,
    200,
    // A browser that starts without the network must not show yesterday's.
    { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
  );
};

/** /item/:id/qr.svg: the address of a visible item for a telephone's camera. */
export const itemCode = (site: Site) => async (c: Context) => {
  const found = await publicItem(site.office, c.req.param('id') ?? '');
  if (found?.visibility !== 'visible') return c.text('Not found', 404, { 'Cache-Control': 'no-store' });
  const address = site.office.publicUrl + itemPath(found.item.id);
  const { default: qrcode } = await import('qrcode');
  const picture = await qrcode.toString(address, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
  return c.body(picture, 200, {
    'Content-Type': 'image/svg+xml; charset=utf-8',
    'Cache-Control': 'no-store',
  });
};
