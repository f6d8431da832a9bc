import { highlight, phrasesOf, pieces, snippet } from '@gongkai/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexText, matchExpression } from './bigrams.ts';

describe('bigrams', () => {
  it.each([
    ['预算', '预算 算'],
    ['预算编制2026', '预算 算编 编制 制 2026'],
    ['政办发〔2026〕8号', '政办 办发 发 2026 8 号'],
    ['ＧＢ／Ｔ ９７０４', 'gb t 9704'],
    ['财\n政、资金', '财政 政 资金 金'],
    ['①㎡ ﬁle', '1m2 file'],
    ['cafe\u0301 CAFÉ', 'café café'],
    ['', ''],
    ['《》——', ''],
  ])('cuts %j for the index', (text, tokens) => {
    expect(indexText(text)).toBe(tokens);
  });

  it.each([
    ['预算', '"预算"'],
    ['算', '"算" *'],
    ['预算 编制', '"预算" AND "编制"'],
    ['政办发[2026]8号', '"政办 办发 发 2026 8 号" *'],
    ['PDF"', '"pdf"'],
    ['预算 预算 预算', '"预算"'],
  ])('asks for %j', (words, expression) => {
    expect(matchExpression(phrasesOf(words))).toBe(expression);
  });

  it('keeps queries small', () => {
    expect(phrasesOf('预'.repeat(10_000)).flat().length).toBeLessThanOrEqual(200);
    expect(phrasesOf(Array.from({ length: 99 }, (_, n) => `w${n}`).join(' ')).length).toBe(12);
  });

  it('cuts any text into pieces that point back to where they came from, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let end = 0;
        for (const piece of pieces(text)) {
          expect(piece.start).toBeLessThan(piece.end);
          expect(piece.end).toBeGreaterThanOrEqual(end);
          expect(piece.end).toBeLessThanOrEqual(text.length);
          end = piece.end;
        }
      }),
    );
  });
});

describe('highlights', () => {
  const anyText = fc.string({
    unit: fc.constantFrom('预', '算', '编', '2', '6', 'a', '〔', ' ', '\n', '𠮷', '１'),
  });

  it('lose no character of the text', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, words) => {
        const cut = highlight(text, phrasesOf(words));
        expect(cut.map((part) => part.text).join('')).toBe(text);
      }),
    );
  });

  it('find a hit deep in a long text, and cut no character in half', () => {
    const text = `${'𠮷。'.repeat(20_000)}目标${'𠮷。'.repeat(20_000)}`;
    const cut = snippet(text, phrasesOf('目标'));
    expect(cut.filter(({ hit }) => hit)).toEqual([{ text: '目标', hit: true }]);
    for (const part of cut) expect(part.text.isWellFormed()).toBe(true);
  });

  it('find a hit wherever it lies, also across the borders of the windows', () => {
    for (let before = 500; before < 2_300; before += 37) {
      const cut = snippet(`${'文'.repeat(before)}目标一二三四五`, phrasesOf('目标一二三四五'));
      expect(cut.some(({ hit }) => hit)).toBe(true);
    }
  });

  it('join what overlaps', () => {
    expect(highlight('预算编制', phrasesOf('预算编 算编制'))).toEqual([{ text: '预算编制', hit: true }]);
  });
});
