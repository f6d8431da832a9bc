/**
 * What an office sets, from the environment of `sst deploy`:
 *
 *     GONGKAI_DOMAIN          address of the site; else CloudFront's own
 *     GONGKAI_MACHINES_IMAGE  the image of infra/machines/Dockerfile, as pushed to a registry of the account
 *     GONGKAI_ALARM_MAIL      who is told of alarms
 *     GONGKAI_BUDGET          per month, in the currency of the bill
 *     GONGKAI_AUDIT_DAYS      how long the audit bucket locks what it is given; for a trial stage, 1
 *     GONGKAI_MAIL_FROM       an address that SES has verified; without it notices stay in the console
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

export const foundationSettings: Record<string, string> = {
  AlarmMail: env.GONGKAI_ALARM_MAIL ?? '',
  MonthlyBudget: env.GONGKAI_BUDGET ?? '100',
  AuditRetentionDays: env.GONGKAI_AUDIT_DAYS ?? '3650',
};
