import { describe, expect, it } from 'vitest';
import { caseNumber } from './case-number.ts';
import { detected } from './detect.ts';

describe('case-number', () => {
  it.each([
    ['（2023）辽0521刑初123号', ['(2023)辽0521刑初123号']],
    ['(2012)本民一初字第00123号', ['(2012)本民一初字第00123号']],
    ['（２０２３）辽05行终１２号', ['(2023)辽05行终12号']],
    ['（2023）辽0521民初1\n23号', ['(2023)辽0521民初1|23号']],
    ['本公（刑）立字〔2023〕123号', ['本公(刑)立字〔2023〕123号']],
    ['溪公（治）行罚决字〔2023〕第15号', ['溪公(治)行罚决字〔2023〕第15号 low']],
  ])('finds %s', (text, expected) => {
    expect(detected(caseNumber, text)).toEqual(expected);
  });

  it.each([
    '本政发〔2013〕8号',
    '国办发〔2016〕8号',
    '（2013年）第8号',
    '民政局〔2013〕8号',
    '（2023）第123号',
  ])('leaves %s alone', (text) => {
    expect(detected(caseNumber, text)).toEqual([]);
  });
});
