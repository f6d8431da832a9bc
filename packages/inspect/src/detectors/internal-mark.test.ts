import { describe, expect, it } from 'vitest';
import { detected } from './detect.ts';
import { internalMark } from './internal-mark.ts';

describe('internal-mark', () => {
  it.each([
    ['内部资料 注意保存', ['内部资料 high', '注意保存 high']],
    ['关于某办法（征求意见稿）', ['征求意见稿 high']],
    ['（此件不公开）', ['不公开 high']],
    ['公开属性：依申请公开', ['依申请公开 high']],
    ['【内部文件】', ['内部文件 high']],
    ['本材料不得外传，违者追究责任，请各单位认真遵照执行。', ['不得外传']],
    ['对不予公开的信息，应当说明理由并告知救济途径和期限。', ['不予公开 low']],
    ['(三)依申请公开', ['依申请公开 low']],
  ])('%s', (text, expected) => {
    expect(detected(internalMark, text, 3)).toEqual(expected);
  });

  it.each(['（此件公开发布）', '主动公开', '加强内部管理', '政务公开'])('leaves %s alone', (text) => {
    expect(detected(internalMark, text, 1)).toEqual([]);
  });
});
