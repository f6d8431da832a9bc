import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** x-ray (Free Law Project) in a place of its own: .ci/judges-tools. */
const python = join(process.env.GONGKAI_TOOLS ?? join(homedir(), '.cache/gongkai-tools'), 'xray/bin/python');
const ask = `
import asyncio, json, sys, xray
async def main():
    for path in sys.argv[1:]:
        try: print(json.dumps(bool(await xray.inspect(path))))
        except Exception: print('null')
asyncio.run(main())
`;

const answers = (program: string): boolean =>
  spawnSync(program, ['-v'], { stdio: 'ignore' }).error === undefined;

/** The judges that this machine lacks. */
export const missingJudges: readonly string[] = [
  ...(existsSync(python) ? [] : ['x-ray']),
  ...['pdftotext', 'qpdf'].filter((program) => !answers(program)),
];

/** Whether x-ray sees text under a cover in each file; undefined where it could not read one, or is not there. */
export const xRay = (paths: readonly string[], folder: string): readonly (boolean | undefined)[] => {
  if (!existsSync(python)) return paths.map(() => undefined);
  const { stdout } = spawnSync(python, ['-c', ask, ...paths], {
    encoding: 'utf8',
    cwd: folder,
    timeout: 120_000,
  });
  const said = stdout.trim().split('\n');
  return paths.map((_, n) => (said[n] === 'true' ? true : said[n] === 'false' ? false : undefined));
};

const run = (program: string, ...args: string[]): Buffer => {
  const { stdout, status, stderr } = spawnSync(program, args, { maxBuffer: 1 << 28, timeout: 120_000 });
  // 3: qpdf went through with warnings.
  if (status !== 0 && status !== 3) throw new Error(`${program}: ${status}: ${stderr}`);
  return stdout;
};

/** What poppler takes out of the pages, in both of its orders, without white space. */
export const popplerText = (path: string): string =>
  ['-raw', '-layout']
    .map((order) => run('pdftotext', order, path, '-').toString().replaceAll(/\s/g, ''))
    .join('\n');

/** Whether qpdf, with every stream unpacked, still has the words: as they are, as UTF-16, or as hexadecimal digits of either. */
export const qpdfHolds = (path: string, words: string): boolean => {
  const file = run('qpdf', '--qdf', '--object-streams=disable', path, '-');
  const forms = [Buffer.from(words), Buffer.from(words, 'utf16le').swap16()];
  const digits = file.toString('latin1').toLowerCase();
  return forms.some((form) => file.includes(form) || digits.includes(form.toString('hex')));
};
