import { describe, expect, it } from 'vitest';
import { declassifiedMark } from './declassified-mark.ts';
import { detected } from './detect.ts';
import { secrecyProse } from './secrecy-prose.ts';
import { stateSecretMark } from './state-secret-mark.ts';

const page = (first: string): string =>
  `${first}\n本溪县人民政府文件\n本政发〔2013〕8号\n关于做好某项工作的通知\n各乡镇人民政府：\n现通知如下。`;

describe('state-secret-mark', () => {
  it.each([
    '机密★5年',
    '秘密★6个月',
    '绝密★长期',
    '绝密 ★ 启用前',
    '秘密★',
    '机密☆10年',
    '机 密 ★ 5 年',
    '机　密★１０年',
    '秘密 ★ 十年',
    '机密*5年',
    '机密★5年 000123',
    '000123\n秘密★1年\n特急',
    '密级：机密★5年',
    '机\n密\n★\n5\n年',
    '机密',
    '秘 密',
    '【机密】',
    '绝\n密',
    '密级：秘密',
    '机密 5年',
    '机密★解密条件：任务完成',
    '机\u200b密★5年',
    '機密★5年',
    '絕密',
    '机密★\n5年',
    '机密※5年',
    '机密级★10年',
    '★ 秘密 ★ 1年',
    '机密级',
  ])('stops %s at the head of the first page', (mark) => {
    const found = detected(stateSecretMark, page(mark), 1);
    expect(found).toHaveLength(1);
    expect(found[0]).not.toMatch(/high$/);
  });

  it('stops a starred mark on any page, and after text on its line', () => {
    expect(detected(stateSecretMark, '附件\n机密★5年\n名单', 7)).toEqual(['机密★5年']);
    expect(detected(stateSecretMark, '某市人民政府办公室文件 机密★5年', 3)).toEqual(['机密★5年']);
  });

  it('asks a person about a bare mark further in', () => {
    expect(detected(stateSecretMark, '第一章\n机密\n内容', 4)).toEqual(['机密 high']);
  });

  it.each([
    '国家秘密的密级分为绝密、机密、秘密三级。',
    '绝密级国家秘密是最重要的国家秘密',
    '国家秘密\n商业秘密\n个人隐私',
    'A、军事秘密B、国家秘密',
    '密级：□绝密 □机密 □秘密',
    '除了保密事项和本单位的商业秘密、技术秘密以外',
    '请输入手机密码和随机密钥',
    '党员应保守党的秘密',
    '标志形式为“密级★保密期限”，如“机密★5年”',
    '绝密\n机密\n秘密\n合计',
  ])('does not stop at talk about secrets: %s', (text) => {
    expect(detected(stateSecretMark, text, 1).filter((found) => !found.endsWith('high'))).toEqual([]);
  });

  it('tells a declassified document apart', () => {
    for (const text of ['机密★5年\n已解密', '机密★5年（已解密）', '秘密 已解密']) {
      expect(detected(stateSecretMark, page(text), 1)).toEqual([]);
      expect(detected(declassifiedMark, page(text), 1)).toHaveLength(1);
    }
    expect(detected(declassifiedMark, '解密\n某县文件', 1)).toEqual(['解密']);
    expect(detected(declassifiedMark, '保密期限届满的，自行解密。', 1)).toEqual([]);
  });

  it('shows talk about secrets as prose, a quoted mark as something to look at', () => {
    expect(detected(secrecyProse, '涉及国家秘密的信息不公开', 1)).toEqual(['秘密']);
    expect(detected(secrecyProse, '应当标注“机密★5年”字样', 1)).toEqual(['机密★5年 high']);
    expect(detected(secrecyProse, '本文件属于国家秘密，阅后退回', 1)).toEqual(
      expect.arrayContaining(['本文件属于国家秘密 medium', '阅后退回 medium']),
    );
  });
});
