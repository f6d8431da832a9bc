import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { nameWithAddress } from './name-with-address.ts';

describe('name-with-address', () => {
  it.each([
    '申请人：王小丽，女，住本溪县小市镇长江路12号3单元501室',
    '户主张三 家庭住址：三村镇李家村二组15号',
    '李四同志，现住沈阳市和平区南京街道20号楼',
    '姓名 赵六\n地址 辽宁省本溪市明山区峪明路7号',
  ])('finds %s', (text) => {
    expect(detected(nameWithAddress, text)).toHaveLength(1);
  });

  it.each([
    '联系人：张* 住址：本溪县小市镇长江路*号',
    '本溪县人民政府办公室，地址：本溪县小市镇长江路12号',
    '负责人要深入各乡镇、街道、社区开展宣传，接受群众咨询30次',
    '王小丽同志在会上讲话',
  ])('leaves %s alone', (text) => {
    expect(detected(nameWithAddress, text)).toEqual([]);
  });
});
