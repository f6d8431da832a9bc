import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestClock } from '@gongkai/core/memory';
import { expect, it } from 'vitest';
import { ownNotifier } from './notifier.ts';

it('on AWS notices go by the own mail server and webhook where they are set, else by SES', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-notices-'));
  const seen: { body: string; signature: unknown }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      seen.push({ body, signature: request.headers['x-gongkai-signature'] });
      response.end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const at = (server.address() as AddressInfo).port;
  const time = new TestClock();
  expect(ownNotifier({}, time, folder)).toBeUndefined();
  expect(() => ownNotifier({ GONGKAI_SMTP: 'smtps://u@mail:465' }, time, folder)).toThrow(
    'GONGKAI_MAIL_FROM',
  );
  const notifier = ownNotifier(
    { GONGKAI_WEBHOOK: `http://127.0.0.1:${at}/`, GONGKAI_WEBHOOK_SECRET: 's3cret' },
    time,
    folder,
  );
  const notice = { to: 'li@example.gov.cn', subject: '公示期将满', text: '明天到期。' };
  await notifier?.send(notice);
  server.close();
  expect(seen).toMatchObject([
    { body: JSON.stringify(notice), signature: expect.stringMatching(/^sha256=[0-9a-f]{64}$/) },
  ]);
  expect(statSync(join(folder, 'webhook')).mode & 0o077).toBe(0);
  // The password is asked for by the server only after TLS: nothing is sent to one that has none.
  const mail = ownNotifier(
    {
      GONGKAI_SMTP: `smtp://gk@127.0.0.1:${at}`,
      GONGKAI_SMTP_PASSWORD: 'secret',
      GONGKAI_MAIL_FROM: 'gk@example.gov.cn',
    },
    time,
    folder,
  );
  await expect(mail?.send(notice)).rejects.toThrow();
  rmSync(folder, { recursive: true });
});
