import { describe, expect, it } from 'vitest';
import { recognise } from './recognise.ts';

const page = (text: string) => [{ page: 1, width: 595, height: 842, text }];

describe('what can be read from the first page', () => {
  it('is title, 文号, date and a first summary of a notice', () => {
    const text = [
      '示例县人民政府办公室文件',
      '示政办发〔2026〕8号',
      '关于印发2026 年政务公开工作要点的通知',
      '各乡镇人民政府，县政府各部门：',
      '为深入贯彻党中央、国务院关于全面推进政务公开工作的决策部署，扎实做好全县政务公开工作，现将要点印发给你们。请结合实际认真贯彻落实，并于年底前报送工作情况。',
      '示例县人民政府办公室',
      '2026 年3月1日',
    ].join('\n');
    expect(recognise(page(text))).toMatchObject({
      title: '关于印发2026年政务公开工作要点的通知',
      documentNumber: '示政办发〔2026〕8号',
      generatedOn: '2026-03-01',
    });
    expect(recognise(page(text)).summary).toMatch(/^为深入贯彻/);
  });

  it.each([
    [
      ['三村镇人民政府关于做好', '2026年政务公开工作的通知'],
      '三村镇人民政府关于做好2026年政务公开工作的通知',
    ],
    [
      ['三村镇人民政府关于', '印发政务公开工作要点', '和任务分解表的通知'],
      '三村镇人民政府关于印发政务公开工作要点和任务分解表的通知',
    ],
    // What is no part of it stands before it.
    [['三村镇人民政府文件', '政务公开工作的通知'], '政务公开工作的通知'],
    [['关于甲事的公告', '关于乙事的通知'], '关于甲事的公告'],
  ])('the title over lines %j', (lines, title) => {
    expect(recognise(page(['三政发〔2026〕8号', ...lines, '各村民委员会：'].join('\n'))).title).toBe(title);
  });

  it.each([
    ['二〇一〇年五月十八日', '2010-05-18'],
    ['二0一二年十一月十五日', '2012-11-15'],
    ['2017年5月15日', '2017-05-15'],
    ['二〇一一年十月二十日', '2011-10-20'],
  ])('the date of %s', (written, date) => {
    expect(recognise(page(`某某工作总结\n正文\n${written}`)).generatedOn).toBe(date);
  });

  it.each(['2026年2月30日', '十一月月十五日', '5月15日', '1812年1月1日'])('no date of %s', (written) => {
    expect(recognise(page(`某某工作总结\n正文\n${written}`)).generatedOn).toBeUndefined();
  });

  it.each(['政办发[2026]8号', '政办发（2026）第8号', '政办发【2026】8号', '政办发〔2026〕08 号'])(
    'the 文号 %s in its standard form',
    (typed) => {
      expect(recognise(page(`${typed}\n关于某事的通知`)).documentNumber).toBe('政办发〔2026〕8号');
    },
  );

  it('the last date is the one of the document, not one that it speaks of', () => {
    expect(recognise(page('工作总结\n2012年5月15日，我乡开展活动。\n2012年5月18日')).generatedOn).toBe(
      '2012-05-18',
    );
  });

  it('nothing from an empty page', () => {
    expect(recognise(page(''))).toEqual({});
    expect(recognise([])).toEqual({});
  });
});
