import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { drop } from './dropping.ts';
import { type BrowserOffice, home } from './office.ts';

/** What signing in needs of an office. */
type Door = Pick<BrowserOffice, 'password' | 'page'>;

/** A document of the demonstration. */
export const document = (name: string): string => join(home, 'packages/local/documents/made', name);

export const giveCredentials = async (office: Door, page: Page, account: string): Promise<void> => {
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码', { exact: true }).fill(office.password(account));
  await page.getByRole('button', { name: '登录', exact: true }).click();
};

/** Opens the console in a browser of one's own and signs in as one does: by typing. */
export const signIn = async (
  office: Door,
  account: string,
  options?: Parameters<BrowserOffice['page']>[0],
): Promise<Page> => {
  const page = await office.page(options);
  await page.goto('/console/');
  await giveCredentials(office, page, account);
  await page.getByRole('heading', { level: 1, name: '我的工作' }).waitFor();
  return page;
};

export const textOf = async (place: Locator): Promise<string> => (await place.textContent()) ?? '';

export const stateOf = (page: Page, state: string): Locator =>
  page.getByRole('heading', { level: 1 }).getByText(state, { exact: true });

/** Drops the files on the upload screen and starts; ends on the publication's own page. Returns its id. */
export const upload = async (page: Page, ...files: readonly string[]): Promise<string> => {
  await page.getByRole('link', { name: '上传', exact: true }).click();
  const area = page.getByRole('button', { name: /把文件拖到这里/ });
  for (const file of files) await drop(area, file);
  await page.getByRole('button', { name: '开始上传' }).click();
  await page.waitForURL(/\/console\/publications\/[^/]+$/);
  return page.url().split('/').at(-1) ?? '';
};

/** Until all machines before the self-check are through: LibreOffice that hangs at its start is ended after three minutes at the worst. */
export const inspected = (page: Page): Promise<void> =>
  page.locator('.gk-line li.now', { hasText: '自审' }).first().waitFor({ timeout: 240_000 });

/** Picks from one of the form's lists by typing into it, as one does where there are twenty lines. */
const choose = async (page: Page, label: string, option: string): Promise<void> => {
  const field = page.getByRole('combobox', { name: label });
  await field.click();
  await field.fill(option);
  await field.press('Enter');
};

/** What the machines could not read from the text, filled in and saved. */
export const describeIt = async (
  page: Page,
  entry: { title?: string; column: string; genre: string; summary: string; generatedOn?: string },
): Promise<void> => {
  if (entry.title) await page.getByLabel('名称').fill(entry.title);
  await choose(page, '栏目', entry.column);
  await choose(page, '体裁', entry.genre);
  if (entry.generatedOn) await page.getByLabel('生成日期').fill(entry.generatedOn);
  await page.getByLabel('内容概述').fill(entry.summary);
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('有未保存的修改').waitFor({ state: 'detached' });
};

/** To the review page from the publication's own, by its button. */
export const toReview = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /处理发现|去自审并送审|打开审查页/ }).click();
  await page.waitForURL(/\/review$/);
  await page.locator('canvas').first().waitFor();
};

/** Covers what can be covered and calls the rest not sensitive, until nothing is open. */
export const answerAll = async (page: Page): Promise<void> => {
  const open = page.locator('.gk-finding.open');
  for (let left = await open.count(); left > 0; left = await open.count()) {
    const one = open.first();
    const id = (await one.getAttribute('data-finding')) ?? '';
    const cover = one.getByRole('button', { name: '遮盖' });
    if (await cover.isEnabled()) await cover.click();
    else {
      await one.getByRole('button', { name: '不敏感' }).click();
      await one.getByRole('button', { name: '误判，不是这类信息' }).click();
    }
    await page.locator(`.gk-finding.open[data-finding="${id}"]`).waitFor({ state: 'detached' });
  }
  await page.getByText('发现已全部答复').waitFor();
};

/** From my work to the review page of what waits there. */
export const takeUp = async (page: Page, title: string): Promise<void> => {
  await page.getByRole('link', { name: `去审查 ${title}` }).click();
  await page.waitForURL(/\/review$/);
  await page.locator('canvas').first().waitFor();
};

/** Approves or submits by the button; ends at my work. */
export const press = async (page: Page, button: '自审通过，送审' | '同意'): Promise<void> => {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.waitForURL(/\/console\/?$/);
};
