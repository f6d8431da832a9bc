// Runs under whatever Node the machine has (20 or newer): brings in the pinned pnpm, the packages of one purpose,
// and the pinned Node 24 (an npm package) that runs everything else. Plain JavaScript, no dependencies.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const home = dirname(dirname(fileURLToPath(import.meta.url)));
const pnpm = 'pnpm@12.21.0';
const mark = join(home, 'node_modules', '.gongkai-installed');

/** What a purpose needs: to run the product it is neither test tools nor CDK and SST. */
const scopes = {
  run: ['--prod', '--filter', 'gongkai', '--filter', '@gongkai/local...', '--filter', '@gongkai/console...'],
  /** `gongkai aws …`: AWS' own clients besides. */
  aws: [
    '--prod',
    '--filter',
    'gongkai',
    '--filter',
    '@gongkai/local...',
    '--filter',
    '@gongkai/console...',
    '--filter',
    '@gongkai/cloud...',
  ],
  all: [],
};

/** Which installations hold what a scope needs. */
const holds = { run: ['run', 'aws', 'all'], aws: ['aws', 'all'], all: ['all'] };

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(
    `需要 Node.js 20 或更新版本，本机是 ${process.version}。\nNode.js 20 or newer is needed; this is ${process.version}.`,
  );
  process.exit(3);
}

const fingerprint = () => {
  const hash = createHash('sha256');
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(home, name)));
  return hash.digest('hex');
};

const installed = () => {
  try {
    return JSON.parse(readFileSync(mark, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Installs the packages of a scope unless that, or more, is there already for this lockfile. */
export const install = (scope) => {
  const there = installed();
  const wanted = fingerprint();
  if (there?.fingerprint === wanted && holds[scope].includes(there.scope) && existsSync(node())) return;
  // Whoever has the tests' packages keeps them: starting the product must not take them away.
  const kept = existsSync(join(home, 'node_modules', 'vitest'))
    ? 'all'
    : holds[scope].includes(there?.scope)
      ? there.scope
      : scope;
  const started = Date.now();
  console.error('正在安装所需的软件包… / Installing packages…');
  rmSync(mark, { force: true });
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  const { status } = spawnSync(
    npx,
    ['--yes', pnpm, 'install', '--frozen-lockfile', '--reporter=append-only', ...scopes[kept]],
    {
      cwd: home,
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
      env: { ...process.env, npm_config_nodedir: undefined },
    },
  );
  if (status !== 0) {
    console.error(
      '安装失败：请检查网络或软件源后重试。\nThe installation failed: check the network or the registry and try again.',
    );
    process.exit(3);
  }
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, JSON.stringify({ fingerprint: wanted, scope: kept }));
  console.error(`安装完成，用时 ${Math.round((Date.now() - started) / 1000)} 秒。/ Installed.`);
};

/** The pinned Node. */
export const node = () =>
  join(home, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * Runs a program under the pinned Node; resolves to its exit code. A signal to this process goes to the program,
 * which stops in its own time: nobody is left behind, nothing is cut off half-way.
 */
export const run = (args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(node(), args, {
      stdio: 'inherit',
      cwd: options.cwd ?? process.cwd(),
      env: { ...process.env, PATH: `${dirname(node())}${delimiter}${process.env.PATH}`, ...options.env },
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', (cause) => {
      console.error(cause.message);
      resolve(3);
    });
    child.on('exit', (code) => resolve(code ?? 3));
  });
