import type { Context } from 'hono';
import { html } from 'hono/html';
import { type Html, sendPage } from './page.ts';
import { plain } from './plain.ts';
import type { Tombstone } from './public-view.ts';
import { itemPath, type Site } from './site.ts';
import { localMinute } from './words.ts';

const headings: Record<Tombstone['state'], string> = {
  expired: '公开期限已满',
  ended: '已停止公开',
  withdrawn: '已撤回',
  replaced: '已被新文件代替',
};

const sentences: Record<Tombstone['state'], string> = {
  expired: '这份文件的公开期限已满，不再展示。需要查阅的，可以依法向本机关提出申请。',
  ended: '这份文件已停止公开。需要查阅的，可以依法向本机关提出申请。',
  withdrawn: '这份文件已由本机关撤回，内容不再提供。',
  replaced: '这份文件已被新文件代替，请看新文件。',
};

/** 410: it was here, when it went, and why; nothing of what it held. */
export const sendTombstone = (c: Context, site: Site, stone: Tombstone): Promise<Response> =>
  sendPage(c, site, {
    title: headings[stone.state],
    status: 410,
    unlisted: true,
    crumbs: [{ name: headings[stone.state] }],
    body: html`<h1>${headings[stone.state]}</h1>
<p class="lead">${sentences[stone.state]}</p>
${tombstoneFacts(stone)}
<p><a href="/search">搜索其他公开文件</a></p>`,
  });

export const tombstoneFacts = (stone: Tombstone): Html => html`<dl class="record">
${stone.title === undefined ? '' : html`<div class="wide"><dt>名称</dt><dd dir="auto">${stone.title}</dd></div>`}
<div><dt>索引号</dt><dd>${stone.indexNumber || '（无）'}</dd></div>
<div><dt>公开日期</dt><dd><time datetime="${stone.publishedOn}">${stone.publishedOn}</time></dd></div>
<div><dt>${stone.state === 'withdrawn' ? '撤回时间' : '停止时间'}</dt><dd><time datetime="${stone.at}">${localMinute(stone.at)}</time></dd></div>
<div><dt>状态</dt><dd>${headings[stone.state]}</dd></div>
${stone.notice === undefined ? '' : html`<div class="wide"><dt>撤回公告</dt><dd class="lines" dir="auto">${noticeOf(stone.notice)}</dd></div>`}
${
  stone.successor === undefined
    ? ''
    : html`<div class="wide"><dt>新文件</dt><dd><a href="${itemPath(stone.successor.id)}" dir="auto">${stone.successor.title ?? `索引号 ${stone.successor.indexNumber}`}</a></dd></div>`
}</dl>`;

/** A notice may have paragraphs; each line is made plain, the lines stay. */
export const noticeOf = (notice: string): string => notice.split(/\r?\n/).map(plain).join('\n').trim();
