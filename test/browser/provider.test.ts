import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oidcSettings } from '@gongkai/api/settings';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clientSecret, startIdentityProvider } from '../sign-in/identity-provider.ts';
import { type BrowserOffice, noBrowser, openOffice, shot } from './office.ts';
import { days, minutes } from './shiftable-clock.ts';
import {
  answerAll,
  describeIt,
  document,
  giveCredentials,
  inspected,
  press,
  signIn,
  takeUp,
  toReview,
  upload,
} from './staff.ts';

describe.skipIf(noBrowser())("sign-in by the office's own provider, in a browser", () => {
  let office: BrowserOffice;
  let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
  beforeAll(async () => {
    office = await openOffice({
      oidc: async (address, data) => {
        provider = await startIdentityProvider(address);
        writeFileSync(join(data, 'oidc.secret'), `${clientSecret}\n`, { mode: 0o600 });
        const settings = {
          issuer: provider.issuer,
          clientId: 'gongkai',
          claim: 'employee_number',
          scope: 'staff',
        };
        return { ...oidcSettings.parse(settings), secretFile: 'oidc.secret' };
      },
    });
  }, 300_000);
  afterEach((test) => office.tidy(test.task));
  afterAll(async () => {
    await office?.close();
    await provider?.stop();
  }, 30_000);

  /** On the provider's own page. */
  const giveName = async (page: Page, name: string): Promise<void> => {
    await page.getByLabel('工号').fill(name);
    await page.getByRole('button', { name: '进入', exact: true }).click();
  };
  const byProvider = async (name: string): Promise<Page> => {
    const page = await office.page();
    await page.goto('/console/publications');
    await page.getByRole('button', { name: '用统一身份认证登录' }).click();
    await page.waitForURL(`${provider.issuer}/**`);
    await giveName(page, name);
    return page;
  };

  it('an administrator links a reviewer; she signs in there, and decides after she has signed in there again', async () => {
    // A reviewer with a new way in waits a day: so it was made some days ago.
    office.clock.advance(-3 * days);
    const admin = await office.page();
    await admin.goto('/console/people');
    await giveCredentials(office, admin, 'guanli');
    await admin.getByRole('button', { name: '修改 李强' }).click();
    const form = admin.getByRole('dialog', { name: '李强' });
    await form.getByLabel('标识（sub）').fill('E-1001');
    await form
      .getByRole('button', { name: '关 联' })
      .or(form.getByRole('button', { name: '关联' }))
      .click();
    await admin.getByText('已保存').waitFor();
    await admin.getByRole('button', { name: '修改 李强' }).click();
    await form.getByText('E-1001').waitFor();
    await shot(admin, 'identity-linked');
    office.clock.advance(3 * days);

    const title = '统一身份的通知';
    const maker = await signIn(office, 'jingban');
    await upload(maker, document('17 打造阳光政府.pdf'));
    await inspected(maker);
    await describeIt(maker, {
      title,
      column: '通知公告',
      genre: '通知',
      summary: '概述',
      generatedOn: '2026-11-20',
    });
    await toReview(maker);
    await answerAll(maker);
    await press(maker, '自审通过，送审');

    // She signed in eleven minutes ago, so a decision asks again.
    office.clock.advance(-11 * minutes);
    const first = await byProvider('E-1001');
    await first.waitForURL('**/console/publications'); // where she was
    expect(first.url()).not.toContain('code=');
    office.clock.advance(11 * minutes);
    await first.getByRole('link', { name: '我的工作' }).click();
    await takeUp(first, title);
    await first.getByRole('button', { name: '同意', exact: true }).click();
    await first.getByRole('dialog', { name: '请再次确认身份' }).waitFor();
    await shot(first, 'step-up-provider');
    // Somebody else at the same desk: nothing is confirmed, and the screen stays.
    const open = async (): Promise<Page> => {
      const opened = first.waitForEvent('popup');
      await first.getByRole('button', { name: '用统一身份认证再次确认' }).click();
      return opened;
    };
    const wrong = await open();
    await giveName(wrong, 'E-2002');
    await wrong.getByText('再次确认时登录的是另一个人').waitFor();
    await shot(wrong, 'step-up-other-person');
    await wrong.close();
    expect(await first.getByRole('dialog', { name: '请再次确认身份' }).count()).toBe(1);
    const right = await open();
    await giveName(right, 'E-1001');
    await first.waitForURL(/\/console\/?$/);
    await expect.poll(() => right.isClosed(), { timeout: 30_000 }).toBe(true);

    await maker.reload();
    await maker.getByRole('link', { name: '信息管理' }).click();
    await maker.getByRole('link', { name: title }).first().click();
    await maker.locator('.gk-decision', { hasText: '李强' }).first().waitFor();

    // Out here, and the provider is asked to end its session too.
    await first.getByRole('button', { name: /李强/ }).click();
    await first.getByText('退出登录').click();
    await first.waitForURL(`${provider.issuer}/**`);
    await first.goto('/console/');
    await first.getByRole('button', { name: '用统一身份认证登录' }).waitFor();
  }, 300_000);

  it('what is typed stays, however late the office says which ways in it has', async () => {
    const page = await office.page();
    await page.route('**/api/office', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue();
    });
    await page.goto('/console/');
    await page.getByLabel('账号').fill('jingban');
    await page.getByRole('button', { name: '用统一身份认证登录' }).waitFor();
    expect(await page.getByLabel('账号').inputValue()).toBe('jingban');
    await giveCredentials(office, page, 'jingban');
    await page.getByRole('heading', { level: 1, name: '我的工作' }).waitFor();
  }, 300_000);

  it('who is linked with nobody reads what to do, and the back button or a reload begins no session', async () => {
    const page = await byProvider('E-9999');
    await page.getByText('尚未与本系统的人员关联').waitFor();
    await page.getByText('E-9999').waitFor();
    await shot(page, 'provider-unknown');
    await page.reload();
    await page.getByLabel('账号').waitFor();
    await page.goBack();
    await page.goto('/console/oidc?code=old&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
    await page.getByText('这次登录已经用过、已过期').waitFor();
    await page.getByRole('link', { name: '去工作台' }).click();
    await page.getByLabel('账号').waitFor();
    // The provider is down: the sentence, and the local account beside it.
    provider.breaks(true);
    // Its metadata is known, so the browser is still sent there; what comes back cannot be checked.
    await giveCredentials(office, page, 'jingban');
    await page.getByRole('heading', { level: 1, name: '我的工作' }).waitFor();
    provider.breaks(false);
  }, 300_000);
});
