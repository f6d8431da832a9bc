import { appendFileSync } from 'node:fs';

/**
 * For tests that need a tool or data which this machine may lack. Says so where `npm test` collects it, and in CI
 * that makes the run fail: nothing is skipped in silence.
 *
 *     describe.skipIf(notRun(!existsSync(corpus), 'the corpus', `there is no ${corpus}`))('…', …)
 *
 * Returns `missing`.
 */
export const notRun = (missing: boolean, what: string, because: string): boolean => {
  const file = process.env.GONGKAI_NOT_RUN;
  if (missing && file !== undefined) appendFileSync(file, `${what} — ${because}\n`);
  else if (missing) console.warn(`not run: ${what} — ${because}`);
  return missing;
};
