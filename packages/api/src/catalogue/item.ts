import { type Publication, publicItem } from '@gongkai/core';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { tags } from './item-list.ts';
import { type Html, missingJson, sendJson, sendMissing, sendPage } from './page.ts';
import { type Neighbour, neighbour, tombstoneOf, type View, viewOf } from './public-view.ts';
import type { ReleasedText } from './released-text.ts';
import {
  columnPath,
  fileLabel,
  filePath,
  itemPath,
  ofdPath,
  type Site,
  sectionOfColumn,
  sectionPath,
} from './site.ts';
import { sendTombstone } from './tombstone.ts';
import { fileSize, localMinute } from './words.ts';

/** 文件页: the record above, the text of the document below, and the PDF as it was published. */
export const item = (site: Site) => async (c: Context) => {
  const found = await publicItem(site.office, c.req.param('id') ?? '');
  if (!found) return sendMissing(c, site);
  if (found.visibility === 'gone') return sendTombstone(c, site, await tombstoneOf(site, found.item));
  const view = viewOf(site, found.item);
  const [texts, predecessor] = await Promise.all([
    textsOf(site, found.item, view),
    neighbour(site, found.item.replaces),
  ]);
  const parent = sectionOfColumn(site, view.column.key);
  return sendPage(c, site, {
    title: view.title,
    section: parent?.key,
    canonical: itemPath(view.id),
    json: `${itemPath(view.id)}.json`,
    crumbs: [
      ...(parent && parent.name !== view.column.name
        ? [{ name: parent.name, path: sectionPath(parent.key) }]
        : []),
      { name: view.column.name, path: columnPath(view.column.key) },
      { name: '文件' },
    ],
    meta: metaOf(view, parent?.name),
    body: html`<article>
<h1 dir="auto">${view.title}</h1>
${notes(view, predecessor, site)}
<p class="jump"><a href="#text-title-0">直接看正文</a></p>
${record(view)}
<p class="actions">${actions(view)}</p>
${view.files.map((_, n) => documentText(view, n, texts[n] ?? { kind: 'not-ready' }, found.item.release?.files[n]?.recognised ?? []))}
${view.files.length > 0 ? original(view) : ''}
${verification(view)}
</article>`,
  });
};

export const itemJson = (site: Site) => async (c: Context) => {
  const found = await publicItem(site.office, (c.req.param('file') ?? '').replace(/\.json$/, ''));
  if (!found) return missingJson(c);
  if (found.visibility === 'gone') return sendJson(c, await tombstoneOf(site, found.item), 410);
  const predecessor = await neighbour(site, found.item.replaces);
  return sendJson(c, { ...viewOf(site, found.item), ...(predecessor ? { replaces: predecessor } : {}) });
};

/** Only for bytes that the gate has passed, as at the door for files. */
const textsOf = (site: Site, publication: Publication, view: View): Promise<readonly ReleasedText[]> =>
  Promise.all(
    view.files.map(({ sha256 }, n) =>
      publication.pass?.files[n] === sha256
        ? site.releasedText(sha256, {
            tokens: [view.indexNumber, view.verification.code, view.verification.url],
            others: [view.office, view.title],
          })
        : ({ kind: 'not-ready' } as const),
    ),
  );

const metaOf = (view: View, parent: string | undefined): (readonly [string, string])[] => {
  const words = [view.title, ...view.keywords].join(',');
  return [
    ['ColumnName', view.column.name],
    ['ColumnType', parent ?? view.column.name],
    ['ArticleTitle', view.title],
    ['PubDate', localMinute(view.publishedAt)],
    ['ContentSource', view.office],
    ['Author', view.office],
    ['Keywords', words],
    ['Description', view.summary || view.title],
    ['Url', view.url],
    ['description', view.summary || view.title],
  ];
};

const notes = (view: View, predecessor: Neighbour | undefined, site: Site): Html =>
  html`${
    view.validity === 'effective' && view.until === undefined
      ? ''
      : html`<p class="status">${tags(view, site.office.clock.now())}</p>`
  }${view.validity === 'effective' ? '' : html`<p class="notice">本文件已${view.validityName === '失效' ? '失效' : '废止'}，仅供查考。</p>`}${
    predecessor
      ? html`<p class="notice">本文件代替了<a href="${itemPath(predecessor.id)}" dir="auto">${predecessor.title ?? `索引号 ${predecessor.indexNumber} 的文件`}</a>。</p>`
      : ''
  }`;

/** The usual fields of a catalogue record (domain.md §3), empty ones said to be so. */
const record = (view: View): Html => {
  const rows: (readonly [string, string | Html])[] = [
    ['索引号', view.indexNumber],
    ['主题分类', view.theme.replaceAll('/', ' / ')],
    ['发布机构', view.office],
    ['生成日期', view.generatedOn],
    ['名称', view.title],
    ['文号', view.documentNumber],
    ['公开日期', view.publishedOn],
    ['体裁', view.genre],
    ['公开方式', view.disclosure],
    ['公开范围', view.audience],
    ['效力状况', view.validityName],
    ['栏目', html`<a href="${columnPath(view.column.key)}">${view.column.name}</a>`],
    ['关键词', view.keywords.join('；')],
    ['公开时限', view.display.until === undefined ? '长期公开' : html`${view.display.why}`],
    ['内容概述', view.summary],
  ];
  const wide = new Set(['名称', '内容概述', '公开时限']);
  return html`<dl class="record">
${rows.map(
  ([name, value]) =>
    html`<div${wide.has(name) ? html` class="wide"` : ''}><dt>${name}</dt><dd dir="auto">${value === '' ? '（无）' : value}</dd></div>
`,
)}</dl>`;
};

const actions = (view: View): Html => html`${
  view.files.length === 0
    ? ''
    : html`<a class="button" href="${filePath(view.id, 0)}?download">下载 PDF<span class="hidden">（${fileLabel(0)}，${fileSize(view.files[0]?.size ?? 0)}）</span></a>
<a class="button plain" href="${filePath(view.id, 0)}">打开版式文件并打印</a>`
}
<button class="button plain" type="button" data-print hidden>打印本页</button>
<button class="button plain" type="button" data-read-aloud="text-0" hidden>朗读正文</button>`;

const documentText = (
  view: View,
  n: number,
  text: ReleasedText,
  recognised: readonly number[],
): Html => html`<section class="document" aria-labelledby="text-title-${n}">
<h2 id="text-title-${n}" tabindex="-1">${n === 0 ? '正文' : `附件 ${n}`}<span class="aside">（文字版，以版式文件为准）</span></h2>
${text.kind === 'text' ? readByMachine(view.files[n]?.pages ?? 0, recognised, text.overPictures) : ''}<div class="text" id="text-${n}" dir="auto">
${textBody(view, n, text)}</div></section>
`;

/** 文字识别: what a machine read is told apart from what somebody typed. */
const readByMachine = (
  pages: number,
  recognised: readonly number[],
  overPictures: readonly number[],
): Html | string => {
  const read = recognised.filter((page) => overPictures.includes(page));
  if (read.length === 0) return '';
  const which = read.length >= pages ? '' : `第 ${read.join('、')} 页的`;
  return html`<p class="notice">${which}文字由机器从扫描件中识别，可能有错，请以版式文件为准。</p>
`;
};

const textBody = (view: View, n: number, text: ReleasedText): Html => {
  const pdf = html`<a href="${filePath(view.id, n)}">版式文件（PDF）</a>`;
  switch (text.kind) {
    case 'no-text':
      return html`<p class="empty">这份文件是扫描件，没有文字版，请看${pdf}。需要文字版或其他帮助的，请与本机关联系（<a href="/about">联系方式</a>）。</p>`;
    case 'not-ready':
      return html`<p class="empty">文字版正在准备，请稍后刷新，或看${pdf}。</p>`;
    case 'text':
      return html`${text.paragraphs.map((one) =>
        one.kind === 'heading'
          ? html`<h3>${one.text}</h3>
`
          : html`<p>${one.text}</p>
`,
      )}${text.cut ? html`<p class="empty">文件较长，文字版到此为止，其余请看${pdf}。</p>` : ''}`;
  }
};

const originalSignatureWords = {
  intact: '原件带有电子签名，未被改动（未核对证书是否可信），原件由本机关保存',
  'added-to': '原件带有电子签名，签名后又添加过内容，原件由本机关保存',
  altered: '原件带有电子签名，但签名后被改动过，原件由本机关保存',
  unreadable: '原件带有电子签名，其类型在本系统无法核对，原件由本机关保存',
} as const;

/** 电子签名 of the files; a seal that is drawn on a page is none. */
const signed = ({ files }: View): Html => {
  const [one] = files;
  const signature = files.every((file) => file.signature) ? one?.signature : undefined;
  const words = signature
    ? html`文件内有电子签名：${signature.signer}（PAdES ${signature.level}），用 PDF 阅读器可以离线核对。`
    : html`文件未作电子签名；页面上的印章图形不是电子签章，请以核验码核对。`;
  const beside = files.filter((file) => file.detached !== undefined);
  return html`<p>${words}${beside.map(
    (file) =>
      html` <a href="${new URL(file.detached ?? '').pathname}">国密签名（SM2）${fileLabel(files.indexOf(file))}</a>`,
  )}</p>`;
};

/** The PDF in the page, where the browser shows one; the list of files says the same for everyone. */
const original = (
  view: View,
): Html => html`<section class="files" aria-labelledby="files"><h2 id="files">版式文件与附件</h2>
<ul class="file-list">
${view.files.map(
  (file, n) => html`<li><a href="${filePath(view.id, n)}">${n === 0 ? view.title : fileLabel(n)}</a>
<span class="facts">${file.archival?.standard ?? 'PDF'}，${file.pages} 页，${fileSize(file.size)}${file.archival?.because ? `；不是长期保存格式 PDF/A：${file.archival.because.join('；')}` : ''}${file.originalSignature ? `；${originalSignatureWords[file.originalSignature]}` : ''}</span>
<a href="${filePath(view.id, n)}?download">下载<span class="hidden">${fileLabel(n)}</span></a>${
    file.ofd === undefined
      ? ''
      : html`
<span class="facts">同一文件的 <a href="${ofdPath(view.id, n)}">OFD 版本<span class="hidden">（${fileLabel(n)}）</span></a>，${fileSize(file.ofd.size)}</span>`
  }</li>
`,
)}</ul>
<details class="viewer"><summary>在本页查看版式文件</summary>
<iframe src="${filePath(view.id, 0)}" title="${view.title}（PDF）" loading="lazy"></iframe></details></section>`;

const verification = (
  view: View,
): Html => html`<section class="verification" aria-labelledby="verification"><h2 id="verification">核验</h2>
<p>核验码 <a class="code" href="/verify/${view.verification.code}">${view.verification.code}</a>　用它可以查对手中的文件是否与本机关发布的一致。</p>
${signed(view)}</section>`;
