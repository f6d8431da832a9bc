import { expect, it } from 'vitest';
import { withOfficeWords } from '../text/office-words.ts';
import { detected } from './detect.ts';
import { officeWord } from './office-word.ts';

const words = {
  version: 3,
  words: [
    { word: '青山工程', severity: 'high' as const },
    { word: 'ProjectX', severity: 'medium' as const },
    { word: 'C++(甲)', severity: 'low' as const },
  ],
};

it.each([
  ['关于青山工程选址', ['青山工程']],
  ['青 山\n工 程', ['青 山|工 程']],
  ['青\u200b山工程、ｐｒｏｊｅｃｔ　Ｘ', ['青山工程', 'project X medium']],
  ['c++（甲）', ['c++(甲) low']],
  ['青山，工程', []],
  ['C加加甲', []],
])('finds the words of the office, as they are and not as patterns: %s', async (text, expected) => {
  expect(await withOfficeWords(words, async () => detected(officeWord, text))).toEqual(expected);
});

it('knows no words outside of a job that brought them', () => {
  expect(detected(officeWord, '青山工程')).toEqual([]);
});
