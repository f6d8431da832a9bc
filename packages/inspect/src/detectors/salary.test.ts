import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { salary } from './salary.ts';

describe('salary', () => {
  it.each([
    ['王小丽，月工资3500元', ['王小丽,月工资3500元']],
    ['1 张建国 应发 4,200.50 实发 3,980', ['张建国 应发 4,200.50 实发 3,980']],
    ['局长李志强年薪15万元', ['李志强年薪15万元']],
    ['职工：刘洋 工 资：５０００元', ['刘洋 工 资:5000元']],
  ])('finds %s', (text, expected) => {
    expect(detected(salary, text)).toEqual(expected);
  });

  it.each([
    '人员工资320万元',
    '工资福利支出1,234.56万元',
    '王小丽同志讲话。全县人均工资3500元',
    '月工资不低于1700元',
  ])('leaves %s alone', (text) => {
    expect(detected(salary, text)).toEqual([]);
  });
});
