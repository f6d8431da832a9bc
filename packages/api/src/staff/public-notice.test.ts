import type { Office } from '@gongkai/core';
import { testOffice } from '@gongkai/core/memory';
import { describe, expect, it } from 'vitest';
import { checkedNotice } from './public-notice.ts';
import { testPolicy } from './test-staff.ts';

const { office } = testOffice(testPolicy());
const reason = '名单有误';

describe('the public words of a withdrawal', () => {
  it('stand as they were written where nothing in them needs an answer', async () => {
    const words = { reason, notice: '因名单更正撤回。' };
    expect(await checkedNotice(office, words)).toEqual({ ok: true, value: words });
  });

  it('are refused with the kind, not the words, of what should not be public', async () => {
    const notice = '因涉及[[resident-id:110101199003070055]]撤回';
    const answer = await checkedNotice(office, { reason, notice });
    expect(answer).toMatchObject({ ok: false, error: { code: 'notice-findings' } });
    expect(JSON.stringify(answer)).toContain('居民身份证号');
    expect(JSON.stringify(answer)).not.toContain('110101199003070055');
  });

  it.each([
    ['does not answer', () => new Promise<never>(() => {})],
    ['breaks', () => Promise.reject(new Error('no machine'))],
  ])('are plain ones where the machine %s: the withdrawal does not wait', async (_, inspectText) => {
    const without: Office = { ...office, inspector: { ...office.inspector, inspectText } };
    const answer = await checkedNotice(without, { reason, notice: '张三的名单' }, 20);
    expect(answer).toEqual({
      ok: true,
      value: { reason: '名单有误\n（公告未能检查，没有对外显示：张三的名单）', notice: '本信息已撤回公开。' },
    });
  });
});
