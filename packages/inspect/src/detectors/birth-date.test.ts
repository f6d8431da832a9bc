import { describe, expect, it } from 'vitest';
import { birthDate } from './birth-date.ts';
import { detected } from './detect.ts';

describe('birth-date', () => {
  it.each([
    ['出生日期：1990年3月7日', ['出生日期:1990年3月7日']],
    ['出生年月日 1990-03-07', ['出生年月日 1990-03-07']],
    ['出生日期：１９９００３０７', ['出生日期:19900307']],
    ['1990年3月7日出生', ['1990年3月7日出生']],
    ['出 生 日 期\n1990年\n3月7日', ['出 生 日 期|1990年|3月7日']],
    ['男，汉族，1975年3月生，大学学历', ['1975年3月生 low']],
    ['生于1990.3.7', ['生于1990.3.7']],
  ])('finds %s', (text, expected) => {
    expect(detected(birthDate, text)).toEqual(expected);
  });

  it.each(['2013年5月15日生效', '出生率为12‰', '2013年5月15日', '出生日期：1990年**月'])(
    'leaves %s alone',
    (text) => {
      expect(detected(birthDate, text)).toEqual([]);
    },
  );
});
