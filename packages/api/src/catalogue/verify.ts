import { type PublicItem, publicItemByCode, publicItemsByHash, type ReleaseSignature } from '@gongkai/core';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { type Html, missingJson, sendJson, sendPage } from './page.ts';
import { type Tombstone, tombstoneOf, type View, viewOf } from './public-view.ts';
import { fileLabel, itemPath, type Site } from './site.ts';
import { tombstoneFacts } from './tombstone.ts';
import { fileSize, localMinute } from './words.ts';

/** 发布记录: what was published under a code, and what has become of it. Hashes are no content: they stay. */
export type Proof = {
  readonly code: string;
  readonly state: 'published' | Tombstone['state'];
  readonly publishedAt: string;
  readonly files: readonly {
    readonly sha256: string;
    readonly pages: number;
    readonly size: number;
    readonly signature?: ReleaseSignature | undefined;
    readonly ofd?: { readonly sha256: string; readonly size: number };
  }[];
  readonly view?: View;
  readonly tombstone?: Tombstone;
};

const proofOf = async (site: Site, { item, visibility }: PublicItem): Promise<Proof> => {
  const gone = visibility === 'gone' ? await tombstoneOf(site, item) : undefined;
  return {
    code: item.numbers?.code ?? '',
    state: gone?.state ?? 'published',
    publishedAt: item.publishedAt ?? item.since,
    files: (item.release?.files ?? [])
      .filter(({ sha256 }, n) => item.pass?.files[n] === sha256)
      .map(({ sha256, pages, size, signature, ofd }) => ({
        sha256,
        pages,
        size,
        ...(signature ? { signature } : {}),
        ...(ofd && item.pass?.ofds?.includes(ofd.sha256)
          ? { ofd: { sha256: ofd.sha256, size: ofd.size } }
          : {}),
      })),
    ...(gone ? { tombstone: gone } : { view: viewOf(site, item) }),
  };
};

const publicProof = ({ code, state, publishedAt, files, view, tombstone }: Proof) => ({
  code,
  state,
  publishedAt,
  ...(view
    ? {
        id: view.id,
        url: view.url,
        title: view.title,
        indexNumber: view.indexNumber,
        publishedOn: view.publishedOn,
      }
    : { tombstone }),
  files,
});

const hashIn = (typed: string | undefined): string | undefined =>
  /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/.exec(typed?.toLowerCase() ?? '')?.[0];

/** /verify: by code, by hash, or by a file that never leaves the reader's machine. */
export const verifyForm = (site: Site) => async (c: Context) => {
  const typed = (c.req.query('code') ?? '').trim().slice(0, 200);
  const hash = hashIn(c.req.query('hash')) ?? hashIn(typed);
  if (hash) return c.redirect(`/verify/hash/${hash}`, 303);
  if (typed !== '') return c.redirect(`/verify/${encodeURIComponent(typed)}`, 303);
  const misread = (c.req.query('hash') ?? '').trim() !== '';
  return sendPage(c, site, {
    title: '文件核验',
    canonical: '/verify',
    crumbs: [{ name: '文件核验' }],
    hashScript: true,
    body: html`<h1>文件核验</h1>
<p class="lead">查对手中的文件是否由${site.office.policy.office.name}发布、内容是否一致、现在是否仍然公开。</p>
<form action="/verify" class="stack"><h2>凭核验码</h2>
<label for="code">核验码（印在文件页边，16 位）</label><input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="64" class="code">
<button>查询</button></form>
<form action="/verify" class="stack" data-hash-form>${fileBox('凭文件')}
${hashField(misread)}
<button>查询</button></form>`,
  });
};

const fileBox = (heading: string): Html => html`<h2>${heading}</h2>
<div class="drop" data-drop hidden><label for="file">选择文件，或把文件拖到这里</label><input id="file" type="file" data-file>
<p class="hint">文件不会上传：校验值在您的设备上计算。</p></div>
<p role="status" data-result></p>`;

const hashField = (misread: boolean): Html => html`<label for="hash">文件的 SHA-256 校验值</label>
<p class="hint" id="hash-hint">Windows：<code>certutil -hashfile 文件名 SHA256</code><br>Linux：<code>sha256sum 文件名</code><br>macOS：<code>shasum -a 256 文件名</code></p>
${misread ? html`<p class="error" id="hash-error">这不是 SHA-256 校验值：应为 64 个十六进制数字（0–9、a–f）。请重新粘贴。</p>` : ''}
<input id="hash" name="hash" autocomplete="off" spellcheck="false" maxlength="200" class="code" aria-describedby="hash-hint${misread ? ' hash-error' : ''}"${misread ? html` aria-invalid="true"` : ''}>`;

/** /verify/:code; with `?hash=` (no script) it compares as well. */
export const verifyCode = (site: Site) => async (c: Context) => {
  const found = await publicItemByCode(site.office, c.req.param('code') ?? '');
  if (!found)
    return sendUnknown(
      c,
      site,
      '没有这个核验码',
      '没有查到这个核验码对应的公开文件。请核对 16 位核验码（没有字母 I、L、O、U）。如果文件上印有本机关的名称，请与本机关联系。',
    );
  const proof = await proofOf(site, found);
  const typed = c.req.query('hash');
  const hash = hashIn(typed);
  return sendPage(c, site, {
    title: '核验结果',
    unlisted: true,
    crumbs: [{ name: '文件核验', path: '/verify' }, { name: '核验结果' }],
    json: `/verify/${proof.code}.json`,
    hashScript: true,
    body: html`<h1>核验结果</h1>
${hash === undefined ? '' : comparison(proof, hash)}
${summary(proof)}
${hashes(proof)}
<form action="/verify/${proof.code}" class="stack" data-hash-form data-hashes="${proof.files.flatMap(({ sha256, ofd }) => [sha256, ...(ofd ? [ofd.sha256] : [])]).join(' ')}">
${fileBox('与手中的文件比对')}${hashField(hash === undefined && (typed ?? '').trim() !== '')}
<button>比对</button></form>
<p class="hint">文件内的电子签名也可以不联网核对：用 PDF 阅读器打开，或运行 <code>npx gongkai verify 文件名 --alone</code>。</p>`,
  });
};

const comparison = (proof: Proof, hash: string): Html => {
  const n = proof.files.findIndex(({ sha256, ofd }) => sha256 === hash || ofd?.sha256 === hash);
  return n >= 0
    ? html`<p class="verdict good" role="status"><strong>一致。</strong>这就是发布的${fileLabel(n)}${proof.files[n]?.ofd?.sha256 === hash ? '的 OFD 版本' : ''}，一个字节也没有改动。${proof.state === 'published' ? '' : '但它现在已经不再公开，见下。'}</p>`
    : html`<p class="verdict bad" role="status"><strong>不一致。</strong>手中的文件与这个核验码下发布的文件不同，可能被改动过，或是另存、重新打印过的。</p>`;
};

const summary = ({ view, tombstone, publishedAt, code }: Proof): Html =>
  view
    ? html`<p class="verdict good"><strong>正在公开。</strong>这份文件由本机关发布，现在仍在公开。</p>
<dl class="record"><div class="wide"><dt>名称</dt><dd><a href="${itemPath(view.id)}" dir="auto">${view.title}</a></dd></div>
<div><dt>索引号</dt><dd>${view.indexNumber}</dd></div><div><dt>核验码</dt><dd class="code">${code}</dd></div>
<div><dt>发布时间</dt><dd>${localMinute(publishedAt)}</dd></div><div><dt>效力状况</dt><dd>${view.validityName}</dd></div>
<div class="wide"><dt>公开时限</dt><dd>${view.display.why}</dd></div></dl>`
    : tombstone
      ? html`<p class="verdict bad"><strong>曾经公开，现已停止。</strong></p>${tombstoneFacts(tombstone)}`
      : html``;

const hashes = ({
  files,
}: Proof): Html => html`<h2>发布的文件</h2><div class="scroll" tabindex="0" role="region" aria-label="发布的文件"><table>
<thead><tr><th scope="col">文件</th><th scope="col">页数</th><th scope="col">大小</th><th scope="col">SHA-256 校验值</th><th scope="col">电子签名</th></tr></thead><tbody>
${files.map(
  (
    { sha256, pages, size, signature, ofd },
    n,
  ) => html`<tr><th scope="row">${fileLabel(n)}</th><td>${pages}</td><td>${fileSize(size)}</td><td class="code">${sha256}</td><td>${signature ? `${signature.signer}，PAdES ${signature.level}` : '未作电子签名'}</td></tr>${
    ofd === undefined
      ? ''
      : html`
<tr><th scope="row">${fileLabel(n)}（OFD）</th><td>${pages}</td><td>${fileSize(ofd.size)}</td><td class="code">${ofd.sha256}</td><td>未作电子签名</td></tr>`
  }
`,
)}</tbody></table></div>`;

/** /verify/hash/:sha256 */
export const verifyHash = (site: Site) => async (c: Context) => {
  const sha256 = (c.req.param('sha256') ?? '').toLowerCase();
  const found = await publicItemsByHash(site.office, sha256);
  if (found.length === 0)
    return sendUnknown(
      c,
      site,
      '没有发布过这个文件',
      '本机关没有发布过内容与它完全相同的文件。另存、截取、重新打印或改动过的文件，校验值都会不同；请用从本站下载的文件再试，或改用核验码查询。',
    );
  const proofs = await Promise.all(found.map((one) => proofOf(site, one)));
  return sendPage(c, site, {
    title: '核验结果',
    unlisted: true,
    crumbs: [{ name: '文件核验', path: '/verify' }, { name: '核验结果' }],
    json: `/verify/hash/${sha256}.json`,
    body: html`<h1>核验结果</h1>
<p class="verdict good"><strong>一致。</strong>这个文件由本机关发布过，一个字节也没有改动。</p>
<p>SHA-256 <span class="code">${sha256}</span></p>
${proofs.map(summary)}`,
  });
};

const sendUnknown = (c: Context, site: Site, title: string, sentence: string) =>
  sendPage(c, site, {
    title,
    status: 404,
    unlisted: true,
    crumbs: [{ name: '文件核验', path: '/verify' }, { name: title }],
    body: html`<h1>${title}</h1><p class="verdict bad">${sentence}</p><p><a href="/verify">重新核验</a></p>`,
  });

export const verifyCodeJson = (site: Site) => async (c: Context) => {
  const found = await publicItemByCode(site.office, (c.req.param('file') ?? '').replace(/\.json$/, ''));
  return found ? sendJson(c, publicProof(await proofOf(site, found))) : missingJson(c);
};

export const verifyHashJson = (site: Site) => async (c: Context) => {
  const found = await publicItemsByHash(
    site.office,
    (c.req.param('file') ?? '').replace(/\.json$/, '').toLowerCase(),
  );
  if (found.length === 0) return missingJson(c);
  const proofs = await Promise.all(found.map((one) => proofOf(site, one)));
  return sendJson(c, { items: proofs.map(publicProof) });
};
