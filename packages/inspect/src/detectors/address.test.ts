import { describe, expect, it } from 'vitest';
import { address } from './address.ts';
import { detected } from './detect.ts';

describe('address', () => {
  it.each([
    ['家住本溪县小市镇长江路12号3单元501室', ['家住本溪县小市镇长江路12号3单元501室']],
    ['住址：三村镇李家村二组15号', ['三村镇李家村二组15号']],
    ['现住幸福小区3号楼2单元\n501室', ['现住幸福小区3号楼2单元|501室']],
    ['户籍地 明山区峪明路７号', ['明山区峪明路7号']],
    ['姓名 住址 金额\n甲 李家村二组15号 1200元', ['李家村二组15号']],
    ['和平花园6栋2单元301室', ['和平花园6栋2单元301室']],
    ['办公地址：本溪县小市镇长江路12号', ['本溪县小市镇长江路12号 low']],
  ])('finds %s', (text, expected) => {
    expect(detected(address, text)).toEqual(expected);
  });

  it.each([
    '本政发〔2013〕8号',
    '第12号',
    '5月15日8号',
    '李家村共120户',
    '住址：长江路*号',
    '全镇12个村',
    '会议室3楼',
  ])('leaves %s alone', (text) => {
    expect(detected(address, text)).toEqual([]);
  });
});
