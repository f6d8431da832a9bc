import { execFile } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const home = fileURLToPath(new URL('../../', import.meta.url));
const machines = join(home, 'infra/machines');

/** Lines of a Dockerfile or its ignore file, without remarks. */
const linesOf = (file: string): string[] =>
  readFileSync(join(machines, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

/** As BuildKit reads it: of the patterns that fit a path or a folder above it, the last one counts. */
const ignored = (patterns: readonly string[]) => {
  const above = (path: string): string[] => (path === '.' ? [] : [path, ...above(dirname(path))]);
  return (path: string): boolean => {
    const fits = (pattern: string): boolean => above(path).some((it) => matchesGlob(it, pattern));
    const last = patterns.findLast((pattern) => fits(pattern.replace(/^!/, '')));
    return last !== undefined && !last.startsWith('!');
  };
};

/** The instructions of infra/machines/Dockerfile, in order. */
export const instructions = (): { does: string; rest: string }[] =>
  linesOf('Dockerfile').map((line) => {
    const [does = '', ...rest] = line.split(' ');
    return { does, rest: rest.join(' ') };
  });

export type Image = {
  /** What stands for the image's root. */
  readonly folder: string;
  /** What CMD hands to Node, absolute. */
  readonly entry: string;
};

/**
 * Does in an empty folder what the Dockerfile does in /office, as far as Node can: the copies, after the ignore file,
 * and what it runs with npx. Not apt, and not the Linux that it stands on.
 */
export const replay = async (folder: string): Promise<Image> => {
  const isIgnored = ignored(linesOf('Dockerfile.dockerignore'));
  let entry = '';
  for (const { does, rest } of instructions()) {
    const words = rest.split(' ');
    if (does === 'COPY') {
      const into = words.pop() ?? '';
      for (const from of words) {
        const to = into.endsWith('/') ? join(folder, into, from) : join(folder, into);
        cpSync(join(home, from), to, {
          recursive: true,
          filter: (path) => !isIgnored(relative(home, path)),
        });
      }
    }
    if (does === 'RUN' && /(^| )npx /.test(rest)) {
      const command = rest.replace(/--mount=\S+ /g, '');
      await promisify(execFile)('sh', ['-c', command], { cwd: folder, env: { ...process.env, CI: 'true' } });
    }
    if (does === 'CMD') {
      const [program, file = ''] = JSON.parse(rest) as string[];
      if (program !== 'node') throw new Error(`the image starts ${program}`);
      entry = join(folder, file);
    }
  }
  return { folder, entry };
};
