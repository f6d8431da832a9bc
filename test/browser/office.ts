import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { foundPerson } from '@gongkai/api/people';
import { everyPublication, heldOf, type Role, sweep } from '@gongkai/core';
import { openHost } from '@gongkai/local';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Configuration } from '../../packages/local/src/configuration.ts';
import { foundStaff } from '../../packages/local/src/demonstration/index.ts';
import type { Log } from '../../packages/local/src/log.ts';
import { run } from '../../packages/local/src/server.ts';
import { notRun } from '../not-run.ts';
import { ShiftableClock } from './shiftable-clock.ts';

export const home = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const program = process.env.GONGKAI_CHROMIUM ?? '/usr/bin/chromium';

/** For `describe.skipIf`: says why when there is no browser. */
export const noBrowser = (): boolean =>
  notRun(!existsSync(program), 'the console and the catalogue in a real browser', `there is no ${program}`);

/** Two that the demonstration does not have: one person with two roles, who must still not review their own work. */
const more = {
  account: 'shuangjue',
  name: '双珏',
  department: '党政办',
  roles: ['maker', 'first-reviewer'] as const satisfies readonly Role[],
  password: 'liang-zhong-juese-yiren',
};

/** A port that was free a moment ago: the address is printed into QR codes, so it must be known before the start. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

/** As `npm test` does it, for whoever runs one file: built anew only when its sources have changed. */
const buildConsole = async (): Promise<void> => {
  const built: { buildConsole(): Promise<void> } = await import(
    pathToFileURL(join(home, 'bin/console.mjs')).href
  );
  await built.buildConsole();
};

/** Debian's chromium, speaking Chinese: its own words stand in file fields and dates. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu', '--lang=zh-CN'],
    env: { ...process.env, LANGUAGE: 'zh_CN' },
  });

export const contextsOf =
  (browser: Browser, address: string) =>
  async (options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> => {
    const made = await browser.newContext({
      baseURL: address,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      ...options,
    });
    // Other tests run beside these, on as little as two cores.
    made.setDefaultTimeout(30_000);
    return made;
  };

export type BrowserOffice = {
  readonly address: string;
  readonly clock: ShiftableClock;
  /** What the office's clock does every minute, done now until nothing is due any more. */
  sweep(): Promise<void>;
  /** The password of an account of the demonstration's staff. */
  password(account: string): string;
  /** A browser of one's own: nothing is shared with anyone else's. */
  context(options?: Parameters<Browser['newContext']>[0]): Promise<BrowserContext>;
  page(options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
  /** Closes every page; after a failed test pictures of them first and what waited, for whoever has to find out why. */
  tidy(test: {
    readonly name: string;
    readonly result?: { readonly state: string } | undefined;
  }): Promise<void>;
  close(): Promise<void>;
};

/**
 * The real product on a port of its own, with the demonstration's staff and no document, and a real browser.
 * `warm`: starts the machines (LibreOffice takes seconds) while the rest is made ready.
 */
export const openOffice = async ({
  warm = false,
  policy,
  oidc,
}: {
  warm?: boolean;
  /** A policy file; the default otherwise. */
  policy?: string;
  /** The office's provider, once the address of the office is known. */
  oidc?: (address: string, data: string) => Promise<Configuration['oidc']>;
} = {}): Promise<BrowserOffice> => {
  await buildConsole();
  const data = mkdtempSync(join(tmpdir(), 'gongkai-browser-'));
  const clock = new ShiftableClock();
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const provider = oidc && (await oidc(publicUrl, data));
  const host = await openHost(
    data,
    { port, publicUrl, ...(policy ? { policy } : {}), ...(provider ? { oidc: provider } : {}) },
    clock,
  );
  if (warm) host.machines.warm();
  const known = await foundStaff(host.office, data);
  const founded = await foundPerson(host.office, { ...more, roles: [...more.roles] });
  if (!founded.ok) throw new Error(founded.error.code);
  // What nobody reads unless a step fails: a station that is tried again says so here and nowhere else.
  const told: string[] = [];
  const log: Log = (level, event, fields) => {
    if (level === 'warn' || level === 'error')
      told.push(JSON.stringify([host.office.clock.now(), event, fields]));
  };
  const running = await run(host, log);
  const browser = await openBrowser();
  const context = contextsOf(browser, running.address);
  return {
    address: running.address,
    clock,
    sweep: async () => {
      // What is due after so many times is due for ever: then the test fails instead of going round in circles.
      for (let times = 0; (await sweep(host.office)).length > 0; times += 1) {
        if (times === 100) throw new Error('swept a hundred times, and something is still due');
        await new Promise((turn) => setImmediate(turn));
      }
    },
    password: (account) => {
      const password = [more, ...known].find((one) => one.account === account)?.password;
      if (password === undefined) throw new Error(`nobody here is called ${account}`);
      return password;
    },
    context,
    page: async (options) => (await context(options)).newPage(),
    tidy: async ({ name, result }) => {
      if (result?.state === 'fail') {
        const [held, dead] = [await heldOf(host.office), await host.office.queue.deadLetters()];
        console.error('what waited:', JSON.stringify(held), JSON.stringify(dead), ...told);
        for await (const item of everyPublication(host.office))
          console.error(
            item.id,
            item.state,
            item.since,
            item.trouble,
            item.files.map((file) => file.progress),
          );
      }
      for (const context of browser.contexts()) {
        if (result?.state === 'fail')
          for (const [n, page] of context.pages().entries())
            await shot(page, `failed ${name} ${browser.contexts().length} ${n}`).catch(() => {});
        await context.close();
      }
    },
    close: async () => {
      await browser.close();
      await running.stop();
      await host.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
};

/** Writes a picture of the screen where GONGKAI_SHOTS says, so that people look at what the tests see. */
export const shot = async (page: Page, name: string, fullPage = false): Promise<void> => {
  const folder = process.env.GONGKAI_SHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: 'disabled' });
};
