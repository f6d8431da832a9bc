import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { templateFile } from '@gongkai/foundation';
import { describe, expect, it } from 'vitest';
import { notRun } from '../not-run.ts';
import { howToInstall, pythonTool } from './installed.ts';

const lint = pythonTool('cfn-lint');
/** One of each partition that offices would use, and one where new kinds of resource come late. */
const regions = ['us-east-1', 'eu-central-1', 'cn-north-1', 'cn-northwest-1'];

describe.skipIf(notRun(lint.missing, 'cfn-lint over the foundation', howToInstall))('cfn-lint', () => {
  it('finds nothing in the foundation, in China neither', async () => {
    const { stdout } = await promisify(execFile)(
      lint.path,
      [templateFile, '--format', 'parseable', '--regions', ...regions],
      { timeout: 120_000 },
    ).catch((cause: { stdout: string }) => cause);
    expect(stdout).toBe('');
  }, 120_000);
});
