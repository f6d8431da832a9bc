import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserOffice, noBrowser, openOffice } from './office.ts';
import { giveCredentials } from './staff.ts';

/** A security key that Chromium plays: resident, with user verification, as a fingerprint reader is. */
const plugIn = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
};

describe.skipIf(noBrowser())('a second factor, in a browser', () => {
  let office: BrowserOffice;
  beforeAll(async () => {
    office = await openOffice();
  }, 120_000);
  afterEach((test) => office.tidy(test.task));
  afterAll(() => office.close());

  /** Passkeys belong to a name, never to an address of numbers. */
  const atLocalhost = () => office.page({ baseURL: office.address.replace('127.0.0.1', 'localhost') });
  const home = (page: Page) => page.getByRole('heading', { level: 1, name: '我的工作' }).waitFor();
  const signOut = async (page: Page): Promise<void> => {
    await page.context().clearCookies();
    await page.goto('/console/');
    await page.getByLabel('账号').waitFor();
  };

  it('a passkey is added and signs in without the password', async () => {
    const page = await atLocalhost();
    await plugIn(page);
    await page.goto('/console/');
    await giveCredentials(office, page, 'jingban');
    await home(page);
    await page.goto('/console/account');
    await page.getByLabel(/名称，如/).fill('办公室电脑');
    await page.getByRole('button', { name: '添加通行密钥' }).click();
    await page.getByText('办公室电脑').waitFor();
    await signOut(page);
    await page.getByRole('button', { name: '用通行密钥登录' }).click();
    await home(page);
  }, 60_000);

  it('codes from a telephone are switched on, and then the password alone is not enough', async () => {
    const page = await office.page();
    await page.goto('/console/');
    await giveCredentials(office, page, 'chushen');
    await home(page);
    await page.goto('/console/account');
    await page.getByRole('button', { name: '开启', exact: true }).click();
    const secret = (await page.locator('code').first().textContent())?.trim() ?? '';
    const totp = new TOTP({ secret });
    await page.getByLabel('验证码').fill(totp.generate());
    await page.getByRole('button', { name: '验证并开启' }).click();
    await page.getByText('已开启').waitFor();

    await signOut(page);
    await giveCredentials(office, page, 'chushen');
    const code = page.getByLabel(/验证码/);
    await code.waitFor();
    expect(await page.getByRole('heading', { level: 1, name: '我的工作' }).count()).toBe(0);
    // The same code counts once: half a minute later there is another.
    office.clock.advance(31_000);
    await code.fill(totp.generate({ timestamp: Date.now() + 31_000 }));
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await home(page);
  }, 60_000);
});
