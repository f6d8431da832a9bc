import { html } from 'hono/html';
import type { Html } from './page.ts';
import type { Summary } from './public-view.ts';
import { columnPath, itemPath } from './site.ts';
import { daysLeft, validityWords } from './words.ts';

type Options = { readonly now: string; readonly heading: 'h2' | 'h3'; readonly showColumn?: boolean };

/** A list of items, a date on every one (undated items count as not updated, 国办秘函〔2019〕19号). */
export const itemList = (items: readonly Summary[], options: Options): Html => html`<ul class="items">
${items.map((item) => itemLine(item, options))}</ul>`;

const itemLine = (item: Summary, { now, heading, showColumn }: Options): Html => {
  const title = html`<a href="${itemPath(item.id)}" dir="auto">${item.title}</a>`;
  const facts = [item.documentNumber, item.genre, item.indexNumber].filter((fact) => fact !== '');
  return html`<li>
${heading === 'h2' ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`}
<p class="facts"><time datetime="${item.publishedOn}">${item.publishedOn}</time>
${showColumn === false ? '' : html`<a href="${columnPath(item.column.key)}">${item.column.name}</a> `}${facts.map((fact) => html`<span>${fact}</span> `)}${tags(item, now)}</p>
</li>
`;
};

/** 效力状况 and days left, in words: never by colour alone. */
export const tags = (item: Pick<Summary, 'validity' | 'until'>, now: string): Html =>
  html`${item.validity === 'effective' ? '' : html`<strong class="tag tag-over">${validityWords[item.validity]}</strong> `}${
    item.until === undefined ? '' : html`<strong class="tag">${daysLeft(item.until, now)}</strong>`
  }`;

/** Next page by cursor; back to the first. */
export const pagination = (
  next: string | undefined,
  first: string | undefined,
  further = '更早的',
  back = '回到最新',
): Html | '' =>
  next === undefined && first === undefined
    ? ''
    : html`<nav class="pages" aria-label="翻页"><ul>
${first === undefined ? '' : html`<li><a href="${first}">${back}</a></li>`}
${next === undefined ? '' : html`<li><a href="${next}" rel="next">${further}</a></li>`}
</ul></nav>`;

/** An address with these query parameters; empty ones are left out. */
export const addressOf = (path: string, query: Record<string, string | undefined>): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) parameters.set(name, value);
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
};

/** What a column without content says; an empty column without a sentence is a fault (国办秘函〔2019〕19号). */
export const emptySentence = (name: string): Html =>
  html`<p class="empty">“${name}”目前没有正在公开的内容。有新内容时会在这里列出；需要的信息没有公开的，可以依法向本机关提出申请（<a href="/about">联系方式</a>）。</p>`;
