import type { Context } from 'hono';
import { html } from 'hono/html';
import { sendPage } from './page.ts';
import { type Site, siteName } from './site.ts';

export const about = (site: Site) => async (c: Context) => {
  const { office, basis } = site.office.policy;
  const contact = [
    ['地址', office.address],
    ['办公时间', office.hours],
    ['电话', office.phone],
    ['电子邮箱', office.email],
  ].filter(([, value]) => value !== '');
  return sendPage(c, site, {
    title: '关于本站',
    canonical: '/about',
    crumbs: [{ name: '关于本站' }],
    body: html`<h1>关于本站</h1>
<div class="text">
<p>这里是${office.name}的${siteName}平台，依据${basis}，集中公开本机关制作和保存的政府信息。</p>
<h2>公开的文件是怎样来的</h2>
<p>每份文件公开前都经过自审、初审和复核，由不同的人作出决定；发布的就是审过的那一份，一个字节也不改动。涉及个人隐私的内容已经遮盖。</p>
<h2>公开多久</h2>
<p>每份文件写明公开时限和理由。限期公示的文件到期即停止展示；因故撤回的，在<a href="/withdrawn">撤回公告</a>中说明。</p>
<h2>怎样查对文件</h2>
<p>每份文件印有索引号和核验码，可在<a href="/verify">文件核验</a>查对真伪和现状。</p>
<h2>怎样用本站</h2>
<p>页面上方可以打开适老模式（大字）和高对比度。全部内容用键盘可以操作，不需要运行脚本；每份文件都有文字版，可以用读屏软件阅读。新公开的内容可以用 <a href="/feed.atom">Atom 订阅</a>；每个页面的地址后加 <code>.json</code> 可得到供程序读取的同样内容。</p>
<h2>联系方式</h2>
${
  contact.length === 0
    ? html`<p>本机关的地址、电话和办公时间见<a href="/section/guide">政府信息公开指南</a>。</p>`
    : html`<dl class="record">${contact.map(([name, value]) => html`<div class="wide"><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}
<p>需要的信息没有公开的，可以依照《中华人民共和国政府信息公开条例》第二十九条向本机关提出申请。</p>
</div>`,
  });
};
