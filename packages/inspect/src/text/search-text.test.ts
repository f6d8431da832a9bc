import { describe, expect, it } from 'vitest';
import { normalise, normaliseCharacters } from './normalised-text.ts';
import { inspectText } from './search-text.ts';

describe('normalised text', () => {
  it('keeps the way back to every source character', () => {
    const { text, sourceIndex } = normaliseCharacters(['①', '\u200b', '不', 'ﬁ', ' ', '\r', '\n', '２']);
    expect(text).toBe('1不fi\n2');
    expect([...sourceIndex]).toEqual([0, 2, 3, 3, 5, 7]);
  });

  it('reads compatibility forms and radicals as the characters they stand for', () => {
    expect(normalise('\uf967\uf98e⺠⽇　Ａ').text).toBe('不年民日 A');
  });
});

describe('inspectText', () => {
  it('names the part and the words', () => {
    expect(inspectText('张三 13812345678', 'title')).toMatchObject([
      { rule: 'mobile', part: 'title', text: '13812345678', boxes: [], removedByRender: false },
    ]);
  });

  it('gives two equal numbers two ids and equal texts equal ids', () => {
    const ids = inspectText('13812345678、13812345678').map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(inspectText('13812345678、13812345678').map(({ id }) => id)).toEqual(ids);
  });

  it('makes one finding of all talk about secrets', () => {
    expect(
      inspectText('保守国家秘密。工作秘密。涉及国家秘密').filter(({ rule }) => rule === 'secrecy-prose'),
    ).toHaveLength(1);
  });

  it('stays linear on long hostile text', () => {
    const started = performance.now();
    for (const piece of [
      '1 ',
      '王',
      '李小区路',
      'a@a.',
      '机 密 ',
      '(',
      '京A1 ',
      '6222 ',
      '王小丽,女,',
      '姓名 电话\n',
      '1号',
      '申请人',
      '工资1',
      '出生1990年',
      '患',
      '(2023)本民',
      '微信a',
      '1 张三 13812345678\n',
    ])
      inspectText(piece.repeat(20_000));
    // Each of these characters may be a name and a level of an address: once this took for ever.
    inspectText(`申请人王小丽号${'路'.repeat(400)}`);
    // Linear takes some seconds beside other tests; what is not, takes for ever.
    expect(performance.now() - started).toBeLessThan(60_000);
  }, 90_000);
});
