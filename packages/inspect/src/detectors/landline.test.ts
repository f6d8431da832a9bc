import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { landline } from './landline.ts';

describe('landline', () => {
  it.each([
    ['镇政府举报电话号码为2976300', ['2976300']],
    ['联系电话：010-66012345', ['010-66012345']],
    ['(0414) 4822345', ['(0414) 4822345']],
    ['住宅电话 0414-4822345', ['0414-4822345 medium']],
  ])('finds %s', (text, expected) => {
    expect(detected(landline, text)).toEqual(expected);
  });

  it.each(['发放资金2976300元', '2013-05-15', '12976300', '文号 20130515'])('leaves %s alone', (text) => {
    expect(detected(landline, text)).toEqual([]);
  });
});
