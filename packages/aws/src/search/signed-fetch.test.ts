import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { signedFetch, signedHeaders } from './signed-fetch.ts';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const signing = {
  credentials: async () => credentials,
  region: async () => 'cn-north-1',
};
const url = new URL('https://abc.cn-north-1.aoss.amazonaws.com/gongkai-1/_search?q=%E9%A2%84');
const now = new Date('2026-11-26T08:00:00Z');

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

describe('the signature', () => {
  it('is that of the canonical request, worked out by hand as AWS describes it', async () => {
    const body = '{"query":{"match_all":{}}}';
    const headers = await signedHeaders({ method: 'POST', url, body }, signing, now);
    const names = 'content-type;host;x-amz-content-sha256;x-amz-date';
    const canonical = [
      'POST',
      '/gongkai-1/_search',
      'q=%E9%A2%84',
      'content-type:application/json',
      `host:${url.host}`,
      `x-amz-content-sha256:${sha(body)}`,
      'x-amz-date:20261126T080000Z',
      '',
      names,
      sha(body),
    ].join('\n');
    const scope = '20261126/cn-north-1/aoss/aws4_request';
    const toSign = ['AWS4-HMAC-SHA256', '20261126T080000Z', scope, sha(canonical)].join('\n');
    const key = ['20261126', 'cn-north-1', 'aoss', 'aws4_request'].reduce<string | Buffer>(
      hmac,
      `AWS4${credentials.secretAccessKey}`,
    );
    expect(headers.authorization).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${names}, Signature=${hmac(key, toSign).toString('hex')}`,
    );
    expect(headers['x-amz-content-sha256']).toBe(sha(body));
  });

  it('covers the session of a function, the method and the path', async () => {
    const session = { ...signing, credentials: async () => ({ ...credentials, sessionToken: 'token' }) };
    const one = await signedHeaders({ method: 'DELETE', url }, session, now);
    expect(one['x-amz-security-token']).toBe('token');
    expect(one.authorization).toContain('x-amz-security-token');
    const other = await signedHeaders({ method: 'GET', url }, session, now);
    expect(other.authorization).not.toBe(one.authorization);
  });
});

describe('asking', () => {
  const answers: ((response: ServerResponse) => void)[] = [];
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    (answers.shift() ?? ((to) => to.end('fine')))(response);
  });
  const listening = new Promise<URL>((settle) => {
    server.listen(0, '127.0.0.1', () =>
      settle(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x`)),
    );
  });
  afterAll(() => server.close());

  const busy = (to: ServerResponse): void => void to.writeHead(429).end('busy');

  it('tries again when it is turned away or cut off, each try signed', async () => {
    answers.push(busy, (to) => to.destroy());
    const before = asked.length;
    const answer = await signedFetch({ method: 'PUT', url: await listening, body: '{}' }, signing);
    expect(answer).toEqual({ status: 200, text: 'fine' });
    expect(asked.slice(before)).toHaveLength(3);
    for (const { headers } of asked.slice(before)) expect(headers.authorization).toContain('/aoss/');
  });

  it('hands on what stays wrong, and tries nothing again that was refused', async () => {
    answers.push(busy, busy, busy, busy);
    expect((await signedFetch({ method: 'GET', url: await listening }, signing)).status).toBe(429);
    const before = asked.length;
    answers.push((to) => void to.writeHead(403).end('no'));
    expect((await signedFetch({ method: 'GET', url: await listening }, signing)).status).toBe(403);
    expect(asked.length - before).toBe(1);
  });
});
