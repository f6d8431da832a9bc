import {
  type BlobRef,
  err,
  type Inspection,
  noWords,
  ok,
  type Refusal,
  type Result,
  refusal,
} from '@gongkai/core';
import { describe, expect, it } from 'vitest';
import { inspectedLately } from './lately.ts';

const seen = (sha256: string): Inspection => ({ pages: [], findings: [], inspector: sha256, dictionary: 0 });

const counted = (answer: (sha256: string) => Result<Inspection, Refusal>) => {
  const asked: string[] = [];
  const inspect = inspectedLately(async ({ sha256 }: BlobRef) => {
    asked.push(sha256);
    return answer(sha256);
  }, 2);
  return { asked, inspect };
};

describe('the inspections of the last releases', () => {
  it('are not made again for the same bytes', async () => {
    const { asked, inspect } = counted((sha256) => ok(seen(sha256)));
    expect(await inspect({ area: 'vault', sha256: 'a' }, noWords)).toEqual(ok(seen('a')));
    expect(await inspect({ area: 'vault', sha256: 'a' }, noWords)).toEqual(ok(seen('a')));
    expect(asked).toEqual(['a']);
  });

  it('are forgotten, the oldest first', async () => {
    const { asked, inspect } = counted((sha256) => ok(seen(sha256)));
    for (const sha256 of ['a', 'b', 'c', 'c', 'a']) await inspect({ area: 'vault', sha256 }, noWords);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('leave out what came from an upload, which may be a state secret', async () => {
    const { asked, inspect } = counted((sha256) => ok(seen(sha256)));
    await inspect({ area: 'renditions', sha256: 'a' }, noWords);
    await inspect({ area: 'vault', sha256: 'a' }, noWords);
    await inspect({ area: 'renditions', sha256: 'a' }, noWords);
    expect(asked).toEqual(['a', 'a', 'a']);
  });

  it('leave out refusals', async () => {
    const { asked, inspect } = counted(() => err(refusal('damaged')));
    await inspect({ area: 'vault', sha256: 'a' }, noWords);
    expect(await inspect({ area: 'vault', sha256: 'a' }, noWords)).toEqual(err(refusal('damaged')));
    expect(asked).toEqual(['a', 'a']);
  });

  it('are made again for other words of the office, and not for whoever only wants the text', async () => {
    const { asked, inspect } = counted((sha256) => ok(seen(sha256)));
    const words = (version: number) => ({ version, words: [{ word: '青山', severity: 'high' as const }] });
    for (const given of [words(1), words(1), noWords, words(2)])
      await inspect({ area: 'vault', sha256: 'a' }, given);
    expect(asked).toEqual(['a', 'a']);
  });
});
