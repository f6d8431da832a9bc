import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { auditKeys, handOverKey, machine } from '@gongkai/core';
import { FileSigner, FolderLock } from '@gongkai/embedded';
import { dataFolder } from '../configuration.ts';
import { places } from '../host.ts';
import { type Command, type ExitCode, type Given, WrongUse } from './command.ts';
import { withHost } from './with-host.ts';

const list = (given: Given): Promise<ExitCode> =>
  withHost(given, async ({ office }) => {
    const known = await auditKeys(office);
    const keys = known.length > 0 ? known : [office.signer.publicKey];
    given.say(
      { ok: true, keys, inForce: keys.at(-1) },
      keys.map(
        (key, at) => `${key}${at === keys.length - 1 ? '  现用 / in force' : '  已移交 / handed over'}`,
      ),
    );
    return 0;
  });

/** Killed anywhere, run again: the next key is made once, the handover is one commit, and the host finishes the rest. */
const rotate = async (given: Given): Promise<ExitCode> => {
  const place = places(dataFolder(given.value('data')));
  return withHost(given, async ({ office }) => {
    const next = existsSync(place.nextKey)
      ? await FileSigner.open(place.nextKey)
      : await FileSigner.create(place.nextKey);
    const { size, note } = await handOverKey(office, next, machine('keys'));
    await rename(place.nextKey, place.key);
    given.say({ ok: true, from: office.signer.publicKey, publicKey: next.publicKey, size, note }, [
      `密钥已移交，记入审计第 ${size - 1} 条。旧私钥文件已删除，旧备份中仍有。 / handed over, entry ${size - 1} of the audit log; the old private key's file is gone (older backups still hold it)`,
      `旧公钥 / old public key: ${office.signer.publicKey}`,
      `新公钥（请公布，并抄存在别处）/ new public key, publish it and keep it elsewhere: ${next.publicKey}`,
      '移交说明（新旧两把密钥签署，请一并保存）/ the handover, signed by both keys, keep it too:',
      note,
    ]);
    return 0;
  });
};

export const keys: Command = {
  name: 'keys',
  usage: 'keys list | keys rotate',
  zh: '列出单位的签名公钥；更换签名密钥：由旧密钥移交给新密钥，记入审计（须先停止运行）',
  en: 'lists the public keys of the office; rotates the key: the old one hands over to a new one, in the audit log (stop the office first)',
  run: async (given) => {
    const [what] = given.words;
    if (what === 'list') return list(given);
    if (what !== 'rotate') throw new WrongUse('list | rotate');
    const data = dataFolder(given.value('data'));
    // A running office holds the old key and would stop signing.
    const lock = existsSync(data) ? await FolderLock.take(places(data).running) : undefined;
    if (existsSync(data) && lock === undefined) {
      process.stderr.write(
        `${data} 里的单位正在运行，请先停止，没有改动。 / The office in ${data} is running; stop it first. Nothing was changed.\n`,
      );
      return 1;
    }
    try {
      return await rotate(given);
    } finally {
      lock?.release();
    }
  },
};
