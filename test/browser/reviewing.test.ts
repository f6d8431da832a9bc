import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { grave, violations } from './accessibility.ts';
import { type BrowserOffice, noBrowser, openOffice, shot } from './office.ts';
import { minutes } from './shiftable-clock.ts';
import {
  answerAll,
  describeIt,
  document,
  giveCredentials,
  inspected,
  press,
  signIn,
  stateOf,
  takeUp,
  toReview,
  upload,
} from './staff.ts';

// PDFs go through untouched: these scenarios need no LibreOffice.
const someDocuments = [
  '17 打造阳光政府.pdf',
  '06 本溪县政务公开日活动总结.pdf',
  '09 环保局政务公开工作总结.pdf',
  '01 区第二中医院政务公开日信息.pdf',
];

describe.skipIf(noBrowser())('reviewing in a browser', () => {
  let office: BrowserOffice;
  beforeAll(async () => {
    office = await openOffice();
  }, 300_000);
  afterAll(async () => {
    await office?.close();
  }, 30_000);
  afterEach(({ task }) => office.tidy(task));

  /** A draft of the n-th document, described and with every finding answered; the page is its review page. */
  const draft = async (page: Page, n: number, title: string): Promise<string> => {
    const id = await upload(page, document(someDocuments[n] ?? ''));
    await inspected(page);
    await describeIt(page, {
      title,
      column: '通知公告',
      genre: '通知',
      summary: `${title}的概述`,
      generatedOn: '2026-11-20',
    });
    await toReview(page);
    await answerAll(page);
    return id;
  };

  it('a return with its reason reaches the maker, and every decision so far is void', async () => {
    const title = '退回的通知';
    const maker = await signIn(office, 'jingban');
    await draft(maker, 0, title);
    await press(maker, '自审通过，送审');
    const first = await signIn(office, 'chushen');
    await takeUp(first, title);
    await press(first, '同意');

    const second = await signIn(office, 'fuhe');
    await takeUp(second, title);
    await second.getByRole('button', { name: '退回', exact: true }).click();
    const dialog = second.getByRole('dialog', { name: '退回给经办人' });
    // Without a reason it stays.
    await dialog.getByRole('button', { name: '退回', exact: true }).click();
    await dialog.getByText('请写明理由').waitFor();
    await dialog.getByLabel('理由').fill('第二段的数字与附表不一致，请核对');
    await shot(second, 'return');
    await dialog.getByRole('button', { name: '退回', exact: true }).click();
    await second.waitForURL(/\/console\/?$/);

    await maker.reload();
    await maker.getByRole('link', { name: `自审并送审 ${title}` }).waitFor();
    await shot(maker, 'work-returned');
    await maker.getByRole('link', { name: title, exact: true }).first().click();
    await maker.getByText('第二段的数字与附表不一致，请核对').first().waitFor();
    await maker.getByText('张华').first().waitFor();
    await shot(maker, 'returned');
    const decisions = maker.locator('.gk-decision');
    expect(await decisions.count()).toBe(3);
    expect((await decisions.allTextContents()).filter((text) => text.includes('已作废'))).toHaveLength(3);
  }, 300_000);

  it('nobody reviews their own work, even with both roles', async () => {
    const title = '两种角色一个人';
    const both = await signIn(office, 'shuangjue');
    const id = await draft(both, 1, title);
    await press(both, '自审通过，送审');
    expect(await both.getByRole('link', { name: `去审查 ${title}` }).count()).toBe(0);
    await both.goto(`/console/publications/${id}/review`);
    await both.getByText('不能审查自己起草、修改或已经审过的文件，请由另一人审查。').waitFor();
    expect(await both.getByRole('button', { name: '同意', exact: true }).count()).toBe(0);
    await both.keyboard.press('a');
    expect(await both.getByRole('dialog').count()).toBe(0);
    await shot(both, 'own-work');
  }, 300_000);

  it('a double click decides once', async () => {
    const title = '两种角色一个人';
    const first = await signIn(office, 'chushen');
    await takeUp(first, title);
    let sent = 0;
    first.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/decisions')) sent += 1;
    });
    await first.getByRole('button', { name: '同意', exact: true }).dblclick();
    await first.waitForURL(/\/console\/?$/);
    expect(sent).toBe(1);
    await first.getByRole('link', { name: '信息管理' }).click();
    await first.getByRole('link', { name: title }).first().click();
    await stateOf(first, '待复核').waitFor();
    expect(await first.locator('.gk-decision', { hasText: '初审' }).count()).toBe(1);
  }, 300_000);

  it('a decision on content that has changed meanwhile is not made, and says so', async () => {
    const title = '改过的通知';
    const maker = await signIn(office, 'jingban');
    const id = await draft(maker, 2, title);
    await press(maker, '自审通过，送审');
    const first = await signIn(office, 'chushen');
    await takeUp(first, title);
    // Meanwhile it is called back, changed, and submitted again.
    await maker.goto(`/console/publications/${id}`);
    await maker.getByRole('button', { name: '撤回修改' }).click();
    await maker.getByRole('button', { name: '确定' }).click();
    await stateOf(maker, '起草').waitFor();
    await maker.getByLabel('内容概述').fill('改过的概述');
    await maker.getByRole('button', { name: '保存' }).click();
    await maker.getByText('有未保存的修改').waitFor({ state: 'detached' });
    await toReview(maker);
    await press(maker, '自审通过，送审');

    await first.getByRole('button', { name: '同意', exact: true }).click();
    await first.getByText('内容与您看到的不同了，已载入最新。').waitFor();
    await shot(first, 'stale-decision');
    await first.getByRole('tab', { name: '著录' }).click();
    await first.getByText('改过的概述').waitFor();
    await press(first, '同意');
  }, 300_000);

  it('two tabs that edit the same draft lose nothing', async () => {
    const one = await signIn(office, 'jingban');
    const id = await upload(one, document(someDocuments[3] ?? ''));
    await inspected(one);
    const other = await one.context().newPage();
    await other.goto(`/console/publications/${id}`);
    await other.getByLabel('文号').fill('政办发〔2026〕99号');
    await one.getByLabel('内容概述').fill('另一个窗口写的概述');
    await one.getByRole('button', { name: '保存' }).click();
    await one.getByText('有未保存的修改').waitFor({ state: 'detached' });
    await other.getByRole('button', { name: '保存' }).click();
    await other.getByText('内容刚被他人修改').waitFor();
    await shot(other, 'stale-edit');
    expect(await other.getByLabel('文号').inputValue()).toBe('政办发〔2026〕99号');
    await other.getByRole('button', { name: '载入最新并应用我的修改' }).click();
    await other.getByText('内容刚被他人修改').waitFor({ state: 'detached' });
    await one.reload();
    await expect
      .poll(() => one.getByLabel('文号').inputValue(), { timeout: 10_000 })
      .toBe('政办发〔2026〕99号');
    expect(await one.getByLabel('内容概述').inputValue()).toBe('另一个窗口写的概述');
  }, 300_000);

  it('speaks English, and keeps to it', async () => {
    const page = await office.page();
    await page.goto('/console/');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByLabel('Account').fill('jiandu');
    await page.getByLabel('Password', { exact: true }).fill(office.password('jiandu'));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    // The office's and people's own names stay; nothing that the console says does.
    const lines = (await page.locator('body').ariaSnapshot()).split('\n');
    const han = lines.filter((line) => /\p{Script=Han}/u.test(line)).map((line) => line.trim());
    expect(han.filter((line) => !/示例县人民政府办公室|赵静|button "中文"/.test(line))).toEqual([]);
    expect(lines.length).toBeGreaterThan(5);
    await shot(page, 'english');
  }, 300_000);

  it('goes dark, and stays readable', async () => {
    const page = await signIn(office, 'chushen');
    await page.getByRole('button', { name: '换成深色' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '我的工作' }).waitFor();
    const background = await page.evaluate<string>(
      "getComputedStyle(document.querySelector('.gk-frame')).backgroundColor",
    );
    const [red = 255] = (background.match(/\d+/g) ?? []).map(Number);
    expect(red).toBeLessThan(40);
    await shot(page, 'dark');
    expect(grave(await violations(page))).toEqual([]);
  }, 300_000);

  it('has no grave fault for axe at the sign-in, at work, at an item and at the review', async () => {
    const found: Record<string, readonly string[]> = {};
    const page = await office.page();
    await page.goto('/console/');
    await page.getByLabel('账号').waitFor();
    found['sign-in'] = await violations(page);
    await giveCredentials(office, page, 'jingban');
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    found.work = await violations(page);
    await page.getByRole('link', { name: '退回的通知', exact: true }).first().click();
    await page.getByRole('heading', { name: '经过' }).waitFor();
    found.item = await violations(page);
    await toReview(page);
    found.review = await violations(page);
    await page.goto('/console/publications');
    await page.getByRole('link', { name: '改过的通知' }).first().waitFor();
    await shot(page, 'publications');
    found.publications = await violations(page);
    await page.goto('/console/upload');
    await page.getByRole('heading', { level: 1 }).waitFor();
    found.upload = await violations(page);
    const lesser = Object.entries(found).flatMap(([screen, lines]) =>
      lines.map((line) => `${screen}: ${line}`),
    );
    if (lesser.length > 0) console.info(lesser.join('\n'));
    for (const [screen, lines] of Object.entries(found)) expect(grave(lines), screen).toEqual([]);
  }, 300_000);

  it('a session that ends while a reason is typed loses none of it', async () => {
    const title = '改过的通知';
    const second = await signIn(office, 'fuhe');
    await takeUp(second, title);
    await second.getByRole('button', { name: '退回', exact: true }).click();
    const dialog = second.getByRole('dialog', { name: '退回给经办人' });
    await dialog.getByLabel('理由').fill('写了很久的理由');
    office.clock.advance(31 * minutes);
    await dialog.getByRole('button', { name: '退回', exact: true }).click();
    const again = second.getByRole('dialog', { name: '登录已过期' });
    await again.waitFor();
    await shot(second, 'session-over');
    expect(await again.getByLabel('账号').inputValue()).toBe('fuhe');
    await again.getByLabel('密码', { exact: true }).fill(office.password('fuhe'));
    await again.getByRole('button', { name: '登录', exact: true }).click();
    await again.waitFor({ state: 'detached' });
    await expect
      .poll(() => dialog.getByLabel('理由').inputValue(), { timeout: 10_000 })
      .toBe('写了很久的理由');
    await dialog.getByRole('button', { name: '退回', exact: true }).click();
    await second.waitForURL(/\/console\/?$/);
  }, 300_000);
});
