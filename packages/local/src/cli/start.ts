import { existsSync, readdirSync } from 'node:fs';
import { allPeople } from '@gongkai/core';

import { dataFolder } from '../configuration.ts';
import {
  type Credential,
  carry,
  credentials,
  foundStaff,
  isDemonstration,
  programme,
  signedIn,
} from '../demonstration/index.ts';
import { type Host, openHost } from '../host.ts';
import { jsonLog, type Log } from '../log.ts';
import { isBegun } from '../office-files.ts';
import { type Running, run } from '../server.ts';
import { openKeys } from '../signing/index.ts';
import { AlreadyRunning } from '../take-over.ts';
import { uploadsWait } from './checks.ts';
import { type Command, WrongUse } from './command.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const portOf = (text: string | undefined): { port?: number } => {
  if (text === undefined) return {};
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new WrongUse(`--port ${text}`);
  return { port };
};

/** The demonstration's documents go their way while the product is already there to be looked at. */
const fillDemonstration = async (
  running: Running,
  people: readonly Credential[],
  log: Log,
): Promise<void> => {
  const staff = await signedIn(running.address, people, running.site);
  let stuck = 0;
  for (const [index, entry] of programme.entries()) {
    const document = { document: `${index + 1}/${programme.length}`, file: entry.files[0] };
    try {
      const view = await carry(staff, entry, entry.until, () => {});
      log('info', 'demonstration', { ...document, state: view.item.state });
    } catch (cause) {
      // A machine under load may refuse one of them; the others are still worth seeing.
      stuck += 1;
      log('warn', 'demonstration', { ...document, error: String(cause) });
    }
  }
  const done = programme.length - stuck;
  say(`演示文件已就绪（${done}/${programme.length} 件）。/ The demonstration's documents are ready.`);
};

const welcome = (running: Running, host: Host): void => {
  say('');
  say(`  公开目录 catalogue   ${running.address}/`);
  say(`  控制台   console     ${running.address}/console/`);
  say(`  接口     API         ${running.address}/api/openapi.json`);
  if (isDemonstration(host.data)) {
    say('');
    say('  这是演示：单位、人员和密码都是虚构的，只存在于本机的数据文件夹。');
    say('  This is a demonstration: office, people and passwords exist only in this data folder.');
    for (const { account, name, duty, password } of credentials(host.data))
      say(`    ${account.padEnd(9)} ${password}   ${name}（${duty}）`);
    say('  真实单位请用 / for a real office: npx gongkai init');
  }
  say('');
};

const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });

export const start: Command = {
  name: 'start',
  usage: 'start [--port 8080] [--empty]',
  zh: '启动：公开目录、控制台、接口都在一个地址',
  en: 'starts the product: catalogue, console and API on one address',
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    empty: { type: 'boolean' },
    demonstration: { type: 'boolean' },
    verbose: { type: 'boolean' },
  },
  run: async (given) => {
    const data = dataFolder(given.value('data'));
    const fresh = !isBegun(data);
    const wantDemonstration = given.flag('demonstration') && !given.flag('empty');
    if (
      fresh &&
      existsSync(data) &&
      readdirSync(data).some((name) => name !== 'gongkai.yaml' && name !== 'running.lock')
    )
      throw new WrongUse(`${data} 不是空的，也不是一个单位 / is neither empty nor an office`);
    const host = await openHost(data, {
      ...portOf(given.value('port')),
      ...(given.value('host') ? { host: given.value('host') as string } : {}),
    });
    const log = jsonLog(given.flag('verbose') ? undefined : errorsOnly);
    try {
      // Better said now than when the first release waits for its signature.
      if (host.configuration.signing) await openKeys(host.configuration.signing);
      // Killed before its first people were there, an office is still fresh; a demonstration founds the rest of them.
      const empty = (await allPeople(host.office)).length === 0;
      const people =
        wantDemonstration && (empty || isDemonstration(data)) ? await foundStaff(host.office, data) : [];
      const running = await run(host, log).catch((cause: NodeJS.ErrnoException) => {
        if (cause instanceof AlreadyRunning) throw new WrongUse(cause.message);
        if (cause.code !== 'EADDRINUSE') throw cause;
        throw new WrongUse(
          `端口 ${host.configuration.port} 已被占用，请用 --port 另选 / port ${host.configuration.port} is taken, choose another with --port`,
        );
      });
      host.machines.warm();
      const stopped = untilSignal();
      welcome(running, host);
      uploadsWait(host.policy.limits.scanner).then(
        (why) => why && say(`  ! ${why.zh}\n    ${why.en}\n`),
        (cause: unknown) => log('warn', 'scanner', { error: String(cause) }),
      );
      if (wantDemonstration && empty)
        fillDemonstration(running, people, log).catch((cause: unknown) =>
          log('error', 'demonstration', { error: String(cause) }),
        );
      await stopped;
      say('正在停止… / stopping…');
      await running.stop();
      return 0;
    } finally {
      await host.close();
    }
  },
};

const errorsOnly = (line: string): void => {
  if (/"level":"(warn|error)"/.test(line)) process.stderr.write(`${line}\n`);
};
