import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** The rules of design.md that a reader relies on and that no type checker holds. */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root })
  .toString()
  .split('\0')
  .filter(
    (path) => /^(packages|test|functions|infra)\/.*\.(ts|tsx|mjs)$/.test(path) && !path.includes('/dist/'),
  )
  .flatMap((path) => {
    try {
      return [{ path, text: readFileSync(join(root, path), 'utf8') }];
    } catch {
      return []; // deleted in the working tree
    }
  });
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.startsWith('test/');

const imports = (text: string): string[] =>
  [...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;'"]*?\bfrom\s+['"]([^'"]+)['"]/g)]
    .concat([...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)])
    .concat([...text.matchAll(/(?:^|\n)import\s+['"]([^'"]+)['"]/g)])
    .map(([, from]) => from ?? '');

/** Code without comments and texts, so that a sentence about `Date.now` is not taken for a call. */
const bare = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");

describe('core', () => {
  const core = sources.filter(({ path }) => path.startsWith('packages/core/src/') && !isTest(path));

  it('is there to be looked at', () => {
    expect(core.length).toBeGreaterThan(80);
  });

  it('imports nothing but itself and its data, zod, @noble and yaml', () => {
    const strange = core.flatMap(({ path, text }) =>
      imports(text)
        .filter((from) =>
          from.startsWith('.')
            ? !normalize(join(dirname(path), from)).startsWith(`packages${sep}core${sep}`)
            : !/^(zod|zod\/locales|zod\/v4\/core|yaml|@noble\/.+)$/.test(from),
        )
        .map((from) => `${path}: ${from}`),
    );
    expect(strange).toEqual([]);
  });

  it('asks its ports for the time and for randomness, never the machine', () => {
    const asked = core.flatMap(({ path, text }) =>
      [
        ...bare(text).matchAll(
          /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.|\bprocess\.|\bcrypto\.|\bset(?:Timeout|Interval)\b|\bfetch\(/g,
        ),
      ].map(([what]) => `${path}: ${what}`),
    );
    expect(asked).toEqual([]);
  });
});

describe('packages', () => {
  it('reach each other by their front doors only', () => {
    const inner = sources.flatMap(({ path, text }) => {
      const own = path.split('/').slice(0, 2).join('/');
      return imports(text)
        .filter((from) => {
          if (from.startsWith('.')) {
            const target = relative('.', normalize(join(dirname(path), from)));
            return target.startsWith('packages/') && !target.startsWith(`${own}/`) && !isTest(path);
          }
          return /^@gongkai\/[\w-]+\/src\b/.test(from);
        })
        .map((from) => `${path}: ${from}`);
    });
    expect(inner).toEqual([]);
  });

  it('name what they need from outside in their own package.json', () => {
    const missing = new Set<string>();
    for (const { path, text } of sources) {
      if (!path.startsWith('packages/') || !path.includes('/src/') || isTest(path)) continue;
      const folder = path.split('/').slice(0, 2).join('/');
      const { name, dependencies, devDependencies } = JSON.parse(
        readFileSync(join(root, folder, 'package.json'), 'utf8'),
      ) as { name: string } & Record<string, Record<string, string> | undefined>;
      for (const from of imports(text)) {
        if (from.startsWith('.') || from.startsWith('node:')) continue;
        const outside = from
          .split('/')
          .slice(0, from.startsWith('@') ? 2 : 1)
          .join('/');
        if (outside !== name && !dependencies?.[outside] && !devDependencies?.[outside])
          missing.add(`${folder}: ${outside}`);
      }
    }
    expect([...missing]).toEqual([]);
  });

  it('keep every file short enough to be read at once: 400 lines', () => {
    const long = sources
      .filter(({ path }) => path.startsWith('packages/') && !isTest(path))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  it('name their files with the words of the field', () => {
    const vague = sources
      .map(({ path }) => path)
      .filter((path) =>
        /(^|[/.-])(utils?|helpers?|manager|common|misc|stuff|tools?|base|shared)([/.-]|$)/.test(path),
      );
    expect(vague).toEqual([]);
  });

  it('are ordered without a circle', () => {
    // Who may stand on whom: design.md, The house.
    const allowed: Record<string, readonly string[]> = {
      core: [],
      inspect: ['core'],
      render: ['core'],
      embedded: ['core'],
      api: ['core'],
      console: ['core', 'api'],
      aws: ['core'],
      local: ['core', 'embedded', 'api', 'inspect', 'render'],
      cloud: ['core', 'embedded', 'api', 'aws', 'local'],
    };
    const wrong = sources
      .filter(({ path }) => path.startsWith('packages/') && path.includes('/src/') && !isTest(path))
      .flatMap(({ path, text }) => {
        const own = path.split('/')[1] ?? '';
        return imports(text)
          .flatMap((from) => /^@gongkai\/([\w-]+)/.exec(from)?.[1] ?? [])
          .filter((other) => other !== own && !allowed[own]?.includes(other))
          .map((other) => `${path}: ${other}`);
      });
    expect(wrong).toEqual([]);
  });
});

describe('functions', () => {
  it('hand over: a file a trigger, at most 15 lines, nothing of its own', () => {
    const triggers = sources.filter(({ path }) => path.startsWith('functions/'));
    expect(triggers.length).toBeGreaterThan(6);
    for (const { path, text } of triggers) {
      expect(text.trimEnd().split('\n').length, path).toBeLessThanOrEqual(15);
      expect(text, path).toContain('export const handler');
      expect(
        imports(text).filter((from) => from.startsWith('.')),
        path,
      ).toEqual([]);
    }
  });
});
