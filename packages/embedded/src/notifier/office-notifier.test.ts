import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestClock } from '@gongkai/core/memory';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type NotifierSettings, notifierSettings, OfficeNotifier } from './index.ts';

const notice = { to: 'li@example.gov.cn', subject: '公示期将满', text: '《预算公开》明天到期。' };

describe('office notifier', () => {
  let folder = '';
  let count = 0;
  const servers: Server[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongkai-notifier-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  const listening = async (server: Server): Promise<number> => {
    servers.push(server);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return (server.address() as AddressInfo).port;
  };
  const webhookAt = async (listener: RequestListener): Promise<string> =>
    `http://127.0.0.1:${await listening(createServer(listener))}/notices`;

  const notifier = (settings: Record<string, unknown> = {}) => {
    count += 1;
    const parsed: NotifierSettings = notifierSettings.parse({
      log: join(folder, `outbox-${count}.jsonl`),
      ...settings,
    });
    const lines = async () =>
      (await readFile(parsed.log ?? '', 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, string>);
    return { send: new OfficeNotifier(parsed, new TestClock()), lines };
  };

  it('writes every notice to the log', async () => {
    const { send, lines } = notifier();
    await send.send(notice);
    await send.send({ ...notice, subject: '第二封' });
    expect(await lines()).toEqual([
      { at: '2026-02-10T01:00:00.000Z', event: 'notice', ...notice },
      { at: '2026-02-10T01:00:00.000Z', event: 'notice', ...notice, subject: '第二封' },
    ]);
  });

  it('calls the webhook with a signature over the body', async () => {
    let seen: { body: string; signature: unknown } | undefined;
    const url = await webhookAt((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => {
        body += piece.toString();
      });
      request.on('end', () => {
        seen = { body, signature: request.headers['x-gongkai-signature'] };
        response.end();
      });
    });
    await writeFile(join(folder, 'secret'), 's3cret\n');
    const { send, lines } = notifier({ webhook: { url, secretFile: join(folder, 'secret') } });
    await send.send(notice);
    expect(JSON.parse(seen?.body ?? '')).toEqual(notice);
    const expected = createHmac('sha256', 's3cret')
      .update(seen?.body ?? '')
      .digest('hex');
    expect(seen?.signature).toBe(`sha256=${expected}`);
    expect((await lines()).map(({ event }) => event)).toEqual(['notice', 'sent']);
  });

  it.each<[string, RequestListener]>([
    ['answers with an error', (_, response) => response.writeHead(500).end()],
    ['sends elsewhere', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['never answers', () => undefined],
  ])('throws, and logs why, when the webhook %s', async (_, listener) => {
    const url = await webhookAt(listener);
    const { send, lines } = notifier({ webhook: { url, timeoutMs: 300 } });
    await expect(send.send(notice)).rejects.toThrow();
    expect(await lines()).toMatchObject([{ event: 'notice' }, { event: 'failed', way: 'webhook' }]);
  });

  /** As much of RFC 5321 as one mail needs. */
  const mailServer = async (received: string[]): Promise<number> =>
    listening(
      createSocketServer((socket) => {
        let inData = false;
        socket.write('220 test ESMTP\r\n');
        socket.on('data', (piece) => {
          for (const line of piece.toString().split('\r\n').slice(0, -1)) {
            received.push(line);
            if (inData) {
              if (line === '.') {
                inData = false;
                socket.write('250 kept\r\n');
              }
            } else if (line === 'DATA') {
              inData = true;
              socket.write('354 go on\r\n');
            } else if (line === 'QUIT') socket.end('221 bye\r\n');
            else if (line === 'STARTTLS') socket.write('502 not here\r\n');
            else socket.write('250 ok\r\n');
          }
        });
      }),
    );

  it('mails to a recipient with an address, and only to that one', async () => {
    const received: string[] = [];
    const port = await mailServer(received);
    const smtp = { host: '127.0.0.1', port, security: 'plain', from: 'gongkai@example.gov.cn' };
    const { send, lines } = notifier({ smtp });
    await send.send(notice);
    expect(received.filter((line) => line.startsWith('RCPT'))).toEqual(['RCPT TO:<li@example.gov.cn>']);
    expect(received.join('\n')).toContain('=?UTF-8?');
    expect((await lines()).at(-1)).toMatchObject({ event: 'sent', way: 'mail' });
    received.length = 0;
    await send.send({ ...notice, to: 'role:secrecy-officer' });
    expect(received).toEqual([]);
    await send.send({ ...notice, subject: '换行\r\nBcc: spy@example.com' });
    expect(received.filter((line) => line.startsWith('RCPT'))).toHaveLength(1);
    expect(received.some((line) => /^bcc:/i.test(line))).toBe(false);
  });

  it('does not fall back to an unencrypted connection where encryption is asked for', async () => {
    const received: string[] = [];
    const port = await mailServer(received);
    const { send } = notifier({ smtp: { host: '127.0.0.1', port, from: 'gongkai@example.gov.cn' } });
    await expect(send.send(notice)).rejects.toThrow();
    expect(received.some((line) => line.startsWith('MAIL'))).toBe(false);
  });

  it('refuses settings that it does not know or that make no sense', () => {
    expect(notifierSettings.safeParse({ log: 'x', webhook: { url: 'file:///etc/passwd' } }).success).toBe(
      false,
    );
    expect(
      notifierSettings.safeParse({ log: 'x', smtp: { host: 'h', from: 'a@b', pasword: 'x' } }).success,
    ).toBe(false);
    expect(notifierSettings.safeParse({}).success).toBe(false);
  });
});
