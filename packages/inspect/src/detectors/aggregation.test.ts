import { describe, expect, it } from 'vitest';
import { inspectText } from '../text/search-text.ts';
import { aggregation } from './aggregation.ts';
import { detected } from './detect.ts';

const severities = (text: string): string[] =>
  detected(aggregation, text)
    .map((found) => found.split(' ').at(-1) ?? '')
    .map((last) => (/^(?:low|medium)$/.test(last) ? last : 'high'));

describe('aggregation', () => {
  it.each([
    [
      'a table of names, phones and homes',
      '姓名 性别 住址 电话\n王小丽 女 李家村二组 2976300\n张建国 男 李家村三组 2976301',
      'high',
    ],
    [
      'its cells on lines of their own',
      '姓名\n性别\n出生年月\n王小丽\n女\n1990.3\n张建国\n男\n1985.7',
      'high',
    ],
    [
      'its head spaced out and full-width',
      '姓　名　　性　别　　家庭住址\n王 芳　女　李家村\n张建国　男　王家村',
      'high',
    ],
    ['names with age and telephone', '姓名 年龄 电话\n王小丽 35 2976300\n张建国 41 2976301', 'medium'],
    [
      'the next page of a table, without its head',
      '12 王小丽 13812345678\n13 张建国 13912345678\n14 刘洋 13712345678',
      'high',
    ],
    ['one person in one sentence', '申请人王小丽，女，35岁，家住李家村，丧偶，享受低保。', 'high'],
    [
      'who is on duty, with numbers',
      '姓名 职务 办公电话 地址\n李志强 局长 2976300 长江路\n刘洋 科长 2976301 长江路',
      'low',
    ],
  ])('finds %s', (_, text, severity) => {
    expect(severities(text)).toEqual([severity]);
  });

  it.each([
    '姓名 职务\n李志强 局长\n刘洋 科长',
    '项目 金额 备注\n道路硬化 120万元 已完工\n路灯安装 30万元 在建',
    '申请人应当如实填写姓名、性别、住址、联系电话。',
    '王小丽同志出席会议。',
    '单位 电话\n财政局 2976300\n民政局 2976301',
    '姓名 性别 住址\n张* 女 李家村*组\n王* 男 李家村*组',
  ])('leaves %s alone', (text) => {
    expect(detected(aggregation, text)).toEqual([]);
  });

  it('says the columns, not the rows, and does not ask again for each name', () => {
    const found = inspectText(
      '申请人 住址 电话\n申请人：王小丽 李家村 2976300\n申请人：张建国 王家村 2976301',
    );
    expect(found.filter(({ severity }) => severity !== 'low').map(({ rule, text }) => [rule, text])).toEqual([
      ['aggregation', '申请人 住址 电话'],
    ]);
  });
});
