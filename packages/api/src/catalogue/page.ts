import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { plain } from './plain.ts';
import { preferencesOf, switchPath } from './preferences.ts';
import { officeName, type Site, sectionPath, siteName } from './site.ts';

export type Html = ReturnType<typeof html>;
export type Crumb = { readonly name: string; readonly path?: string };

export type PageParts = {
  readonly title: string;
  readonly body: Html;
  readonly status?: ContentfulStatusCode;
  readonly crumbs?: readonly Crumb[];
  /** `name` → `content`; domain.md §3. */
  readonly meta?: readonly (readonly [string, string])[];
  /** Path of the same thing as JSON. */
  readonly json?: string;
  readonly feed?: string;
  readonly canonical?: string;
  /** Kept out of other people's search engines. */
  readonly unlisted?: boolean;
  readonly section?: string | undefined;
  readonly words?: string;
  readonly hashScript?: boolean;
};

/** Where the reader is, as asked, for links that come back here. */
const here = (c: Context): string => {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
};

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  // What is gone must be gone at that second: every view asks again.
  'Cache-Control': 'no-cache, private',
  Vary: 'Cookie',
};

/** One page: head, red band, four sections, content, foot. Sends it with the headers that every page has. */
export const sendPage = async (c: Context, site: Site, parts: PageParts): Promise<Response> =>
  c.html(await layout(c, site, parts), parts.status ?? 200, headers);

const layout = (c: Context, site: Site, parts: PageParts): Html => {
  const { elder, contrast } = preferencesOf(c);
  const office = officeName(site);
  const { sections, office: contact } = site.office.policy;
  const fullTitle = [plain(parts.title), siteName, office].filter(
    (part, at, all) => all.indexOf(part) === at,
  );
  const { assets } = site;
  return html`<!doctype html>
<html lang="zh-CN"${elder ? html` data-elder` : ''}${contrast ? html` data-contrast` : ''}>
<head>
<meta charset="utf-8">
<title>${fullTitle.join(' - ')}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<meta name="SiteName" content="${office}${siteName}">
<meta name="SiteDomain" content="${new URL(site.office.publicUrl).host}">
${(parts.meta ?? []).map(
  ([name, content]) => html`<meta name="${name}" content="${content}">
`,
)}${parts.unlisted ? html`<meta name="robots" content="noindex">` : ''}
<link rel="stylesheet" href="${assets.stylesheet}">
<link rel="icon" href="${assets.icon}" type="image/svg+xml">
${parts.canonical ? html`<link rel="canonical" href="${site.office.publicUrl}${parts.canonical}">` : ''}
${parts.json ? html`<link rel="alternate" type="application/json" href="${parts.json}">` : ''}
<link rel="alternate" type="application/atom+xml" title="最新公开" href="${parts.feed ?? '/feed.atom'}">
<script src="${assets.pageScript}" defer></script>
${parts.hashScript ? html`<script src="${assets.hashScript}" defer></script>` : ''}
</head>
<body>
<a class="skip" href="#main">跳到主要内容</a>
<header>
<div class="toolbar"><nav class="frame" aria-label="显示方式">
<a rel="nofollow" href="${switchPath(elder ? 'elder=off' : 'elder=on', here(c))}">${elder ? '退出适老模式' : '适老模式（大字）'}</a>
<a rel="nofollow" href="${switchPath(contrast ? 'contrast=off' : 'contrast=on', here(c))}">${contrast ? '退出高对比度' : '高对比度'}</a>
</nav></div>
<div class="band"><div class="frame">
<p class="brand"><a href="/"><span class="brand-office">${office}</span> <span class="brand-name">${siteName}</span></a></p>
<form class="quick" action="/search" role="search" aria-label="全站">
<label class="hidden" for="quick">搜索公开文件</label>
<input id="quick" name="q" type="search" value="${parts.words ?? ''}" placeholder="标题、文号或正文中的词" autocomplete="off" list="suggestions" maxlength="200">
<datalist id="suggestions"></datalist>
<button>${searchIcon}<span>搜索</span></button>
</form>
</div></div>
<nav class="sections" aria-label="栏目"><ul class="frame">
${sections.map(
  (section) =>
    html`<li><a href="${sectionPath(section.key)}"${section.key === parts.section ? html` aria-current="true"` : ''}>${section.name}</a></li>
`,
)}</ul></nav>
</header>
<div class="frame content">
${parts.crumbs ? crumbs(parts.crumbs) : ''}
<main id="main" tabindex="-1">
${parts.body}
</main>
</div>
<footer><div class="frame">
<ul class="foot-links">
<li><a href="/about">关于本站</a></li><li><a href="/verify">文件核验</a></li><li><a href="/withdrawn">撤回公告</a></li>
<li><a href="/feed.atom">订阅更新（Atom）</a></li><li><a href="/search">高级搜索</a></li>
</ul>
<p>主办：${office}${contact.address ? html`　地址：${contact.address}` : ''}${contact.phone ? html`　电话：${contact.phone}` : ''}${contact.hours ? html`　办公时间：${contact.hours}` : ''}</p>
</div></footer>
</body>
</html>`;
};

const crumbs = (path: readonly Crumb[]): Html => html`<nav class="crumbs" aria-label="当前位置"><ol>
<li><a href="/">首页</a></li>
${path.map((crumb) =>
  crumb.path
    ? html`<li><a href="${crumb.path}">${crumb.name}</a></li>
`
    : html`<li aria-current="page">${crumb.name}</li>
`,
)}</ol></nav>`;

const searchIcon = html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false"><circle cx="8.5" cy="8.5" r="5.5" fill="none" stroke="currentColor" stroke-width="2.2"/><path d="m13 13 5 5" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/></svg>`;

/** 404: for the public there is nothing here, and nothing says whether there ever was. */
export const sendMissing = (c: Context, site: Site): Promise<Response> =>
  sendPage(c, site, {
    title: '没有找到这个页面',
    status: 404,
    unlisted: true,
    body: html`<h1>没有找到这个页面</h1>
<p>地址可能有误，或者这里没有公开的内容。请核对地址，或从下面继续：</p>
<ul><li><a href="/search">搜索公开文件</a></li><li><a href="/">返回首页</a></li><li><a href="/verify">凭核验码查找文件</a></li></ul>`,
  });

/** When the page itself cannot be made: needs nothing that could be broken too. */
export const sendBroken = (c: Context): Response =>
  c.text(
    '页面暂时打不开，已经记录。请稍后再试。\nThis page cannot be shown at the moment; it was recorded. Please try again later.\n',
    500,
    { 'Cache-Control': 'no-store' },
  );

/** What is missing, told to programs. */
export const missingJson = (c: Context): Response =>
  c.json({ code: 'not-found', zh: '没有找到。', en: 'Not found.' }, 404, {
    'Cache-Control': 'no-cache, private',
  });

export const sendJson = (c: Context, value: unknown, status: ContentfulStatusCode = 200): Response =>
  c.body(JSON.stringify(value), status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-cache, private',
  });
