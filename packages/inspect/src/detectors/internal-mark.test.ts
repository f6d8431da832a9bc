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
    ['内 部 资 料', ['内 部 资 料 high']],
    ['工\n作\n秘\n密\n', ['工|作|秘|密 high']],
    ['（过 程 稿）', ['过 程 稿 high']],
    ['内部★3年', ['内部★ high']],
    ['严禁\n外传，看后收回，任何单位和个人都应当认真遵照执行。', ['严禁|外传 high']],
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
