import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { templateFile } from '@gongkai/foundation';
import { pythonTool } from './installed.ts';

const server = pythonTool('moto_server');
export const motoMissing = server.missing;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

export type Account = {
  readonly connection: {
    readonly region: string;
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** The foundation's outputs. */
  readonly told: Readonly<Record<string, string>>;
  end(): void;
};

/** An account in moto with the foundation in it, as infra/kept.ts sends it. */
export const motoAccount = async (): Promise<Account> => {
  const port = await freePort();
  const connection = {
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  };
  const moto = spawn(server.path, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  process.once('exit', () => moto.kill('SIGKILL'));
  const until = Date.now() + 60_000;
  while (!(await fetch(`${connection.endpoint}/moto-api/`).catch(() => undefined))?.ok) {
    if (Date.now() > until) throw new Error('the moto server does not answer');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const client = new CloudFormationClient(connection);
  const StackName = 'gongkai-test';
  await client.send(
    new CreateStackCommand({
      StackName,
      TemplateBody: JSON.stringify(JSON.parse(readFileSync(templateFile, 'utf8'))),
      Parameters: [{ ParameterKey: 'AuditRetentionDays', ParameterValue: '1' }],
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const [stack] = Stacks ?? [];
  if (stack?.StackStatus !== 'CREATE_COMPLETE') {
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName }));
    throw new Error(`the stack is ${stack?.StackStatus}: ${JSON.stringify(StackEvents?.slice(0, 3))}`);
  }
  const told = Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']),
  );
  return { connection, told, end: () => moto.kill() };
};
