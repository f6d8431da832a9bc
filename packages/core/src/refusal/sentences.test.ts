import { describe, expect, it } from 'vitest';
import { refusal } from './refusal.ts';
import { sentence } from './sentences.ts';

describe('a sentence about a role', () => {
  it('calls it as the office does, in both languages', () => {
    const { zh, en } = sentence(refusal('not-allowed', { role: 'first-reviewer / secrecy-officer' }));
    expect(zh).toBe('您没有这项权限（需要：初审、保密员）。');
    expect(en).toContain('first reviewer, secrecy officer');
  });
});
