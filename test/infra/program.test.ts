import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { blobPrefix } from '@gongkai/aws';
import { outputs, timeoutSeconds } from '@gongkai/foundation';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { notRun } from '../not-run.ts';
import { functionsOf, type Made, readFromRoot, runProgram } from './program.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the program makes where these settings are given. It reads them when it is loaded. */
const under = async (given: Readonly<Record<string, string>>): Promise<readonly Made[]> => {
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
  vi.resetModules();
  try {
    return await runProgram();
  } finally {
    vi.unstubAllEnvs();
  }
};

describe('the program of sst.config.ts', () => {
  let made: readonly Made[];
  let functions: ReturnType<typeof functionsOf>;
  const one = (type: string, name?: string): Made => {
    const found = made.filter((each) => each.type === type && (name === undefined || each.name === name));
    if (found.length !== 1 || found[0] === undefined)
      throw new Error(`${found.length} of ${type} ${name ?? ''}`);
    return found[0];
  };

  beforeAll(async () => {
    made = await runProgram();
    functions = functionsOf(made);
  });

  it('makes these and no others', () => {
    expect(made.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      'CronV2 Clock',
      'CronV2 Upkeep',
      'Dynamo.subscribe Outbox',
      'Function Api',
      'Parameter Settings',
      'Queue.subscribe <StationsQueueArn>',
      'Queue.subscribe <UploadsQueueArn>',
      'Role MachinesRole',
      'RolePolicy MachinesRights',
      'Router Site',
      'Stack Foundation',
      'StaticSite Console',
      'aws.Function Machines',
    ]);
  });

  it('deploys the committed template, small enough, and lets nobody take it away', () => {
    const { args, options } = one('Stack');
    expect(JSON.parse(String(args.templateBody))).toEqual(
      JSON.parse(readFromRoot('infra/foundation/template.json')),
    );
    expect(Buffer.byteLength(String(args.templateBody))).toBeLessThan(51_200);
    expect(options).toMatchObject({ protect: true, retainOnDelete: true });
    expect(args.capabilities).toEqual(['CAPABILITY_IAM']);
  });

  it('builds the policies as JSON into every function, so that none reads YAML before it can answer', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gongkai-built-'));
    type Hook = { readonly postbuild: (folder: string) => Promise<void> };
    for (const [name, { hook }] of Object.entries(functions)) {
      const built = join(folder, name);
      await (hook as Hook).postbuild(built);
      for (const policy of readdirSync(`${root}policies`)) {
        const file = join(built, 'policies', policy.replace('.yaml', '.json'));
        expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(parse(readFromRoot(`policies/${policy}`)));
      }
    }
    rmSync(folder, { recursive: true });
    expect(Object.keys(functions).length).toBeGreaterThan(5);
  });

  it('reads no output that the foundation does not tell', () => {
    const read = new Set(JSON.stringify(made).match(/(?<=<)\w+(?=>)/g));
    expect([...read].filter((name) => !(outputs as readonly string[]).includes(name))).toEqual([]);
    expect(JSON.stringify(made)).not.toContain('undefined');
  });

  it('has a file of at most fifteen lines for every function, and a function for every such file', () => {
    const triggers = readdirSync(`${root}functions`)
      .filter(
        (name) => name.endsWith('.ts') && readFromRoot(`functions/${name}`).includes('export const handler'),
      )
      .sort();
    expect(triggers).toEqual([...Object.keys(functions), 'machines'].map((name) => `${name}.ts`).sort());
    for (const name of triggers)
      expect(readFromRoot(`functions/${name}`).trimEnd().split('\n').length, name).toBeLessThanOrEqual(15);
  });

  it('gives each function its time, its memory and the way that its failures go', () => {
    const measures = Object.entries(functions).map(([name, { timeout, memory }]) => [name, timeout, memory]);
    expect(Object.fromEntries(measures.map(([name, ...rest]) => [name, rest]))).toEqual({
      api: ['30 seconds', '1769 MB'],
      stations: [`${timeoutSeconds.stations} seconds`, '1024 MB'],
      uploads: [`${timeoutSeconds.uploads} seconds`, '512 MB'],
      stream: ['60 seconds', '512 MB'],
      clock: ['55 seconds', '512 MB'],
      upkeep: ['900 seconds', '512 MB'],
    });
    // Queues made in the foundation have their dead letters there (foundation.test.ts).
    for (const name of ['<StationsQueueArn>', '<UploadsQueueArn>'])
      expect(one('Queue.subscribe', name).args.batch).toMatchObject({ partialResponses: true });
    expect(one('Dynamo.subscribe').args.transform).toMatchObject({
      eventSourceMapping: {
        functionResponseTypes: ['ReportBatchItemFailures'],
        destinationConfig: { onFailure: { destinationArn: '<StreamFailuresArn>' } },
      },
    });
    // Who asks the machines waits longer than they work.
    expect(one('aws.Function').args.timeout).toBeLessThan(timeoutSeconds.stations);
    // As measured by `npm run bench -- convert`, for the processor that infra/machines/Dockerfile is built for.
    expect(one('aws.Function').args).toMatchObject({
      ...{ timeout: 840, memorySize: 5120, ephemeralStorage: { size: 4096 }, architectures: ['x86_64'] },
    });
  });

  it('gives every function that nobody waits for a place where its failures end, with the right to put them there', () => {
    for (const name of ['Clock', 'Upkeep']) {
      const { args } = one('CronV2', name);
      const { transform, permissions, retries } = args.function as Record<string, never>;
      expect(args.dlq, name).toBe('<TimersDeadLettersArn>');
      expect(transform, name).toMatchObject({
        eventInvokeConfig: { destinationConfig: { onFailure: { destination: '<TimersDeadLettersArn>' } } },
      });
      // SST makes the setting only where `retries` is given.
      expect(retries, name).toBe(name === 'Clock' ? 0 : 1);
      expect(permissions, name).toContainEqual({
        actions: ['sqs:SendMessage'],
        resources: ['<TimersDeadLettersArn>'],
      });
    }
    // The others are waited for: api by the reader, machines by who asks; queues and stream keep what fails.
    expect(Object.keys(functions).sort()).toEqual([
      'api',
      'clock',
      'stations',
      'stream',
      'upkeep',
      'uploads',
    ]);
  });

  it('turns away who knocks too often, above all at sign-in, and lets documents in that quote a script', () => {
    const { waf } = one('Router').args.transform as { waf: { rules: Record<string, never>[] } };
    expect(waf.rules.map(({ name, priority }) => [priority, name])).toEqual([
      [0, 'SignIn'],
      [1, 'Everything'],
      [2, 'AWSManagedRulesCommonRuleSet'],
      [3, 'AWSManagedRulesKnownBadInputsRuleSet'],
    ]);
    const [signIn, everything, common] = waf.rules.map(({ statement }) => JSON.stringify(statement));
    expect(signIn).toMatch(/"limit":300,.*"searchString":"\/api\/session".*"searchString":"POST"/);
    expect(everything).toMatch(/"limit":10000,/);
    for (const rule of ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericLFI_BODY'])
      expect(common).toContain(`{"name":"${rule}","actionToUse":{"count":{}}}`);
    expect(readFromRoot('packages/api/src/sign-in/routes.ts')).toContain("path: '/session'");
  });

  it('by settings uses a restored table, a next key and other ways for notices, and gives rights on those', async () => {
    const given = {
      GONGKAI_RESTORED_TABLE: 'records-of-monday',
      GONGKAI_SIGNING_KEY: 'arn:key/now',
      GONGKAI_NEXT_SIGNING_KEY: 'arn:key/next',
      GONGKAI_SMTP: 'smtps://gk@mail.example.gov.cn:465',
      GONGKAI_SMTP_PASSWORD: 'secret-1',
      GONGKAI_WEBHOOK: 'https://im.example.gov.cn/hook',
      GONGKAI_MAIL_FROM: 'gk@example.gov.cn',
      GONGKAI_AUDITOR_ACCOUNT: '123456789012',
    };
    const other = await under(given);
    const text = JSON.stringify(other);
    expect(text).not.toMatch(/<Table(Name|Arn|StreamArn)>|<SigningKeyArn>/);
    const by = functionsOf(other);
    for (const [name, { environment, permissions }] of Object.entries(by)) {
      expect(environment, name).toMatchObject({
        GONGKAI_TABLE: 'records-of-monday',
        GONGKAI_SIGNING_KEY: 'arn:key/now',
        GONGKAI_NEXT_SIGNING_KEY: 'arn:key/next',
      });
      // Secrets go to the one function that sends.
      expect(JSON.stringify(environment).includes('secret-1'), name).toBe(name === 'stations');
      const signs = ['api', 'stations', 'clock'].includes(name);
      expect(JSON.stringify(permissions).includes('arn:key/next'), name).toBe(signs);
      expect(JSON.stringify(permissions).includes('arn:key/now'), name).toBe(signs);
    }
    const stream = other.find(({ type }) => type === 'Dynamo.subscribe');
    expect(stream?.args.from).toBe('arn:table/records-of-monday/stream');
    const foundation = other.find(({ type }) => type === 'Stack');
    expect(foundation?.args.parameters).toMatchObject({ AuditorAccount: '123456789012' });
    // What the program sets is what the functions read.
    const settings = readFromRoot('packages/cloud/src/settings.ts');
    for (const name of Object.keys(by.stations?.environment ?? {})) expect(settings).toContain(`${name}:`);
  });

  it("by settings signs in by the office's provider: api alone is told, and may read the one secret", async () => {
    const given = {
      GONGKAI_OIDC_ISSUER: 'https://id.example.gov.cn',
      GONGKAI_OIDC_CLIENT: 'gongkai',
      GONGKAI_OIDC_SECRET_PARAMETER: '/gongkai/production/oidc',
      GONGKAI_OIDC_NAME: '省统一身份认证',
      GONGKAI_OIDC_CLAIM: 'employee_number',
      GONGKAI_OIDC_SCOPE: 'profile',
      GONGKAI_OIDC_ACR: 'urn:mfa',
      GONGKAI_OIDC_LOCAL: 'administrators',
    };
    const by = functionsOf(await under(given));
    await expect(under({ ...given, GONGKAI_OIDC_SECRET_PARAMETER: '/gongkai/*' })).rejects.toThrow(
      'GONGKAI_OIDC_SECRET_PARAMETER',
    );
    for (const [name, { environment, permissions }] of Object.entries(by)) {
      expect(JSON.stringify(environment).includes('GONGKAI_OIDC'), name).toBe(name === 'api');
      const secrets = (permissions as { actions: string[]; resources: string[] }[]).filter(({ actions }) =>
        actions.some((action) => action.startsWith('ssm:')),
      );
      const one = {
        actions: ['ssm:GetParameter'],
        resources: [expect.stringMatching(/:parameter\/gongkai\/production\/oidc$/)],
      };
      expect(secrets, name).toEqual(name === 'api' ? [one] : []);
    }
    expect(by.api?.environment).toMatchObject(given);
    const settings = readFromRoot('packages/cloud/src/settings.ts');
    for (const name of Object.keys(by.api?.environment ?? {})) expect(settings).toContain(`${name}:`);
  });

  it('by settings signs releases by a key of the office: the stations alone are told, may use it, and read its certificate', async () => {
    const given = {
      GONGKAI_DOCUMENT_KEY: 'arn:aws:kms:eu-central-1:123456789012:key/office-1',
      GONGKAI_DOCUMENT_CERTIFICATE_PARAMETER: '/gongkai/production/certificate',
      GONGKAI_TIMESTAMP: 'http://tsa.example/',
      GONGKAI_TIMESTAMP_REQUIRED: 'false',
    };
    const other = await under(given);
    const by = functionsOf(other);
    for (const [name, value] of [
      ['GONGKAI_DOCUMENT_KEY', 'alias/office'],
      ['GONGKAI_DOCUMENT_KEY', ''],
      ['GONGKAI_DOCUMENT_CERTIFICATE_PARAMETER', '/gongkai/*'],
      ['GONGKAI_DOCUMENT_CERTIFICATE_PARAMETER', ''],
    ] as const)
      await expect(under({ ...given, [name]: value }), name).rejects.toThrow(name);
    const machines = other.filter(({ name }) => name.startsWith('Machines'));
    expect(JSON.stringify(machines)).not.toMatch(/office-1|certificate/);
    for (const [name, { environment, permissions }] of Object.entries(by)) {
      expect(JSON.stringify(environment).includes('GONGKAI_DOCUMENT'), name).toBe(name === 'stations');
      const onIt = (permissions as { actions: string[]; resources: string[] }[]).filter(({ resources }) =>
        JSON.stringify(resources).match(/office-1|certificate/),
      );
      const wanted = [
        { actions: ['kms:Sign', 'kms:GetPublicKey'], resources: [given.GONGKAI_DOCUMENT_KEY] },
        {
          actions: ['ssm:GetParameter'],
          resources: [expect.stringMatching(/:parameter\/gongkai\/production\/certificate$/)],
        },
      ];
      expect(onIt, name).toEqual(name === 'stations' ? wanted : []);
    }
    expect(by.stations?.environment).toMatchObject(given);
    const settings = readFromRoot('packages/cloud/src/settings.ts');
    for (const name of Object.keys(by.stations?.environment ?? {})) expect(settings).toContain(`${name}:`);
  });

  it.each([
    ['guardduty', ['api', 'stations']],
    ['clamav', []],
  ])(
    'by settings scans with %s: who asks is told, may read the verdict, and nobody but GuardDuty writes it',
    async (scanner, readers) => {
      const other = await under({ GONGKAI_SCANNER: scanner });
      for (const [name, { environment, permissions }] of Object.entries(functionsOf(other))) {
        expect(environment, name).toMatchObject({ GONGKAI_SCANNER: scanner });
        const tagging = (permissions as { actions: string[]; resources: string[] }[]).filter(({ actions }) =>
          actions.some((action) => action.includes('Tagging')),
        );
        const read = {
          actions: ['s3:GetObjectTagging', 's3:GetObjectVersionTagging'],
          resources: ['arn:aws:s3:::<QuarantineBucketName>/*'],
        };
        expect(tagging, name).toEqual(readers.includes(name) ? [read] : []);
      }
      const plan = other.find(({ type }) => type === 'MalwareProtectionPlan');
      expect(plan?.args).toEqual(
        scanner === 'clamav'
          ? undefined
          : {
              role: 'arn:ScannerRole',
              protectedResource: {
                s3Bucket: {
                  bucketName: '<QuarantineBucketName>',
                  objectPrefixes: [blobPrefix('quarantine')],
                },
              },
              actions: [{ taggings: [{ status: 'ENABLED' }] }],
            },
      );
      // Read and tag in this bucket; nothing of what lies elsewhere, no records, no deletion.
      const scans = JSON.stringify(other.find(({ name }) => name === 'ScannerRights')?.args ?? '');
      expect(scans).not.toMatch(/Vault|Renditions|Audit|Table|DeleteObject|SigningKey/);
      const image = other.find(({ type }) => type === 'aws.Function');
      expect(image?.args.environment).toMatchObject({ variables: { GONGKAI_SCANNER: scanner } });
      expect(readFromRoot('infra/machines/Dockerfile')).toMatch(/install .*\bclamav\b.*&& freshclam/);
    },
  );

  it('refuses a scanner that it does not know', async () => {
    await expect(under({ GONGKAI_SCANNER: 'guarduty' })).rejects.toThrow('GONGKAI_SCANNER');
  });

  it('gives no function all of anything', () => {
    const asked = [
      ...Object.values(functions).flatMap(({ permissions }) => permissions),
      one('RolePolicy').args.policy,
    ];
    expect(JSON.stringify(asked)).not.toMatch(
      /"[\w-]*:?\*"|Bypass|s3:PutBucket|dynamodb:(Delete|Update)Table|kms:(Schedule|Disable)/,
    );
    // The one place with a star inside is the log group of a function whose name is not known yet.
    expect(JSON.stringify(asked).match(/:\*:/g)).toHaveLength(1);
  });

  it('gives the opener of hostile files no way to the records, to keys that sign, or to destroy', () => {
    const machines = JSON.stringify(one('RolePolicy').args.policy);
    expect(machines).not.toMatch(/dynamodb|Delete|SigningKey|Audit|sqs|ses|lambda:/);
  });

  it('lets the clock alone write into the audit bucket, and nobody read or delete there', () => {
    for (const [name, { permissions }] of Object.entries(functions)) {
      const onAudit = (permissions as { actions: string[]; resources: string[] }[])
        .filter(({ resources }) => resources.some((resource) => resource.includes('AuditBucket')))
        .flatMap(({ actions }) => actions);
      expect(onAudit, name).toEqual(name === 'clock' ? ['s3:PutObject'] : []);
    }
  });

  it('asks for the rights that docs/deploy.md lists, function by function', () => {
    const short = (resource: string): string =>
      resource.replace(/^.*<(\w+?)(?:Arn|Name)?>/, '$1').replace(/^arn:Machines$/, 'Machines');
    const { statements } = one('RolePolicy').args.policy as { statements: { actions: string[] }[] };
    const withoutLogs = statements.filter(
      ({ actions }) => !actions.some((action) => action.startsWith('logs:')),
    );
    const everyone = { ...functions, machines: { permissions: withoutLogs } };
    const rows = Object.entries(everyone).map(([name, { permissions }]) => {
      const all = (permissions as { actions: string[]; resources: string[] }[]).flatMap(
        ({ actions, resources }) =>
          resources.flatMap((resource) => actions.map((action) => `${short(resource)} ${action}`)),
      );
      return [name, new Set(all)] as const;
    });
    const guide = readFromRoot('docs/deploy.md');
    for (const [name, asked] of rows) {
      const row =
        guide.split('\n').find((line) => line.startsWith(`| ${name} `) && line.includes(': ')) ?? '';
      const listed = [...row.matchAll(/([\w/*-]+): ([\w:, ]+)/g)].flatMap(([, on = '', actions = '']) =>
        actions.split(',').map((action) => `${on} ${action.trim()}`),
      );
      expect([...new Set(listed)].sort(), name).toEqual([...asked].sort());
    }
  });

  it('shows one address: the console beside the API, guarded by a firewall, with no bucket of documents behind it', () => {
    expect(one('Router').args).toMatchObject({ waf: true, protection: 'oac-with-edge-signing' });
    expect(one('StaticSite').args.router).toMatchObject({ path: '/console' });
    expect(functions.api?.url).toMatchObject({ cors: false });
    expect(made.filter(({ args }) => 'bucket' in args)).toEqual([]);
  });
});

const types = `${root}.sst/platform/config.d.ts`;

describe.skipIf(
  notRun(!existsSync(types), "infra/ against SST's own types", 'no .sst/platform: .ci/infra-tools'),
)("SST's own types", () => {
  const check = async (project: string): Promise<string[]> => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [`${root}node_modules/typescript/bin/tsc`, '--noEmit', '-p', project],
      { cwd: root },
    ).catch((cause: { stdout: string }) => cause);
    return stdout.split('\n').filter((line) => /^(infra|sst\.config|\.\.)/.test(line));
  };
  it('fit the program', async () => expect(await check('infra/tsconfig.json')).toEqual([]), 180_000);
});
