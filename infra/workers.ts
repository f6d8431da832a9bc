import { execFileSync } from 'node:child_process';
import { site } from './address.ts';
import { files, policiesInto } from './files.ts';
import { timeoutSeconds } from './foundation/outputs.ts';
import { foundationName, told } from './kept.ts';
import { type Right, rights, type Worker } from './rights.ts';
import { callSearch, searchEndpoint } from './search.ts';
import {
  certificateParameter,
  documentKey,
  documentWays,
  machinesImage,
  mailFrom,
  nextSigningKey,
  noticeWays,
  oidcSecretParameter,
  oidcWays,
  policy,
  scanner,
} from './settings.ts';

/** `TableArn/index/*` → the ARN. Buckets are told by name: an ARN of S3 has neither region nor account. */
export const arnOf = (on: string) => {
  const [name, ...rest] = on.split('/');
  const tail = rest.length === 0 ? '' : `/${rest.join('/')}`;
  const value = told(name as Parameters<typeof told>[0]);
  return name.endsWith('BucketName')
    ? $interpolate`arn:${aws.getPartitionOutput().partition}:s3:::${value}${tail}`
    : $interpolate`${value}${tail}`;
};

const permissionsOf = (worker: Worker) =>
  (rights[worker] as readonly Right[]).map(({ actions, on }) => ({
    actions: [...actions],
    resources: on.map(arnOf),
  }));

/** What every function is told. No secret is in it. */
export const environment = {
  GONGKAI_TABLE: told('TableName'),
  GONGKAI_VAULT: told('VaultBucketName'),
  GONGKAI_QUARANTINE: told('QuarantineBucketName'),
  GONGKAI_RENDITIONS: told('RenditionsBucketName'),
  GONGKAI_AUDIT: told('AuditBucketName'),
  GONGKAI_SIGNING_KEY: told('SigningKeyArn'),
  GONGKAI_SIGNING_PUBLIC_KEY: aws.kms.getPublicKeyOutput({ keyId: told('SigningKeyArn') }).publicKey,
  ...(nextSigningKey === undefined ? {} : { GONGKAI_NEXT_SIGNING_KEY: nextSigningKey }),
  GONGKAI_STATIONS_QUEUE: told('StationsQueueUrl'),
  GONGKAI_METRICS: `gongkai/${foundationName}`,
  GONGKAI_STATION_SECONDS: String(timeoutSeconds.stations),
  GONGKAI_POLICY: `policies/${policy}.yaml`,
  GONGKAI_PUBLIC_URL: site.url,
  ...(mailFrom === undefined ? {} : { GONGKAI_MAIL_FROM: mailFrom }),
  ...(scanner === undefined ? {} : { GONGKAI_SCANNER: scanner }),
  ...(searchEndpoint === undefined ? {} : { GONGKAI_OPENSEARCH: searchEndpoint }),
};

const role = new aws.iam.Role('MachinesRole', {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: 'lambda.amazonaws.com' }),
});
new aws.iam.RolePolicy('MachinesRights', {
  role: role.name,
  policy: aws.iam.getPolicyDocumentOutput({
    statements: [
      ...permissionsOf('machines'),
      {
        actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [$interpolate`arn:${aws.getPartitionOutput().partition}:logs:*:*:log-group:/aws/lambda/*`],
      },
    ],
  }).json,
});

/** Conversion, inspection and rendering: LibreOffice, fonts and Typst are over 250 MB, so it is an image. */
export const machines = new aws.lambda.Function('Machines', {
  packageType: 'Image',
  imageUri: machinesImage,
  role: role.arn,
  // As infra/machines/Dockerfile says.
  architectures: ['x86_64'],
  // Less than the stations wait: they must live to see the answer. More than three starts of LibreOffice and a conversion,
  // 180 s each: a start that hangs (seen once in about twenty) is ended and made again within the same call.
  timeout: timeoutSeconds.stations - 60,
  // One LibreOffice at its limit (3,500 MiB, packages/local/src/machines) and beside it, at rest after 500 pages, the
  // other cages: 950 MB (measured, docs/deploy.md). It is killed with them when it needs more, and the work tried again.
  memorySize: 5120,
  ephemeralStorage: { size: 4096 },
  environment: { variables: environment },
});

/** Mail leaves from the one address, and only from the stations. */
const sendMail = {
  actions: ['ses:SendEmail'],
  resources: [$interpolate`arn:${aws.getPartitionOutput().partition}:ses:*:*:identity/${mailFrom}`],
};
/** The secret of the client at the office's provider: this one parameter. AWS's own key for SSM needs no further right. */
const readOidcSecret = {
  actions: ['ssm:GetParameter'],
  resources: [
    $interpolate`arn:${aws.getPartitionOutput().partition}:ssm:*:*:parameter${oidcSecretParameter ?? ''}`,
  ],
};
/** 电子签名: the stations hand what was rendered to the office's own key. The machines, which open hostile files, never may. */
const signDocuments = [
  { actions: ['kms:Sign', 'kms:GetPublicKey'], resources: [documentKey ?? ''] },
  {
    actions: ['ssm:GetParameter'],
    resources: [
      $interpolate`arn:${aws.getPartitionOutput().partition}:ssm:*:*:parameter${certificateParameter ?? ''}`,
    ],
  },
];
/** Who signs may also sign with the key that is to follow. */
const signNext = { actions: ['kms:Sign', 'kms:GetPublicKey'], resources: [nextSigningKey ?? ''] };
const callMachines = { actions: ['lambda:InvokeFunction'], resources: [machines.arn] };

/** GuardDuty's verdict is a tag on what lies in quarantine. Nobody here may write one (rights.ts). */
const readVerdicts = {
  actions: ['s3:GetObjectTagging', 's3:GetObjectVersionTagging'],
  resources: [arnOf('QuarantineBucketName/*')],
};

const signs = (name: Worker): boolean =>
  rights[name].some(({ actions }: Right) => actions.includes('kms:Sign'));

/** A function in functions/, with the rights of its line in rights.ts and nothing else. */
export const worker = (name: Worker, more: Partial<sst.aws.FunctionArgs> = {}): sst.aws.FunctionArgs => ({
  handler: `functions/${name}.handler`,
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  memory: '512 MB',
  timeout: '60 seconds',
  // What is imported only when it is asked for (passkeys, the office's provider) is no part of a cold start.
  nodejs: { splitting: true },
  copyFiles: [...files.every, ...(name === 'api' ? files.api : [])],
  hook: {
    postbuild: async (folder) => {
      const [node, ...given] = policiesInto(folder);
      execFileSync(node, given, { cwd: $cli.paths.root });
    },
  },
  environment: {
    ...environment,
    GONGKAI_MACHINES: machines.arn,
    ...(name === 'stations' ? { ...noticeWays, ...documentWays } : {}),
    ...(name === 'api' ? { GONGKAI_ASSETS: files.api[0].to, ...oidcWays } : {}),
  },
  permissions: [
    ...permissionsOf(name),
    ...(name === 'api' || name === 'stations' || name === 'clock' || name === 'upkeep' ? [callMachines] : []),
    ...(nextSigningKey !== undefined && signs(name) ? [signNext] : []),
    ...(name === 'stations' && documentKey !== undefined ? signDocuments : []),
    ...(name === 'stations' && mailFrom !== undefined ? [sendMail] : []),
    ...(name === 'api' && oidcSecretParameter !== undefined ? [readOidcSecret] : []),
    ...(scanner === 'guardduty' && (name === 'stations' || name === 'api') ? [readVerdicts] : []),
    ...callSearch(name),
  ],
  ...more,
});
