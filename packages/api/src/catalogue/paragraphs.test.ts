import { describe, expect, it } from 'vitest';
import { paragraphsOf } from './paragraphs.ts';

const page = (text: string, number = 1) => ({ page: number, width: 595, height: 842, text });
const texts = (...pages: string[]) =>
  paragraphsOf(
    pages.map((text, at) => page(text, at + 1)),
    stamp,
  ).map(({ text }) => text);

const stamp = {
  tokens: ['000000019/2026-00001', 'ABCD1234EFGH5678', 'https://gongkai.example/verify/ABCD1234EFGH5678'],
  others: ['三村镇人民政府'],
};

/** 28 Hanzi fill a line of an office document. */
const full = '为进一步规范和推动政务公开工作完善民主管理制度促进本单位民主';

describe('paragraphs of a release', () => {
  it('joins lines that fill the page and keeps short ones apart', () => {
    expect(texts(`关于公开的通知\r\n各村：\r\n${full}\r\n${full}\r\n建设。\r\n特此通知。`)).toEqual([
      '关于公开的通知',
      '各村：',
      `${full}${full}建设。`,
      '特此通知。',
    ]);
  });

  it('goes on over the end of a page, without its number', () => {
    expect(texts(`${full}\n${full}\n— 1 —`, `- 2 -\n建设。\n第 2 页 共 2 页`)).toEqual([
      `${full}${full}建设。`,
    ]);
  });

  it('begins anew where a line opens an article or a list', () => {
    expect(texts(`${full}\n${full}\n一、范围\n${full}\n（一）村务\n1.财务`)).toEqual([
      `${full}${full}`,
      '一、范围',
      full,
      '（一）村务',
      '1.财务',
    ]);
  });

  it('tells headings', () => {
    expect(paragraphsOf([page('一、范围\n第三条 本办法自发布之日起施行，有效期五年。')])).toEqual([
      { kind: 'heading', text: '一、范围' },
      { kind: 'paragraph', text: '第三条 本办法自发布之日起施行，有效期五年。' },
    ]);
  });

  it('drops the lines of the stamp and keeps the closing lines of the document', () => {
    expect(
      texts(
        [
          '特此通知。',
          '三村镇人民政府',
          '2026年2月10日',
          '索引号 000000019/2026-00001 发布机构 三村镇人民政府 公开日期 2026-02-10 有效期至 2026-03-10',
          '扫码或访问 https://gongkai.example/verify/ABCD1234EFGH5678 核验本件 核验码 ABCD1234EFGH5678第 1 页 共 1 页',
        ].join('\n'),
      ),
    ).toEqual(['特此通知。', '三村镇人民政府', '2026年2月10日']);
  });

  it('keeps a sentence that speaks of an 索引号', () => {
    expect(texts('索引号 000000019/2026-00001 的文件自今日起废止。')).toEqual([
      '索引号 000000019/2026-00001 的文件自今日起废止。',
    ]);
  });

  it('puts a space between words of letters only', () => {
    const line = 'The quick brown fox jumps over the lazy dog and runs';
    expect(texts(`${line}\n${line}`)).toEqual([`${line} ${line}`]);
  });

  it('has nothing to say about a page without text', () => {
    expect(texts('', ' \n ')).toEqual([]);
  });
});
