import { describe, expect, it } from 'vitest';
import { refusal, sentence } from '../refusal/index.ts';
import { whyFailed } from './index.ts';

describe('why a step failed, in plain words', () => {
  it.each([
    ['worker crashed: SIGKILL', '中途退出'],
    ['the worker died each time', '中途退出'],
    ['machines: Unhandled in convert: {}', '没有应答'],
    ['connect ECONNREFUSED 10.0.0.1:443', '没有应答'],
    ['ProvisionedThroughputExceededException: The level of', '繁忙'],
    ['SlowDown: Please reduce your request rate.', '繁忙'],
    ['quarantine has lost aa', '从备份恢复'],
    ['machines: Unhandled in examine: {"errorMessage":"no blob quarantine/aa"}', '从备份恢复'],
    ['AccessDenied: User is not authorized', '权限'],
    ['ENOSPC: no space left on device, write', '磁盘已满'],
    ['destroy vault/aa: retained', '没有接受'],
    ['undefined is not a function', '出错'],
  ])('%s', (error, says) => {
    const { zh, en } = whyFailed('convert', error);
    expect(zh).toContain(says);
    expect(en).toMatch(/^[A-Z].*\.$/);
    // What a machine said is not said to people as it is.
    expect(zh + en).not.toContain(error);
  });

  it("a refusal's own sentence, where the error is one; and who waits for a notice reads of the mail", () => {
    expect(whyFailed('intake', 'scanner-denied')).toEqual(sentence(refusal('scanner-denied')));
    expect(whyFailed('notify', 'Invalid login').zh).toContain('邮件');
  });
});
