import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AwsLocal } from './index.ts';

const main = fileURLToPath(new URL('../../packages/cloud/src/cli/main.ts', import.meta.url));

/** What the operator's shell must have for `npx gongkai aws … --stage local` to find what is played here. */
export const operatorOf = ({ env }: AwsLocal): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => name.startsWith('AWS_') || name === 'GONGKAI_AWS_ENDPOINT'),
  );

/** `gongkai aws …` in a process of its own, as the operator runs it. */
export const gongkaiAws = (
  aws: AwsLocal,
  args: readonly string[],
  typed = '',
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> =>
  new Promise((resolve, reject) => {
    const { GONGKAI_AWS_ENDPOINT: _, ...own } = process.env;
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
      env: { ...own, ...operatorOf(aws) },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, out, err }));
    child.stdin.end(typed);
  });
