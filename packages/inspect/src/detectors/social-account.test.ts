import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { socialAccount } from './social-account.ts';

describe('social-account', () => {
  it.each([
    ['QQ：12345678', ['QQ:12345678']],
    ['ＱＱ号１２３４５６７８', ['QQ号12345678']],
    ['QQ 123 456 789', ['QQ 123 456 789']],
    ['微信号：wang_xiaoli88', ['微信号:wang_xiaoli88']],
    ['微 信：zhang\u200bsan1990', ['微 信:zhangsan1990']],
    ['加微信\nlisi-2020', ['微信|lisi-2020']],
    ['微信公众号：naxianfabu', []],
    ['官方QQ群：123456789', ['QQ群:123456789 low']],
  ])('finds %s', (text, expected) => {
    expect(detected(socialAccount, text)).toEqual(expected);
  });

  it.each(['QQ2013版', '微信公众号', 'a@qq.com', 'QQ群', '微信支付', 'QQ 12**78'])(
    'leaves %s alone',
    (text) => {
      expect(detected(socialAccount, text)).toEqual([]);
    },
  );
});
