import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const room = join(process.env.GONGKAI_TOOLS ?? join(homedir(), '.cache/gongkai-tools'), 'verapdf');

const problem = (): string | undefined => {
  if (!existsSync(join(room, 'classes/PdfaCheck.class'))) return `there is no ${room}: .ci/pdfa-tools`;
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'there is no java on the path';
  }
};

/** Why veraPDF cannot judge on this machine; undefined when it can. */
export const noVeraPdf = problem();

export type Judgement = {
  readonly path: string;
  readonly verdict: 'pass' | 'fail' | 'error';
  /** Clause and number of each test that failed, with how often and one example. */
  readonly failed: ReadonlyMap<string, string>;
};

/** What veraPDF says of files, in one process: `2b` is PDF/A-2b, `ua1` the machine checks of PDF/UA-1. */
export const judge = (
  flavour: '2b' | '2a' | '3b' | '3a' | 'ua1',
  paths: readonly string[],
): Promise<Judgement[]> =>
  new Promise((settle, fail) => {
    const path = `${join(room, 'classes')}:${join(room, 'lib')}/*`;
    const options = ['-Xmx1g', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', path, 'PdfaCheck'];
    const java = execFile('java', options, { maxBuffer: 64 << 20, timeout: 280_000 }, (error, said) => {
      if (error) return fail(error);
      settle(
        said
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => {
            const [, verdict = 'error', why = '', file = ''] = line.split('\t');
            const failed = why.split(' | ').map((one) => [one.split(' ')[0] ?? '', one] as const);
            return {
              path: file,
              verdict: verdict as Judgement['verdict'],
              failed: new Map(why === '' ? [] : failed),
            };
          }),
      );
    });
    java.stdin?.end(paths.map((one) => `${flavour} ${one}\n`).join(''));
  });
