import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { personName } from './person-name.ts';

describe('person-name', () => {
  it.each([
    ['申请人：王小丽', ['王小丽']],
    ['当事人王小丽因邻里纠纷', ['王小丽']],
    ['王 芳，女，汉族', ['王 芳']],
    ['户主：欧阳建国', ['欧阳建国']],
    ['患者\n张\u200b建国', ['张建国']],
    ['村民买买提·艾合买提', ['买买提·艾合买提']],
    ['村民：买买提·艾合买提', ['买买提·艾合买提']],
    ['赵小军先生来电反映', ['赵小军']],
    ['李梅，身份证号21052119480917118X', ['李梅']],
    ['李梅（公民身份号码：210521********118X）', ['李梅']],
    // As a justified line is extracted.
    ['欧 阳 建 国 ， 身 份 证 号 210521195103121018', ['欧 阳 建 国']],
    ['须提供房产证，身份证号码等材料', []],
    ['县长李志强主持会议', ['李志强 low']],
    ['联系人：刘洋', ['刘洋 low']],
    ['王建国副局长', ['王建国 low']],
  ])('finds %s', (text, expected) => {
    expect(detected(personName, text)).toEqual(expected);
  });

  it.each([
    '申请人应当提交材料',
    '当事人有权申请',
    '学生安全、家长满意',
    '村民高度评价',
    '居民和企业',
    '申请人：张*',
    '申请人张某',
    '负责人要深入各乡镇',
    '联系人：单位',
    '王家村村民',
  ])('leaves %s alone', (text) => {
    expect(detected(personName, text)).toEqual([]);
  });
});
