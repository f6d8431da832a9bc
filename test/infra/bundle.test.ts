import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { files } from '../../infra/files.ts';
import { type AwsLocal, awsLocalMissing, startAwsLocal } from '../aws-local/index.ts';
import { LocalFunction } from '../aws-local/lambda.ts';
import { notRun } from '../not-run.ts';
import { bundle } from './bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Issue 3: what a cold start of the API has to read stays under 1.5 MB. */
it('the API starts with less than 1.5 MB, and without what it may never need', async () => {
  const { initialBytes, packages } = await bundle('api', folder);
  const names = packages.map(([name]) => name);
  expect(initialBytes).toBeGreaterThan(300_000);
  expect(initialBytes, packages.slice(0, 8).join(' ')).toBeLessThan(1_500_000);
  const later = ['nodemailer', 'openid-client', '@simplewebauthn/server', 'yaml', 'qrcode'];
  const clients = ['sesv2', 'lambda', 'sqs', 'kms'].map((name) => `@aws-sdk/client-${name}`);
  for (const name of [...later, ...clients]) expect(names).not.toContain(name);
});

/** What runs here from its source must also run from what is unpacked there: no file may be looked for beside the code. */
describe.skipIf(notRun(awsLocalMissing !== undefined, 'the bundled functions', awsLocalMissing ?? ''))(
  'every function, bundled and unpacked as on AWS',
  () => {
    let aws: AwsLocal;
    beforeAll(async () => {
      aws = await startAwsLocal({ clockMs: 3_600_000 });
    }, 60_000);
    afterAll(() => aws?.end());

    const start = async (name: string): Promise<LocalFunction> => {
      const unpacked = join(folder, name);
      const { entry } = await bundle(name, unpacked);
      const more = name === 'api' ? { GONGKAI_ASSETS: files.api[0].to } : {};
      const env = { ...aws.env, ...more, BUNDLE: entry };
      return new LocalFunction({
        name,
        timeoutMs: 30_000,
        atOnce: 1,
        env,
        folder: unpacked,
        log: () => undefined,
      });
    };

    it('api answers with the front page and its style', async () => {
      const api = await start('api');
      const get = async (path: string): Promise<string> => {
        const http = { method: 'GET', path, protocol: 'HTTP/1.1' };
        const event = {
          version: '2.0',
          rawPath: path,
          rawQueryString: '',
          headers: {},
          requestContext: { domainName: 'a', http },
        };
        return (await buffer(await api.invokeStreaming(event))).toString();
      };
      const front = await get('/');
      expect(front).toContain('"statusCode":200');
      const style = /href="(\/assets\/catalogue[^"]+)"/.exec(front)?.[1] ?? '';
      expect(await get(style)).toContain('--');
      api.end();
    });

    it.each(['stations', 'uploads', 'stream', 'clock', 'upkeep'])('%s starts and answers', async (name) => {
      const made = await start(name);
      const answer = await made.invoke({ Records: [] });
      expect(answer).toEqual(name === 'clock' || name === 'upkeep' ? null : { batchItemFailures: [] });
      made.end();
    });
  },
);
