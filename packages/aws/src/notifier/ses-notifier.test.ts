import { SESv2Client } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { SesNotifier } from './index.ts';

const sesAnswering = (statusCode: number) => {
  const sent: unknown[] = [];
  const client = new SESv2Client({
    region: 'cn-north-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: {
      handle: async (request: { method: string; path: string; body: Uint8Array }) => {
        sent.push({
          method: request.method,
          path: request.path,
          body: JSON.parse(new TextDecoder().decode(request.body)) as unknown,
        });
        const text = new TextEncoder().encode(JSON.stringify({ MessageId: 'm' }));
        return { response: { statusCode, headers: {}, body: new Blob([text]).stream() } };
      },
    },
  });
  return { client, sent };
};

describe('notices by SES', () => {
  it('sends one mail in UTF-8, and no second header out of a title', async () => {
    const { client, sent } = sesAnswering(200);
    const notifier = new SesNotifier(client, 'gongkai@office.example');
    await notifier.send({ to: 'li@office.example', subject: '待复核\r\nBcc: all@x', text: '请复核。' });
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/v2/email/outbound-emails',
        body: {
          FromEmailAddress: 'gongkai@office.example',
          Destination: { ToAddresses: ['li@office.example'] },
          Content: {
            Simple: {
              Subject: { Data: '待复核 Bcc: all@x', Charset: 'UTF-8' },
              Body: { Text: { Data: '请复核。', Charset: 'UTF-8' } },
            },
          },
        },
      },
    ]);
  });

  it('sends nothing to who has no address', async () => {
    const { client, sent } = sesAnswering(200);
    await new SesNotifier(client, 'gongkai@office.example').send({ to: '复核', subject: 'x', text: 'y' });
    expect(sent).toEqual([]);
  });

  it('throws when SES does not take it, so that the queue tries again', async () => {
    const { client } = sesAnswering(500);
    const notifier = new SesNotifier(client, 'gongkai@office.example');
    await expect(notifier.send({ to: 'li@office.example', subject: 'x', text: 'y' })).rejects.toThrow();
  });
});
