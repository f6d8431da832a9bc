import { writeFile } from 'node:fs/promises';
import { certificateRequest } from '@gongkai/aws';
import { type Command, WrongUse } from '@gongkai/local/cli';
import { stageOptions, withOffice } from './deployed.ts';

/** Asked before the deployment knows the key: it is set together with the certificate that comes of this. */
export const request: Command = {
  name: 'certificate-request',
  usage: 'certificate-request --stage NAME [--region REGION] --key ARN [--name 单位全称] --out FILE.csr',
  zh: '用 KMS 里的密钥写证书申请（PKCS#10），交认证机构签发电子签名证书',
  en: 'a request (PKCS#10) over a key in KMS, for an authority to certify the office’s signing key',
  options: {
    ...stageOptions,
    key: { type: 'string' },
    name: { type: 'string' },
    out: { type: 'string' },
  },
  run: async (given) => {
    const key = given.value('key');
    const out = given.value('out');
    if (!key || !out) throw new WrongUse('--key ARN --out FILE.csr');
    return withOffice(given, async ({ policy }) => {
      const { kms } = await import('../office.ts');
      const name = given.value('name') ?? policy.office.name;
      await writeFile(out, await certificateRequest(kms, key, name), { flag: 'wx' });
      given.say({ ok: true, out, name }, [
        `证书申请已写好 / request written: ${out}（${name}）`,
        '交认证机构；证书回来后见 docs/deploy.md“Signing releases” / to the authority; then docs/deploy.md, “Signing releases”',
      ]);
      return 0;
    });
  },
};
