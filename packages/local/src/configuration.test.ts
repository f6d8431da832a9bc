import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { configurationFile, readConfiguration } from './configuration.ts';

let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'gongkai-configuration-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const settings = (text: string) => {
  writeFileSync(configurationFile(data), text);
  return readConfiguration(data);
};

it('works without a file', () => {
  expect(readConfiguration(data)).toMatchObject({ port: 8080, host: '127.0.0.1', policy: 'default' });
});

it('takes what the file says, and what is given above the file', () => {
  expect(settings('port: 9000\n').port).toBe(9000);
  expect(readConfiguration(data, { port: 9001 }).port).toBe(9001);
});

it('knows the mail server and the webhook, with their defaults', () => {
  const { smtp, webhook } = settings(
    'smtp: { host: mail.example.gov.cn, from: gongkai@example.gov.cn }\nwebhook: { url: "https://oa.example.gov.cn/notices" }\n',
  );
  expect(smtp).toMatchObject({ port: 587, security: 'starttls', timeoutMs: 20_000 });
  expect(webhook).toMatchObject({ url: 'https://oa.example.gov.cn/notices', timeoutMs: 10_000 });
});

it.each([
  ['a mistyped name', 'prot: 9000\n', /gongkai\.yaml.*prot/s],
  ['a mail server without a sender', 'smtp: { host: mail.example.gov.cn }\n', /from/],
  [
    'a provider over plain http',
    'oidc: { issuer: "http://id.example.gov.cn", clientId: gongkai }\n',
    /issuer/,
  ],
  [
    'a secret in the file itself',
    'oidc: { issuer: "https://id.example", clientId: g, secret: x }\n',
    /secret/,
  ],
  ['a webhook that is no address', 'webhook: { url: "file:///etc/passwd" }\n', /url/],
])('refuses %s instead of ignoring it', (_, text, problem) => {
  expect(() => settings(text)).toThrow(problem);
});
