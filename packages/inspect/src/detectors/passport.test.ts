import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { passport } from './passport.ts';

describe('passport', () => {
  it.each([
    ['护照号码：E12345678', ['E12345678']],
    ['护照 EA1234567', ['EA1234567']],
    ['护照 E 1234 5678', ['E 1234 5678']],
    ['护照号Ｅ１２３４\n５６７８', ['E1234|5678']],
    ['护照：E1234\u200b5678', ['E12345678']],
    ['姓名 国籍 护照号码\n王某 中国 E12345678\n李某 中国 E12345679', ['E12345678', 'E12345679']],
  ])('finds %s', (text, expected) => {
    expect(detected(passport, text)).toEqual(expected);
  });

  it.each([
    '产品编号 E12345678',
    '凭护照领取，每人限领一件，领取时间为工作日上午九时至十一时三十分。\n产品 E12345678',
    '护照 E1234****',
    '护照工本费120元',
  ])('leaves %s alone', (text) => {
    expect(detected(passport, text)).toEqual([]);
  });
});
