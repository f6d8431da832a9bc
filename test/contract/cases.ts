import { it } from 'vitest';

/** Cases of a suite that a stand-in for AWS cannot pass, by name, each with what the stand-in does wrong. */
export type Failing = Readonly<Record<string, string>>;

/**
 * `it` for a suite that also runs over stand-ins: a case that is known to fail there is run all the same and must fail,
 * so that nothing is skipped in silence and a stand-in that has learned it is noticed.
 */
export const casesOf =
  (failing: Failing) =>
  (name: string, run: () => Promise<void> | void, timeout?: number): void => {
    const reason = failing[name];
    if (reason === undefined) it(name, run, timeout);
    else it.fails(`${name} (fails: ${reason})`, run, timeout);
  };
