import { type BlobRef, err, type Inspection, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { describe, expect, it } from 'vitest';
import { inspectedLately } from './lately.ts';

const seen = (sha256: string): Inspection => ({ pages: [], findings: [], inspector: sha256 });

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
    expect(await inspect({ area: 'vault', sha256: 'a' })).toEqual(ok(seen('a')));
    expect(await inspect({ area: 'vault', sha256: 'a' })).toEqual(ok(seen('a')));
    expect(asked).toEqual(['a']);
  });

  it('are forgotten, the oldest first', async () => {
    const { asked, inspect } = counted((sha256) => ok(seen(sha256)));
    for (const sha256 of ['a', 'b', 'c', 'c', 'a']) await inspect({ area: 'vault', sha256 });
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('leave out what came from an upload, which may be a state secret', async () => {
    const { asked, inspect } = counted((sha256) => ok(seen(sha256)));
    await inspect({ area: 'renditions', sha256: 'a' });
    await inspect({ area: 'vault', sha256: 'a' });
    await inspect({ area: 'renditions', sha256: 'a' });
    expect(asked).toEqual(['a', 'a', 'a']);
  });

  it('leave out refusals', async () => {
    const { asked, inspect } = counted(() => err(refusal('damaged')));
    await inspect({ area: 'vault', sha256: 'a' });
    expect(await inspect({ area: 'vault', sha256: 'a' })).toEqual(err(refusal('damaged')));
    expect(asked).toEqual(['a', 'a']);
  });
});
