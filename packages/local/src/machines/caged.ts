import type { Refusal, Result } from '@gongkai/core';
import { type Cage, isCrash } from '@gongkai/embedded';

/** Runs a job in its cage. A refusal is a value; a crash throws, so that the queue tries again. */
export const caged = async <T>(cage: Cage, job: unknown, timeoutMs: number): Promise<Result<T, Refusal>> => {
  const answer = await cage.run<T>(job, { timeoutMs });
  if (answer.ok) return answer;
  if (isCrash(answer.error)) throw new Error(`worker crashed: ${answer.error.detail}`);
  return { ok: false, error: answer.error };
};
