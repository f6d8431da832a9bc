import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SesNotifier } from '@gongkai/aws';
import type { Notifier } from '@gongkai/core';
import { SystemClock } from '@gongkai/embedded';
import { ownNotifier } from './notifier.ts';
import { readSettings, said } from './settings.ts';

/** Without a server, a webhook or an address to send from, who waits for what is read in the console. */
export const notices = (): Notifier => {
  const settings = readSettings();
  const { GONGKAI_AWS_ENDPOINT: endpoint, GONGKAI_MAIL_FROM: from } = settings;
  const own = ownNotifier(settings, new SystemClock());
  if (own) return own;
  if (from === undefined) return { send: async () => said.log('info', 'notice.not-mailed') };
  return new SesNotifier(new SESv2Client(endpoint === undefined ? {} : { endpoint }), from);
};
