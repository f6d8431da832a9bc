import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { officerCard } from './officer-card.ts';

describe('officer-card', () => {
  it.each([
    ['军官证：军字第1234567号', ['军字第1234567号']],
    ['军 字 第 1 2 3 4 5 6 7 号', ['军 字 第 1 2 3 4 5 6 7 号']],
    ['武字第0123456号', ['武字第0123456号']],
    ['军官证 南字第１２３４５６７号', ['南字第1234567号']],
    ['警官证号码：012345', ['警官证号码:012345']],
    ['士兵证\n士字第1234\n567号', ['士字第1234|567号']],
  ])('finds %s', (text, expected) => {
    expect(detected(officerCard, text)).toEqual(expected);
  });

  it.each(['本政办文字第12号', '军字第12号', '执法证第123456号', '军官证、士兵证持有人免票'])(
    'leaves %s alone',
    (text) => {
      expect(detected(officerCard, text)).toEqual([]);
    },
  );
});
