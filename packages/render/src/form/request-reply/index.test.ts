import { type ReplyOutcome, sentence } from '@gongkai/core';
import { describe, expect, it } from 'vitest';
import { withPdf } from '../../pdfium/index.ts';
import { composeForm, type FormData } from '../index.ts';

type Reply = FormData['request-reply'];
const createdAt = new Date('2026-03-09T08:00:00+08:00');
const reply: Reply = {
  office: '三村镇人民政府',
  number: '三政公开告〔2026〕3号',
  applicant: '李小明',
  register: '2026-0007',
  receivedOn: '2026-02-10',
  asked: '2025年度低保对象名单及家庭住址。',
  outcome: 'withheld',
  ground: 'privacy',
  reason: '第三方不同意公开',
  access: '三村镇政务服务大厅1号窗口，工作日9时至17时',
  items: ['信息的名称、文号', '获取方式；'],
  correctBy: '2026-03-20',
  reviewBody: '县人民政府',
  court: '县人民法院',
  date: '2026-03-09',
};
const text = async (data: Reply): Promise<string> => {
  const made = composeForm('request-reply', data, createdAt);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const read = await withPdf(made.value, (pdf) =>
    Array.from(
      { length: pdf.pages },
      (_, i) => pdf.withPage(i + 1, (page) => page.characters()) ?? [],
    ).flat(),
  );
  if (!read.ok) throw new Error(read.error.code);
  return read.value
    .map(({ text }) => text)
    .join('')
    .replace(/\s/g, '');
};

describe('a reply to a request', () => {
  const said: Readonly<Record<ReplyOutcome, string>> = {
    'already-public': '已经主动公开。根据《中华人民共和国政府信息公开条例》第三十六条第一项',
    disclosed: '可以公开。根据《中华人民共和国政府信息公开条例》第三十六条第二项',
    partial: '能够作区分处理。根据《中华人民共和国政府信息公开条例》第三十七条',
    withheld: '第十五条、第三十六条第三项的规定，本机关决定不予公开。理由：第三方不同意公开。',
    nonexistent: '第三十六条第四项的规定，告知您该政府信息不存在。',
    'not-ours': '不属于本机关负责公开。根据《中华人民共和国政府信息公开条例》第三十六条第五项',
    repeated: '第三十六条第六项的规定，不予重复处理。',
    'special-rules': '第三十六条第七项的规定，请您依照有关法律、行政法规的规定办理',
    petition: '第三十九条第一款的规定，不作为政府信息公开申请处理',
    correction: '第三十条的规定，请您于2026年3月20日前补正以下事项：1.信息的名称、文号；2.获取方式。',
  };
  it.each(Object.entries(said))('says %s with its clause', async (outcome, words) => {
    expect(await text({ ...reply, outcome: outcome as ReplyOutcome })).toContain(words);
  });

  it('names the ground of what is withheld in part, and gives the rest', async () => {
    const shown = await text({ ...reply, outcome: 'partial', ground: 'process' });
    expect(shown).toContain('本机关向您提供可以公开的内容');
    expect(shown).toContain(
      '属于行政机关在履行行政管理职能过程中形成的过程性信息。根据《中华人民共和国政府信息公开条例》第十六条第二款',
    );
  });

  it('shows the way to reconsideration first where something is withheld, else also to court; a correction none', async () => {
    expect(await text(reply)).toContain(
      '60日内向县人民政府申请行政复议；对行政复议决定不服的，可以依法向县人民法院提起行政诉讼',
    );
    expect(await text({ ...reply, outcome: 'nonexistent' })).toContain(
      '申请行政复议，也可以自收到本告知书之日起六个月内向县人民法院',
    );
    expect(await text({ ...reply, outcome: 'correction' })).not.toContain('行政复议');
  });

  it('speaks to an organisation as one', async () => {
    const shown = await text({ ...reply, organisation: true, applicant: '甲公司' });
    expect(shown).toContain('贵单位申请公开的信息');
    expect(shown).not.toContain('您');
  });

  it.each([
    ['withheld', 'ground', '不予公开的依据'],
    ['withheld', 'reason', '理由'],
    ['partial', 'access', '获取的方式、途径和时间'],
    ['not-ours', 'reason', '理由'],
    ['correction', 'items', '需要补正的事项'],
  ] as const)('%s is refused without %s', (outcome, key, fieldZh) => {
    const made = composeForm('request-reply', { ...reply, outcome, [key]: undefined }, createdAt);
    expect(made).toMatchObject({ ok: false, error: { code: 'form-field', details: { key, fieldZh } } });
    expect(made.ok ? '' : sentence(made.error).zh).toContain('这种情形必须填写');
  });
});
