import { auditOf, runCommands } from '@gongkai/local/cli';
import { stageOptions, withOffice } from './deployed.ts';

await runCommands({
  name: 'gongkai aws',
  commands: {
    init: async () => (await import('./init.ts')).init,
    doctor: async () => (await import('./doctor.ts')).doctor,
    'certificate-request': async () => (await import('./certificate-request.ts')).request,
    audit: async () => {
      const audit = auditOf(withOffice, stageOptions);
      return { ...audit, usage: audit.usage.replaceAll(/audit (export|check)/g, 'audit $1 --stage NAME') };
    },
  },
  notes: [
    '  --stage  部署的名称（npx sst deploy --stage）/ name of the deployment      --region  AWS 地区 / region',
    '  --json   机器可读输出 / output for machines      凭证与 AWS 命令行相同 / credentials as for the AWS tools',
  ],
});
