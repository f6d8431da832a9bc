import { createHmac } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock, Notifier } from '@gongkai/core';
import { createTransport } from 'nodemailer';
import type { NotifierSettings } from './settings.ts';

type Notice = Parameters<Notifier['send']>[0];

/**
 * Writes each notice to the outbox log, then sends it by mail and webhook where these are set up. A failure throws
 * after being logged, and the queue tries again: a person may get a notice twice, but not never.
 */
export class OfficeNotifier implements Notifier {
  readonly #settings: NotifierSettings;
  readonly #clock: Clock;

  constructor(settings: NotifierSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  async send(notice: Notice): Promise<void> {
    await this.#log({ event: 'notice', ...notice });
    const { smtp, webhook } = this.#settings;
    // A recipient without an address (a role, an account) reads it in the console or through the webhook.
    if (smtp !== undefined && notice.to.includes('@')) {
      await this.#attempt('mail', notice, () => mail(smtp, notice));
    }
    if (webhook !== undefined) await this.#attempt('webhook', notice, () => call(webhook, notice));
  }

  async #attempt(way: 'mail' | 'webhook', notice: Notice, deliver: () => Promise<void>): Promise<void> {
    try {
      await deliver();
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      await this.#log({ event: 'failed', way, to: notice.to, subject: notice.subject, problem });
      throw cause;
    }
    await this.#log({ event: 'sent', way, to: notice.to, subject: notice.subject });
  }

  async #log(line: Record<string, string>): Promise<void> {
    const { log } = this.#settings;
    if (log === undefined) return;
    await mkdir(dirname(log), { recursive: true, mode: 0o700 });
    const file = await open(log, 'a', 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ at: this.#clock.now(), ...line })}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
  }
}

const secretIn = async (path: string): Promise<string> => (await readFile(path, 'utf8')).trim();

const mail = async (smtp: NonNullable<NotifierSettings['smtp']>, notice: Notice): Promise<void> => {
  const { user, passwordFile } = smtp;
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === 'tls',
    requireTLS: smtp.security === 'starttls',
    ignoreTLS: smtp.security === 'plain',
    connectionTimeout: smtp.timeoutMs,
    greetingTimeout: smtp.timeoutMs,
    socketTimeout: smtp.timeoutMs,
    // Plain text only: a notice has no business reading files or fetching addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined || passwordFile === undefined
      ? {}
      : { auth: { user, pass: await secretIn(passwordFile) } }),
  });
  try {
    await transport.sendMail({
      from: smtp.from,
      // As an object, so that commas in it cannot add recipients.
      to: { name: '', address: notice.to },
      subject: notice.subject,
      text: notice.text,
    });
  } finally {
    transport.close();
  }
};

const call = async (webhook: NonNullable<NotifierSettings['webhook']>, notice: Notice): Promise<void> => {
  const body = JSON.stringify(notice);
  const signature =
    webhook.secretFile === undefined
      ? undefined
      : createHmac('sha256', await secretIn(webhook.secretFile))
          .update(body)
          .digest('hex');
  const response = await fetch(webhook.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(signature === undefined ? {} : { 'x-gongkai-signature': `sha256=${signature}` }),
    },
    body,
    // A notice must not follow a redirect to somewhere nobody set up.
    redirect: 'error',
    signal: AbortSignal.timeout(webhook.timeoutMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`webhook answered ${response.status}`);
};
