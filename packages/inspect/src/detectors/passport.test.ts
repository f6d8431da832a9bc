import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { passport } from './passport.ts';

describe('passport', () => {
  it.each([
    ['护照号码：E12345678', ['E12345678']],
    ['护照 EA1234567', ['EA1234567']],
    ['港澳居民来往内地通行证H12345678', ['H12345678']],
  ])('finds %s', (text, expected) => {
    expect(detected(passport, text)).toEqual(expected);
  });

  it.each(['产品编号 E12345678', '护照 E1234****', '护照工本费120元'])('leaves %s alone', (text) => {
    expect(detected(passport, text)).toEqual([]);
  });
});
