import { describe, expect, it } from 'vitest';
import { commercialSecret } from './commercial-secret.ts';
import { detected } from './detect.ts';

describe('commercial-secret', () => {
  it.each([
    ['核心商密★10年', ['核心商密']],
    ['【商 业 秘 密】', ['商 业 秘 密']],
    ['标底：１２３.４５万元', ['标底 medium']],
    ['客户\n名单如下', ['客户|名单 medium']],
    ['供应商报价明细见附件', ['供应商报价 medium']],
    ['不得泄露商业秘密', ['商业秘密 low']],
  ])('finds %s', (text, expected) => {
    expect(detected(commercialSecret, text)).toEqual(expected);
  });

  it.each(['招标不设标底', '标底由招标人编制', '源代码管理办法', '客户名单应当保密'])(
    'leaves %s alone',
    (text) => {
      expect(detected(commercialSecret, text)).toEqual([]);
    },
  );
});
