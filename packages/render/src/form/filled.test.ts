import { describe, expect, it } from 'vitest';
import { type Character, withPdf } from '../pdfium/index.ts';
import { composeForm, type FormData } from './index.ts';

const createdAt = new Date('2026-04-01T08:00:00+08:00');
const pagesOf = async (name: keyof FormData, data: unknown): Promise<Character[][]> => {
  const made = composeForm(name, data, createdAt);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const read = await withPdf(made.value, (pdf) =>
    Array.from({ length: pdf.pages }, (_, i) => pdf.withPage(i + 1, (page) => page.characters()) ?? []),
  );
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
};
const textOf = (letters: readonly Character[]): string =>
  letters
    .map(({ text }) => text)
    .join('')
    .replace(/\s/g, '');

describe('the receipt of a request', () => {
  const receipt: FormData['request-receipt'] = {
    office: '三村镇人民政府',
    register: '2026-0007',
    applicant: '李小明',
    channel: 'post',
    receivedOn: '2026-02-10',
    asked: '2025年度低保对象名单',
    replyBy: '2026-03-16',
    handler: '王芳',
    date: '2026-02-10',
  };
  it('fits on half a sheet and says when it was received and by when it is answered', async () => {
    const pages = await pagesOf('request-receipt', { ...receipt, asked: '低保对象名单，'.repeat(40) });
    expect(pages).toHaveLength(1);
    const shown = textOf(pages[0] ?? []);
    for (const words of [
      '登记号：2026-0007',
      '提交方式邮寄',
      '收到申请日期2026年2月10日',
      '答复期限2026年3月16日前',
      '第三十三条',
    ])
      expect(shown).toContain(words);
  });
});

describe('the monthly list', () => {
  const item = {
    indexNumber: '11441700007280420Y/2026-00050',
    title: '村级财务收支情况公示',
    documentNumber: '三政发〔2026〕8号',
    summary: '公布第一季度财务收支。',
    generatedOn: '2026-03-02',
    publishedOn: '2026-03-06',
  };
  const list: FormData['monthly-list'] = {
    office: '三村镇人民政府',
    month: '2026-03',
    items: [],
    date: '2026-04-01',
  };

  it('repeats the head of its table, counts, and keeps every index number within its column', async () => {
    const pages = await pagesOf('monthly-list', { ...list, items: Array.from({ length: 60 }, () => item) });
    expect(pages.length).toBeGreaterThan(2);
    for (const [i, page] of pages.entries()) {
      expect(textOf(page)).toContain('序号索引号名称内容概述生成日期公开日期');
      expect(textOf(page)).toContain(`第${i + 1}页，共${pages.length}页`);
    }
    expect(textOf(pages.at(-1) ?? [])).toContain('合计：2026年3月主动公开政府信息60条。');
    const [first = []] = pages;
    const at = textOf(first).indexOf('11441700007280420Y');
    const shown = first.filter(({ text }) => text.trim() !== '');
    const index = shown.slice(at, at + item.indexNumber.length);
    const title = shown[at + item.indexNumber.length];
    expect(Math.max(...index.map(({ box }) => box.right))).toBeLessThan(title?.box.left ?? 0);
  });

  it('says so when there was nothing', async () => {
    expect(textOf((await pagesOf('monthly-list', list)).flat())).toContain('本月没有主动公开的政府信息');
  });
});
