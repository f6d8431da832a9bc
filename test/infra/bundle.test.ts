import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { bundle } from './bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Issue 3: what a cold start of the API has to read stays under 1.5 MB. */
it('the API starts with less than 1.5 MB, and without what it may never need', async () => {
  const { initialBytes, packages } = await bundle('api', folder);
  const names = packages.map(([name]) => name);
  expect(initialBytes).toBeGreaterThan(300_000);
  expect(initialBytes, packages.slice(0, 8).join(' ')).toBeLessThan(1_500_000);
  for (const name of ['nodemailer', 'openid-client', '@simplewebauthn/server', '@aws-sdk/client-sesv2'])
    expect(names).not.toContain(name);
});
