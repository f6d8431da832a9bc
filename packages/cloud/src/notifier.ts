import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Notifier } from '@gongkai/core';
import { type NotifierSettings, notifierSettings, OfficeNotifier } from '@gongkai/embedded';
import type { Settings } from './settings.ts';

type Asked = Pick<
  Settings,
  | 'GONGKAI_MAIL_FROM'
  | 'GONGKAI_SMTP'
  | 'GONGKAI_SMTP_PASSWORD'
  | 'GONGKAI_WEBHOOK'
  | 'GONGKAI_WEBHOOK_SECRET'
>;

/** The notifier of one machine reads secrets from files; here they come in the environment, which Lambda encrypts. */
const inFile = (name: string, secret: string | undefined, folder: string): string | undefined => {
  if (secret === undefined) return undefined;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  writeFileSync(path, secret, { mode: 0o600 });
  return path;
};

/**
 * Mail by the office's own server and a webhook: the ways that aws-cn has, where there is no SES. Undefined when
 * neither is set up. Throws when SMTP has no sender: notices that go nowhere must be seen at the start.
 */
export const ownNotifier = (
  asked: Asked,
  clock: Clock,
  folder = join(tmpdir(), 'gongkai-notices'),
): Notifier | undefined => {
  const { GONGKAI_SMTP, GONGKAI_WEBHOOK, GONGKAI_MAIL_FROM } = asked;
  if (GONGKAI_SMTP === undefined && GONGKAI_WEBHOOK === undefined) return undefined;
  if (GONGKAI_SMTP !== undefined && GONGKAI_MAIL_FROM === undefined)
    throw new Error('GONGKAI_SMTP 需要 GONGKAI_MAIL_FROM / GONGKAI_SMTP needs GONGKAI_MAIL_FROM');
  const server = GONGKAI_SMTP === undefined ? undefined : new URL(GONGKAI_SMTP);
  const secure = server?.protocol === 'smtps:';
  const settings: unknown = {
    smtp: server && {
      host: server.hostname,
      port: Number(server.port) || (secure ? 465 : 587),
      security: secure ? 'tls' : 'starttls',
      from: GONGKAI_MAIL_FROM,
      ...(server.username === '' ? {} : { user: decodeURIComponent(server.username) }),
      passwordFile: inFile('smtp', asked.GONGKAI_SMTP_PASSWORD, folder),
    },
    webhook: GONGKAI_WEBHOOK && {
      url: GONGKAI_WEBHOOK,
      secretFile: inFile('webhook', asked.GONGKAI_WEBHOOK_SECRET, folder),
    },
  };
  const parsed: NotifierSettings = notifierSettings.parse(settings);
  return new OfficeNotifier(parsed, clock);
};
