import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../packages/local/src/cli/main.ts', import.meta.url));

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === 'object' && bound ? bound.port : 0));
    });
  });

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** The product's command line as its own process group, as a person would have it in a terminal. */
export const launch = (args: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  return { child, ended };
};

export const killGroup = (child: ChildProcess): void => {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
};

/** Runs a command to its end. */
export const command = (...args: string[]): Promise<Ended> => launch(args).ended;

export type Life = { readonly kill: () => Promise<Ended>; readonly stop: () => Promise<Ended> };

/** Starts the product and waits until it answers. Throws with what it said when it ends instead. */
export const live = async (data: string, port: number): Promise<Life> => {
  const { child, ended } = launch(['start', '--demonstration', '--data', data, '--port', String(port)]);
  let over: Ended | undefined;
  void ended.then((end) => {
    over = end;
  });
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    if (over) throw new Error(`the product ended: ${over.code} ${over.out} ${over.err}`);
    const answers = await fetch(`http://127.0.0.1:${port}/api/openapi.json`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers)
      return {
        kill: () => {
          killGroup(child);
          return ended;
        },
        stop: () => {
          child.kill('SIGTERM');
          return ended;
        },
      };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  killGroup(child);
  throw new Error('the product did not answer within a minute');
};

/** Processes whose command line speaks of the folder: the product and its cages. */
export const processesOf = (folder: string): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(folder) ? [`${pid} ${line.slice(0, 200)}`] : [];
      } catch {
        return []; // gone meanwhile
      }
    });
