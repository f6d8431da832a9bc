import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Notifier } from '@gongkai/core';

/**
 * Mail by SES from an address that SES has verified. A failure throws and the queue tries again: a person may get a
 * notice twice, but not never. Who has no address (a role, an account) reads it in the console.
 */
export class SesNotifier implements Notifier {
  readonly #client: SESv2Client;
  readonly #from: string;

  constructor(client: SESv2Client, from: string) {
    this.#client = client;
    this.#from = from;
  }

  async send(notice: { to: string; subject: string; text: string }): Promise<void> {
    if (!notice.to.includes('@')) return;
    const inUtf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
    await this.#client.send(
      new SendEmailCommand({
        FromEmailAddress: this.#from,
        Destination: { ToAddresses: [notice.to] },
        Content: {
          Simple: {
            // A line break in a title must not begin another header.
            Subject: inUtf8(notice.subject.replaceAll(/[\r\n]+/g, ' ')),
            Body: { Text: inUtf8(notice.text) },
          },
        },
      }),
    );
  }
}
