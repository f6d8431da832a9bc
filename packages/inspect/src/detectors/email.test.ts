import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { email } from './email.ts';

describe('email', () => {
  it.each([
    ['邮箱 zhangsan@qq.com。', ['zhangsan@qq.com']],
    ['zhangsan @ qq.com', ['zhangsan @ qq.com']],
    ['zhangsan(at)qq.com', ['zhangsan(at)qq.com']],
    ['zhangsan@\nqq.com', ['zhangsan@|qq.com']],
    ['ｚｓ＠１６３．ｃｏｍ', ['zs@163.com']],
    ['bgs@naning.gov.cn', ['bgs@naning.gov.cn low']],
    ['a@example.com', ['a@example.com low']],
  ])('finds %s', (text, expected) => {
    expect(detected(email, text)).toEqual(expected);
  });

  it.each(['z***@qq.com', '@某人', 'a@b', '第@页'])('leaves %s alone', (text) => {
    expect(detected(email, text)).toEqual([]);
  });
});
