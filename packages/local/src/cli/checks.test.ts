import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { address, provider, uploadsWait } from './checks.ts';

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

describe('what is said at the start of a scanner', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gongkai-scanner-'));
    return () => rmSync(folder, { recursive: true, force: true });
  });
  const install = (status: number): void => {
    writeFileSync(join(folder, 'clamscan'), `#!/bin/sh\nexit ${status}\n`);
    chmodSync(join(folder, 'clamscan'), 0o755);
  };

  it('is that every upload waits, where it is installed and cannot look, as without signatures', async () => {
    install(2);
    for (const wanted of ['when-installed', 'required'] as const)
      expect(await uploadsWait(wanted, folder)).toMatchObject({
        state: 'missing',
        zh: expect.stringContaining('上传将全部等待'),
      });
  });

  it('is nothing where it works, or where none is there and none is asked for', async () => {
    expect(await uploadsWait('when-installed', folder)).toBeUndefined();
    expect(await uploadsWait('required', folder)).toMatchObject({ state: 'missing' });
    install(0);
    expect(await uploadsWait('required', folder)).toBeUndefined();
  });
});

it('says where the codes on paper lead while nobody has told the public address', () => {
  const here = { host: '127.0.0.1', port: 8080 };
  expect(address({ ...here, publicUrl: undefined })).toMatchObject({
    state: 'limited',
    zh: expect.stringContaining('http://127.0.0.1:8080'),
  });
  expect(address({ ...here, publicUrl: 'https://gk.example.gov.cn' })).toMatchObject({ state: 'ok' });
});
