/**
 * What an office sets, from the environment of `sst deploy`:
 *
 *     GONGKAI_DOMAIN          address of the site; else CloudFront's own
 *     GONGKAI_MACHINES_IMAGE  the image of infra/machines/Dockerfile, as pushed to a registry of the account
 *     GONGKAI_ALARM_MAIL      who is told of alarms
 *     GONGKAI_BUDGET          per month, in the currency of the bill
 *     GONGKAI_AUDIT_DAYS      how long the audit bucket locks what it is given; for a trial stage, 1
 *     GONGKAI_MAIL_FROM       an address that SES has verified; without it notices stay in the console
 *     GONGKAI_SMTP            the office's own mail server instead of SES: smtps://user@mail.example.gov.cn:465
 *     GONGKAI_SMTP_PASSWORD   its password
 *     GONGKAI_WEBHOOK         https://…, told every notice; GONGKAI_WEBHOOK_SECRET signs the calls
 *     GONGKAI_OIDC_ISSUER     the office's own identity provider, with GONGKAI_OIDC_CLIENT and the others of oidcWays below
 *     GONGKAI_AUDITOR_ACCOUNT a second account (12 digits) that may read the audit bucket
 *     GONGKAI_SIGNING_KEY     ARN of the signing key in force; else the foundation's first one
 *     GONGKAI_NEXT_SIGNING_KEY  ARN of the key that is to follow it (docs/deploy.md, "Rotate keys")
 *     GONGKAI_DOCUMENT_KEY    ARN of the office's key in KMS that signs releases, with the other three of documentWays below
 *     GONGKAI_RESTORED_TABLE  name of a table that was restored and takes the place of the foundation's
 *     GONGKAI_SEARCH          `opensearch`: search on OpenSearch Serverless, always on and paid by the hour; else a file on S3
 *     GONGKAI_SCANNER         `guardduty` or `clamav` (in the image of the machines); else the policy says what goes unscanned
 *     GONGKAI_POLICY          a file in policies/, without .yaml
 */
const { env } = process;

/** Only `sst deploy` needs it; looking at the program (tests, `sst diff`) does not. */
export const machinesImage = env.GONGKAI_MACHINES_IMAGE ?? 'gongkai-machines:not-given';
if (env.GONGKAI_MACHINES_IMAGE === undefined && $cli.command === 'deploy')
  throw new Error('GONGKAI_MACHINES_IMAGE is not set: docs/deploy.md, "The image of the machines"');

export const domain = env.GONGKAI_DOMAIN;
export const mailFrom = env.GONGKAI_MAIL_FROM;
export const policy = env.GONGKAI_POLICY ?? 'default';
export const signingKey = env.GONGKAI_SIGNING_KEY;
export const nextSigningKey = env.GONGKAI_NEXT_SIGNING_KEY;
export const restoredTable = env.GONGKAI_RESTORED_TABLE;

/** How notices leave, for `stations` alone. Secrets stay encrypted in SST's state and in the function's environment. */
export const noticeWays = {
  ...(env.GONGKAI_SMTP === undefined ? {} : { GONGKAI_SMTP: env.GONGKAI_SMTP }),
  ...(env.GONGKAI_WEBHOOK === undefined ? {} : { GONGKAI_WEBHOOK: env.GONGKAI_WEBHOOK }),
  ...(env.GONGKAI_SMTP_PASSWORD === undefined
    ? {}
    : { GONGKAI_SMTP_PASSWORD: $util.secret(env.GONGKAI_SMTP_PASSWORD) }),
  ...(env.GONGKAI_WEBHOOK_SECRET === undefined
    ? {}
    : { GONGKAI_WEBHOOK_SECRET: $util.secret(env.GONGKAI_WEBHOOK_SECRET) }),
};

/** Sign-in by OIDC, for `api` alone (docs/deploy.md, "Sign-in"). The secret is not here: only where it is kept. */
const oidcNames = ['ISSUER', 'CLIENT', 'SECRET_PARAMETER', 'NAME', 'CLAIM', 'SCOPE', 'ACR', 'LOCAL'] as const;
export const oidcWays: Record<string, string> = Object.fromEntries(
  oidcNames.flatMap((name) => {
    const value = env[`GONGKAI_OIDC_${name}`];
    return value === undefined || value === '' ? [] : [[`GONGKAI_OIDC_${name}`, value]];
  }),
);
export const oidcSecretParameter = oidcWays.GONGKAI_OIDC_SECRET_PARAMETER;
// A name with a star would be a right to read more than one.
if (oidcSecretParameter !== undefined && !/^(\/[\w.-]+)+$/.test(oidcSecretParameter))
  throw new Error(
    `GONGKAI_OIDC_SECRET_PARAMETER is ${oidcSecretParameter}: a name like /gongkai/production/oidc`,
  );

/** 电子签名 on releases, for `stations` alone (docs/deploy.md, "Signing releases"). The key stays in KMS; a certificate is no secret. */
const documentNames = ['KEY', 'CERTIFICATE_PARAMETER'] as const;
export const documentWays: Record<string, string> = Object.fromEntries(
  [...documentNames.map((name) => `DOCUMENT_${name}`), 'TIMESTAMP', 'TIMESTAMP_REQUIRED'].flatMap((name) => {
    const value = env[`GONGKAI_${name}`];
    return value === undefined || value === '' ? [] : [[`GONGKAI_${name}`, value]];
  }),
);
export const documentKey = documentWays.GONGKAI_DOCUMENT_KEY;
export const certificateParameter = documentWays.GONGKAI_DOCUMENT_CERTIFICATE_PARAMETER;
// A name with a star would be a right to sign with, or read, more than one; an alias is nothing that rights are given on.
if (documentKey !== undefined && !/^arn:[\w-]+:kms:[\w-]+:\d+:key\/[\w-]+$/.test(documentKey))
  throw new Error(`GONGKAI_DOCUMENT_KEY is ${documentKey}: the ARN of a key`);
if (certificateParameter !== undefined && !/^(\/[\w.-]+)+$/.test(certificateParameter))
  throw new Error(
    `GONGKAI_DOCUMENT_CERTIFICATE_PARAMETER is ${certificateParameter}: a name like /gongkai/production/certificate`,
  );
// An office that wants signatures must not publish without them.
if ((documentKey === undefined) !== (certificateParameter === undefined))
  throw new Error('GONGKAI_DOCUMENT_KEY and GONGKAI_DOCUMENT_CERTIFICATE_PARAMETER: both, or neither');

if (env.GONGKAI_SEARCH !== undefined && !['', 'snapshot', 'opensearch'].includes(env.GONGKAI_SEARCH))
  throw new Error(`GONGKAI_SEARCH is ${env.GONGKAI_SEARCH}: opensearch or snapshot`);
export const onOpenSearch = env.GONGKAI_SEARCH === 'opensearch';

if (env.GONGKAI_SCANNER !== undefined && !['', 'guardduty', 'clamav'].includes(env.GONGKAI_SCANNER))
  throw new Error(`GONGKAI_SCANNER is ${env.GONGKAI_SCANNER}: guardduty or clamav`);
export const scanner = env.GONGKAI_SCANNER === '' ? undefined : env.GONGKAI_SCANNER;

export const foundationSettings: Record<string, string> = {
  AlarmMail: env.GONGKAI_ALARM_MAIL ?? '',
  MonthlyBudget: env.GONGKAI_BUDGET ?? '100',
  AuditRetentionDays: env.GONGKAI_AUDIT_DAYS ?? '3650',
  AuditorAccount: env.GONGKAI_AUDITOR_ACCOUNT ?? '',
};
