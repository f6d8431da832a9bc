import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { foundPerson } from '@gongkai/api/people';
import { isFounded } from '@gongkai/core';
import { stringify } from 'yaml';
import { configurationFile, dataFolder } from '../configuration.ts';
import { openHost } from '../host.ts';
import { isBegun } from '../office-files.ts';
import { type Command, WrongUse } from './command.ts';
import { readPassword } from './password.ts';

export const init: Command = {
  name: 'init',
  usage:
    'init [--policy default] [--port 8080] [--public-url https://…] --administrator ACCOUNT --name 姓名 [--password-stdin]',
  zh: '为一个真实单位建立数据文件夹、密钥和第一个管理员',
  en: 'begins a real office: data folder, key, first administrator',
  options: {
    policy: { type: 'string' },
    port: { type: 'string' },
    'public-url': { type: 'string' },
    administrator: { type: 'string' },
    name: { type: 'string' },
    'password-stdin': { type: 'boolean' },
  },
  run: async (given) => {
    const data = dataFolder(given.value('data'));
    if (isBegun(data) && (await hasPeople(data))) {
      process.stderr.write(
        `${data} 里已经有一个单位，没有改动。 / There is an office in ${data} already; nothing was changed.\n`,
      );
      return 1;
    }
    const account = given.value('administrator');
    const name = given.value('name');
    if (!account || !name) throw new WrongUse('--administrator ACCOUNT --name 姓名');
    const password = await readPassword(given.flag('password-stdin'));
    mkdirSync(data, { recursive: true, mode: 0o700 });
    const settings = {
      ...(given.value('policy') ? { policy: given.value('policy') } : {}),
      ...(given.value('port') ? { port: Number(given.value('port')) } : {}),
      ...(given.value('public-url') ? { publicUrl: given.value('public-url') } : {}),
    };
    const file = configurationFile(data);
    const written = !existsSync(file);
    if (written) writeFileSync(file, stringify(settings), { mode: 0o600 });
    const host = await openHost(data);
    try {
      const made = await foundPerson(host.office, { account, name, password, roles: ['administrator'] });
      if (!made.ok) {
        // The next try brings its own settings.
        if (written) rmSync(file);
        return given.refuse(made.error);
      }
      given.say({ ok: true, data, account, publicKey: host.office.signer.publicKey }, [
        `单位已建立：${data}`,
        `管理员 / administrator: ${account}`,
        `审计公钥（请抄存在别处）/ audit public key, keep it elsewhere: ${host.office.signer.publicKey}`,
        `启动 / start it: npx gongkai start --data ${data}`,
      ]);
      return 0;
    } finally {
      await host.close();
    }
  },
};

/** A folder whose first administrator was refused (a weak password) or never written (killed) may begin again. */
const hasPeople = async (data: string): Promise<boolean> => {
  const host = await openHost(data);
  try {
    return await isFounded(host.office);
  } finally {
    await host.close();
  }
};
