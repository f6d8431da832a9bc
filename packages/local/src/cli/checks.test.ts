import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { provider } from './checks.ts';

describe("the doctor's look at the office's provider", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  const at = async (answer: (issuer: string) => { status?: number; date?: Date; body: unknown }) => {
    let issuer = '';
    server = createServer((_, outgoing) => {
      const { status = 200, date = new Date(), body } = answer(issuer);
      outgoing.writeHead(status, { date: date.toUTCString(), 'content-type': 'application/json' });
      outgoing.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return provider(issuer, 'https://gk.example.gov.cn/console/oidc');
  };

  it('is content with one that answers as itself, and names the redirect URI to register', async () => {
    expect(await at((issuer) => ({ body: { issuer } }))).toMatchObject({
      state: 'ok',
      zh: expect.stringContaining('https://gk.example.gov.cn/console/oidc'),
    });
  });

  it.each([
    [
      'is another than the one that is set',
      () => ({ body: { issuer: 'https://elsewhere.example' } }),
      '与设置不符',
    ],
    ['answers with an error', () => ({ status: 503, body: {} }), '503'],
    [
      'has a clock by which sign-ins would be refused',
      (issuer: string) => ({ body: { issuer }, date: new Date(Date.now() - 120_000) }),
      '时钟相差',
    ],
  ])('tells of one that %s', async (_, answer, why) => {
    expect(await at(answer)).toMatchObject({ state: 'missing', zh: expect.stringContaining(why) });
  });

  it('tells of one that is not there', async () => {
    expect(await provider('http://127.0.0.1:1', 'x')).toMatchObject({
      state: 'missing',
      zh: expect.stringContaining('没有回答'),
    });
  });
});
