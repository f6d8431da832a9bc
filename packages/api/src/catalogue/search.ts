import type { Context } from 'hono';
import { html } from 'hono/html';
import { addressOf, pagination, tags } from './item-list.ts';
import { type Html, sendJson, sendPage } from './page.ts';
import {
  type Facet,
  type FacetName,
  type Found,
  facetTitles,
  type Piece,
  type SearchPage,
  searchPage,
  suggestions,
} from './search-page.ts';
import { columnPath, itemPath, type Site } from './site.ts';

export const search = (site: Site) => async (c: Context) => {
  const result = await searchPage(c, site);
  const now = site.office.clock.now();
  const { words, filters, total, found, next } = result;
  const cursor = c.req.query('cursor');
  const at = (change: Record<string, string | undefined>) =>
    addressOf('/search', { q: words, ...filters, ...change });
  return sendPage(c, site, {
    title: words === '' ? '搜索' : `搜索：${words}`,
    unlisted: true,
    words,
    json: addressOf('/search.json', { q: words, ...filters, cursor }),
    crumbs: [{ name: '搜索' }],
    body: html`<h1>搜索公开文件</h1>
<form class="search" action="/search" aria-label="搜索">
<label for="q">标题、文号、索引号或正文中的词，多个词用空格隔开</label>
<div class="search-line"><input id="q" name="q" type="search" value="${words}" maxlength="200" autocomplete="off" list="suggestions">
${Object.entries(filters).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button>搜索</button></div>
</form>
<p class="count" role="status">${countSentence(result)}</p>
<div class="two results">
<div>
${found.length === 0 ? nothing(result) : html`<ol class="items">${found.map((one) => hitLine(one, now))}</ol>`}
${pagination(next === undefined ? undefined : at({ cursor: next }), cursor ? at({}) : undefined, '更多结果', '回到第一页')}
</div>
${total > 0 || Object.keys(filters).length > 0 ? facets(result, at) : ''}
</div>`,
  });
};

const countSentence = ({ words, total }: SearchPage): string =>
  words === '' ? `共有 ${total} 份公开文件，新的在前。` : `“${words}”：找到 ${total} 份文件。`;

const nothing = ({
  words,
}: SearchPage): Html => html`<div class="empty"><p>没有找到${words === '' ? '文件' : html`与“${words}”有关的文件`}。可以：</p>
<ul><li>换一个说法，或者少用几个词；</li><li>去掉筛选条件；</li><li>从<a href="/">公开目录</a>里按栏目找；</li><li>没有公开的信息，可以依法提出申请（<a href="/about">联系方式</a>）。</li></ul></div>`;

const marked = (pieces: readonly Piece[]): Html =>
  html`${pieces.map(({ text, hit }) => (hit ? html`<mark>${text}</mark>` : text))}`;

const hitLine = ({ item, title, snippet }: Found, now: string): Html => html`<li>
<h2><a href="${itemPath(item.id)}" dir="auto">${marked(title)}</a></h2>
<p class="facts"><time datetime="${item.publishedOn}">${item.publishedOn}</time> <a href="${columnPath(item.column.key)}">${item.column.name}</a> ${item.documentNumber ? html`<span>${item.documentNumber}</span> ` : ''}<span>${item.indexNumber}</span> ${tags(item, now)}</p>
${snippet.length === 0 ? '' : html`<p class="snippet" dir="auto">${marked(snippet)}</p>`}
</li>
`;

const facets = (
  { facets: all, filters }: SearchPage,
  at: (change: Record<string, string | undefined>) => string,
): Html => html`<nav class="side facets" aria-label="筛选结果">
<h2>筛选</h2>
${Object.keys(filters).length > 0 ? html`<p><a href="${at(Object.fromEntries(Object.keys(filters).map((name) => [name, undefined])))}">清除全部筛选</a></p>` : ''}
${all.map((facet) => facetList(facet, filters[facet.name], at))}</nav>`;

const facetList = (
  { name, values }: Facet,
  chosen: string | undefined,
  at: (change: Partial<Record<FacetName, string | undefined>>) => string,
): Html => html`<h3 id="facet-${name}">${facetTitles[name]}</h3><ul aria-labelledby="facet-${name}">
${values.map(({ value, label, count }) =>
  value === chosen
    ? html`<li><a href="${at({ [name]: undefined })}" aria-current="true">${label} <span class="aside">已选，点击去掉</span></a></li>
`
    : html`<li><a href="${at({ [name]: value })}">${label}</a> <span class="aside">${count}</span></li>
`,
)}</ul>
`;

export const searchJson = (site: Site) => async (c: Context) => {
  const { words, total, found, facets: all, next } = await searchPage(c, site);
  return sendJson(c, {
    words,
    total,
    items: found.map(({ item, snippet }) => ({ ...item, snippet })),
    facets: all,
    ...(next === undefined ? {} : { next }),
  });
};

export const suggestJson = (site: Site) => async (c: Context) =>
  sendJson(c, await suggestions(site, c.req.query('q') ?? ''));
