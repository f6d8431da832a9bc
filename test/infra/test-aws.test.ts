import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../bin/test-aws.mjs', import.meta.url));

it('npm run test:aws touches no account that nobody named for it, and no name of a real stage', () => {
  for (const [given, because] of [
    [{}, /GONGKAI_TEST_AWS=gongkai-scratch/],
    [{ GONGKAI_TEST_AWS: 'production' }, /No name of a real stage/],
    [{ GONGKAI_TEST_AWS: 'gongkai' }, /No name of a real stage/],
    [{ GONGKAI_TEST_AWS: 'gongkai-production' }, /No name of a real stage/],
    [{ GONGKAI_TEST_AWS: 'gongkai-scratch' }, /AWS_REGION/],
  ] as const) {
    const { GONGKAI_TEST_AWS: _, AWS_REGION: __, ...bare } = process.env;
    const { status, stderr } = spawnSync(process.execPath, [program], {
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...bare, ...given },
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(because);
    expect(stderr).toMatch(/没有运行/);
  }
});
