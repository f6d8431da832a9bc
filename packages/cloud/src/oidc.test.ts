import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { oidcOf, readParameter } from './oidc.ts';
import type { Settings } from './settings.ts';

const settings = (more: object) => more as Settings;
const whole = settings({
  GONGKAI_OIDC_ISSUER: 'https://id.example.gov.cn',
  GONGKAI_OIDC_CLIENT: 'gongkai',
  GONGKAI_OIDC_SECRET_PARAMETER: '/gongkai/production/oidc',
  GONGKAI_OIDC_ACR: ' urn:a  urn:b ',
});

it('asks SSM for the secret at each use, decrypted', async () => {
  const asked: unknown[] = [];
  const ssm = createServer(async (request, response) => {
    asked.push([request.headers['x-amz-target'], await json(request)]);
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ Parameter: { Value: `s3cret-${asked.length}` } }));
  });
  await new Promise<void>((ready) => ssm.listen(0, '127.0.0.1', ready));
  const read = readParameter({
    endpoint: `http://127.0.0.1:${(ssm.address() as AddressInfo).port}`,
    region: 'cn-north-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const oidc = oidcOf(whole, read);
  expect(oidc).toMatchObject({ clientId: 'gongkai', acr: ['urn:a', 'urn:b'], local: 'everyone' });
  expect([await oidc?.secret?.(), await oidc?.secret?.()]).toEqual(['s3cret-1', 's3cret-2']);
  ssm.closeAllConnections();
  ssm.close();
  const question = ['AmazonSSM.GetParameter', { Name: '/gongkai/production/oidc', WithDecryption: true }];
  expect(asked).toEqual([question, question]);
});

it('never takes an empty secret for none', async () => {
  const nothing = async () => undefined;
  await expect(oidcOf(whole, nothing)?.secret?.()).rejects.toThrow('/gongkai/production/oidc');
});

it('is not there without an issuer, and refuses a wrong one by name', () => {
  const nothing = async () => undefined;
  expect(oidcOf(settings({}), nothing)).toBeUndefined();
  const plain = { GONGKAI_OIDC_ISSUER: 'http://id.example.gov.cn', GONGKAI_OIDC_CLIENT: 'gongkai' };
  expect(() => oidcOf(settings(plain), nothing)).toThrow(/issuer/);
  const nameless = { GONGKAI_OIDC_ISSUER: 'https://id.example' };
  expect(() => oidcOf(settings(nameless), nothing)).toThrow(/clientId/);
});
