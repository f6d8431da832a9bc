import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { medical } from './medical.ts';

describe('medical', () => {
  it.each([
    ['住院号：00123456', ['住院号:00123456']],
    ['病 历 号 A12345678', ['病 历 号 A12345678']],
    ['患者王小丽，女，确诊为肺结核', ['肺结核']],
    ['申请人：张建国，身患尿毒症，申请临时救助', ['尿毒症']],
    ['户主 李桂兰 残疾类别：精神残\n疾', ['精神残|疾']],
    ['患者赵小军，艾\u200b滋病', ['艾滋病']],
  ])('finds %s', (text, expected) => {
    expect(detected(medical, text)).toEqual(expected);
  });

  it.each([
    '加强艾滋病防治宣传',
    '高血压、糖尿病患者健康管理',
    '患者在医院就诊',
    '对重性精神病患者实行免费服药',
    '低保户中患癌症的可申请救助',
    '住院号可在窗口查询',
  ])('leaves %s alone', (text) => {
    expect(detected(medical, text)).toEqual([]);
  });
});
