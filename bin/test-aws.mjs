// `npm run test:aws`: the contract suites of the ports over a real AWS account, in tables and buckets of their own that
// are deleted afterwards. Only when somebody says so, by naming the scratch stage; never a stage where people work.
import { join } from 'node:path';
import { home, install, run } from './install.mjs';

const prefix = process.env.GONGKAI_TEST_AWS;
const region = process.env.AWS_REGION;
const refuse = (zh, en) => {
  console.error(`${zh}\n${en}`);
  process.exit(2);
};
if (prefix === undefined)
  refuse(
    '没有运行：这会在您的 AWS 账户里新建并删除表、桶和密钥。确认后请写明试验用的名称，例如 GONGKAI_TEST_AWS=gongkai-scratch AWS_PROFILE=… AWS_REGION=… npm run test:aws',
    'Not run: this makes and deletes a table, buckets and a key in your AWS account. If you mean it, name the scratch stage, e.g. GONGKAI_TEST_AWS=gongkai-scratch AWS_PROFILE=… AWS_REGION=… npm run test:aws',
  );
if (!/^gongkai-scratch(-[a-z0-9]{1,12})?$/.test(prefix))
  refuse(
    `没有运行：GONGKAI_TEST_AWS 须为 gongkai-scratch 或 gongkai-scratch-名称（小写字母和数字），不是“${prefix}”。正式环境的名称一律不接受。`,
    `Not run: GONGKAI_TEST_AWS must be gongkai-scratch or gongkai-scratch-NAME (small letters and digits), not “${prefix}”. No name of a real stage is taken.`,
  );
if (region === undefined) refuse('没有运行：请写明 AWS_REGION。', 'Not run: say which region, AWS_REGION.');

install('all');
process.exit(
  await run([
    join(home, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--config',
    join(home, 'test/aws/vitest.config.ts'),
    ...process.argv.slice(2),
  ]),
);
