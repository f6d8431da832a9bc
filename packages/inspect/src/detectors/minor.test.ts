import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { minor } from './minor.ts';

describe('minor', () => {
  it.each([
    ['学生：王小丽', ['王小丽']],
    ['孤儿张小军，由其祖父抚养', ['张小军']],
    ['王小丽，女，9岁', ['王小丽']],
    ['申请人：李小明，就读于县第一小学', ['李小明']],
    ['学籍号：G11010120120307109X', ['G11010120120307109X']],
    ['留守儿童 刘\n子轩', []],
    ['困境儿童：欧阳小云（１２岁）', ['欧阳小云']],
  ])('finds %s', (text, expected) => {
    expect(detected(minor, text)).toEqual(expected);
  });

  it.each(['学生安全教育', '关爱留守儿童', '王小丽，女，39岁', '在校学生人数', '学生家长王小丽，女，40岁'])(
    'leaves %s alone',
    (text) => {
      expect(detected(minor, text)).toEqual([]);
    },
  );
});
