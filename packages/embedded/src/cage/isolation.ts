import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folders (absolute) that caged code may touch besides its own code. */
export type Folders = { readonly read: readonly string[]; readonly write: readonly string[] };

/** The repository (or the deployed bundle): the outermost folder with a package.json above the entry. */
const codeFolder = (entry: URL): string => {
  let found = dirname(fileURLToPath(entry));
  for (let folder = found; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) found = folder;
    if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
  }
  return found;
};

/**
 * What the code needs to read of its own. Never the whole checkout: an office's data folder with its key stands in
 * it by default.
 */
const codeParts = (entry: URL): readonly string[] => {
  const root = codeFolder(entry);
  return existsSync(join(root, 'packages'))
    ? ['packages', 'node_modules', 'package.json'].map((part) => join(root, part)).filter(existsSync)
    : [root];
};

const works = (command: readonly string[]): boolean => {
  const [program, ...rest] = command;
  return program !== undefined && spawnSync(program, rest, { timeout: 5_000 }).status === 0;
};

let kernel: readonly string[] | undefined;
/**
 * What the kernel gives without root, tried once: an empty network namespace, and death with the parent.
 * In this order, because entering a user namespace clears the death signal (prctl(2), PR_SET_PDEATHSIG).
 */
export const kernelIsolation = (): readonly string[] => {
  if (kernel !== undefined) return kernel;
  if (process.platform !== 'linux') {
    kernel = [];
    return kernel;
  }
  const network = ['unshare', '--map-current-user', '--net'];
  const mortal = ['setpriv', '--pdeathsig', 'KILL'];
  kernel = [...(works([...network, 'true']) ? network : []), ...(works([...mortal, 'true']) ? mortal : [])];
  return kernel;
};

/** The command line of a cell: program first. `folders` undefined means no limits on files. */
export const commandLine = (entry: URL, memoryMb: number, folders: Folders | undefined): string[] => {
  const permissions =
    folders === undefined
      ? []
      : [
          '--permission',
          '--allow-worker',
          // Typst is a native addon. It is our own dependency; the hostile part is the document.
          '--allow-addons',
          ...[...codeParts(entry), ...folders.read, ...folders.write].map((it) => `--allow-fs-read=${it}`),
          ...folders.write.map((it) => `--allow-fs-write=${it}`),
        ];
  return [
    ...kernelIsolation(),
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    `--max-old-space-size=${memoryMb}`,
    ...permissions,
    // Not --import: that one does not hold for worker threads made from a string.
    '--require',
    fileURLToPath(new URL('./lockdown.ts', import.meta.url)),
    fileURLToPath(new URL('./resident.ts', import.meta.url)),
    entry.href,
  ];
};

/** Nothing of the host's environment (keys, tokens, proxies) but what a program needs to start. */
export const cleanEnvironment = (
  extra: Readonly<Record<string, string>>,
  memoryMb: number,
): NodeJS.ProcessEnv => {
  const kept = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'LD_LIBRARY_PATH'];
  const env: NodeJS.ProcessEnv = { CAGE_MEMORY_BYTES: String(memoryMb * 1024 * 1024) };
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return { ...env, ...extra };
};
