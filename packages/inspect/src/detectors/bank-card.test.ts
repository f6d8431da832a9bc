import { describe, expect, it } from 'vitest';
import { bankCard } from './bank-card.ts';
import { detected } from './detect.ts';

// Made up, with right Luhn digits.
const card = '6222021234567890128';
const visa = '4111111111111111';

describe('bank-card', () => {
  it.each([
    [card, [card]],
    ['6222 0212 3456 7890 128', ['6222 0212 3456 7890 128']],
    [visa, [visa]],
    ['卡号：6222021234567890129', ['6222021234567890129 medium']],
  ])('finds %s', (text, expected) => {
    expect(detected(bankCard, text)).toEqual(expected);
  });

  it.each(['6222021234567890129', '6222****90128', '1234567890123456', `9${card}1`])(
    'leaves %s alone',
    (text) => {
      expect(detected(bankCard, text)).toEqual([]);
    },
  );
});
