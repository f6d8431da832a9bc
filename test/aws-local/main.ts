import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foundStaff } from '@gongkai/local/demonstration';
import { operatorOf } from './command.ts';
import { awsLocalMissing, startAwsLocal } from './index.ts';
import { officeOf } from './office.ts';

/** `npm run start:aws-local`: the product on AWS, on this machine, with the demonstration's people. */
const say = (text: string): void => void process.stdout.write(`${text}\n`);

if (awsLocalMissing !== undefined) {
  say(`不能在本机模拟 AWS：${awsLocalMissing}\nAWS cannot be played here: ${awsLocalMissing}`);
  process.exit(1);
}
const given = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const verbose = process.argv.includes('--verbose');
const aws = await startAwsLocal({
  port: Number(given('port') ?? 8085),
  seed: Number(given('seed') ?? 20_261_126),
  log: (line) => {
    if (verbose || /"level":"(warn|error)"|rror:|timed out/.test(line)) process.stderr.write(`${line}\n`);
  },
});
const folder = mkdtempSync(join(tmpdir(), 'gongkai-aws-local-'));
const people = await foundStaff(await officeOf(aws), folder);
say(`
  公开目录 catalogue   ${aws.address}/
  控制台   console     ${aws.address}/console/

  这是开发用的模拟：DynamoDB Local 与真的 S3 服务；一停就全部消失。
  For development: DynamoDB Local and a real S3 server; everything is gone when it stops.`);
for (const { account, name, duty, password } of people)
  say(`    ${account.padEnd(9)} ${password}   ${name}（${duty}）`);
say(`\n  npx gongkai demo --server ${aws.address} --people ${join(folder, 'demonstration.json')}`);
const operator = Object.entries(operatorOf(aws)).map(([name, value]) => `${name}=${value}`);
say(`  ${operator.join(' ')} npx gongkai aws doctor --stage local\n`);

await new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
});
say('正在停止… / stopping…');
await aws.end();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
