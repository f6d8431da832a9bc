import { describe, expect, it } from 'vitest';
import { refusal } from './refusal.ts';
import { sentence } from './sentences.ts';

describe('a sentence about a role', () => {
  it('calls it as the office does, in both languages', () => {
    const { zh, en } = sentence(refusal('not-allowed', { role: 'first-reviewer / secrecy-officer' }));
    expect(zh).toBe('您没有这项权限（需要：初审、保密员）。');
    expect(en).toContain('first reviewer, secrecy officer');
    expect(sentence(refusal('roles-conflict', { roles: 'maker, principal' })).zh).toContain(
      '（经办人、主要负责人）',
    );
  });
});

describe('a sentence about a state, a field or a display', () => {
  const said = (...given: Parameters<typeof refusal>) => sentence(refusal(...given));

  it('calls it as the office does, in both languages', () => {
    expect(said('wrong-state', { state: 'first-review' }).zh).toBe('当前状态（待初审）不能进行这一操作。');
    expect(said('wrong-state', { state: 'file-converted' }).en).toContain('a file is being inspected');
    expect(said('metadata-incomplete', { fields: 'title, genre' }).zh).toBe('还缺少必填项：名称、体裁。');
    const { zh } = said('display-kind', { kind: 'days', allowed: 'until, long-term' });
    expect(zh).toContain('（若干天）。可选：到指定日期、长期公开。');
    expect(said('wrong-state', { state: 'constructor' }).zh).toContain('（constructor）');
  });
});

describe('a sentence with the words of a library', () => {
  const zh = (detail: string, more = {}) => sentence(refusal('inspection-failed', { detail, ...more })).zh;

  it('says in Chinese that they are a program’s own', () => {
    expect(zh('memory access out of bounds')).toContain('（程序的原话：memory access out of bounds）');
    expect(sentence(refusal('invalid-input', { detail: 'name: Too big: expected string' })).zh).toContain(
      '程序的原话：name: Too big',
    );
    expect(zh('page 12')).toContain('（第 12 页）');
    expect(zh('PDF')).toContain('（PDF）');
  });

  it('takes what was said in Chinese where there is such', () => {
    const said = sentence(
      refusal('gate-findings', { detail: 'file 1, p. 2: mobile', detailZh: '正文 第 2 页：手机号码' }),
    );
    expect(said.zh).toContain('（正文 第 2 页：手机号码）');
    expect(said.en).toContain('(file 1, p. 2: mobile)');
  });
});
