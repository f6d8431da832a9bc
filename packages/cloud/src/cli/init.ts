import { foundPerson } from '@gongkai/api/people';
import { isFounded } from '@gongkai/core';
import { type Command, readPassword, WrongUse } from '@gongkai/local/cli';
import { stageOptions, withOffice } from './deployed.ts';

/** Table, buckets and keys are the deployment's; what an office needs besides is somebody who can sign in. */
export const init: Command = {
  name: 'init',
  usage: 'init --stage NAME [--region REGION] --administrator ACCOUNT --name 姓名 [--password-stdin]',
  zh: '为刚部署好的单位建立第一个管理员',
  en: 'founds the first administrator of an office that was just deployed',
  options: {
    ...stageOptions,
    administrator: { type: 'string' },
    name: { type: 'string' },
    'password-stdin': { type: 'boolean' },
  },
  run: async (given) => {
    const account = given.value('administrator');
    const name = given.value('name');
    if (!account || !name) throw new WrongUse('--administrator ACCOUNT --name 姓名');
    return withOffice(given, async (office) => {
      if (await isFounded(office)) {
        process.stderr.write(
          '这个部署里已经有一个单位，没有改动。 / There is an office in this deployment already; nothing was changed.\n',
        );
        return 1;
      }
      const password = await readPassword(given.flag('password-stdin'));
      const made = await foundPerson(office, { account, name, password, roles: ['administrator'] });
      if (!made.ok) return given.refuse(made.error);
      const { publicUrl, signer } = office;
      given.say({ ok: true, account, publicUrl, publicKey: signer.publicKey }, [
        `单位已建立：${office.policy.office.name}`,
        `管理员 / administrator: ${account}`,
        `审计公钥（请抄存在别处）/ audit public key, keep it elsewhere: ${signer.publicKey}`,
        `登录 / sign in: ${publicUrl}/console/`,
      ]);
      return 0;
    });
  },
};
