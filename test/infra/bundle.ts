import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { files, policiesInto } from '../../infra/files.ts';

const home = fileURLToPath(new URL('../../', import.meta.url));

export type Bundle = {
  /** What Lambda starts. */
  readonly entry: string;
  /** Read before the first request: the entry and what it imports at once. */
  readonly initialBytes: number;
  /** With what is only imported when it is asked for. */
  readonly allBytes: number;
  /** Packages in the first part, largest first. */
  readonly packages: readonly (readonly [name: string, bytes: number])[];
};

/** As SST makes it for `nodejs: { splitting: true }` (pkg/runtime/node/build.go): its banner, esbuild's ES modules. */
const banner = [
  "import { createRequire as topLevelCreateRequire } from 'module'",
  'const require = topLevelCreateRequire(import.meta.url)',
  "import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from 'url'",
  'const __filename = topLevelFileUrlToPath(import.meta.url)',
  "const __dirname = topLevelFileUrlToPath(new topLevelURL('.', import.meta.url))",
].join(';');

const packageOf = (path: string): string =>
  /node_modules\/(?:\.pnpm\/[^/]+\/node_modules\/)?((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ??
  `@gongkai/${/packages\/([^/]+)/.exec(path)?.[1] ?? 'functions'}`;

/** The outputs that are read before anything runs. */
const firstOf = (outputs: Metafile['outputs'], entry: string): ReadonlySet<string> => {
  const found = new Set<string>();
  const follow = (output: string): void => {
    if (found.has(output) || outputs[output] === undefined) return;
    found.add(output);
    for (const { path, kind } of outputs[output].imports) if (kind !== 'dynamic-import') follow(path);
  };
  follow(entry);
  return found;
};

/** Makes of `functions/<name>.ts` the folder that Lambda would unpack (/var/task): its bundle and the files beside it. */
export const bundle = async (name: string, folder: string): Promise<Bundle> => {
  const { metafile } = await build({
    absWorkingDir: home,
    entryPoints: [`functions/${name}.ts`],
    outdir: folder,
    entryNames: `functions/[name]`,
    outExtension: { '.js': '.mjs' },
    ...{ bundle: true, splitting: true, minify: true, keepNames: true, metafile: true },
    ...{ platform: 'node', format: 'esm', target: 'esnext', mainFields: ['module', 'main'] },
    external: ['sharp', 'pg-native'],
    banner: { js: banner },
    logLevel: 'error',
  });
  for (const { from, to } of [...files.every, ...(name === 'api' ? files.api : [])])
    cpSync(join(home, from), join(folder, to), { recursive: true });
  const [node, ...given] = policiesInto(folder);
  execFileSync(join(home, node), given, { cwd: home, timeout: 120_000 });
  const { outputs } = metafile;
  const entry =
    Object.keys(outputs).find((path) => outputs[path]?.entryPoint === `functions/${name}.ts`) ?? '';
  const bytes = new Map<string, number>();
  let initialBytes = 0;
  for (const path of firstOf(outputs, entry)) {
    initialBytes += outputs[path]?.bytes ?? 0;
    for (const [input, { bytesInOutput }] of Object.entries(outputs[path]?.inputs ?? {}))
      bytes.set(packageOf(input), (bytes.get(packageOf(input)) ?? 0) + bytesInOutput);
  }
  return {
    entry: resolve(home, entry),
    initialBytes,
    allBytes: Object.values(outputs).reduce((sum, output) => sum + output.bytes, 0),
    packages: [...bytes].sort((a, b) => b[1] - a[1]),
  };
};
