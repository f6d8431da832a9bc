import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { grave, violations } from './accessibility.ts';
import { type BrowserOffice, noBrowser, openOffice, shot } from './office.ts';
import { inspected, signIn } from './staff.ts';

describe.skipIf(noBrowser())('writing a document in a browser', () => {
  let office: BrowserOffice;
  let maker: Page;
  beforeAll(async () => {
    office = await openOffice();
    maker = await signIn(office, 'jingban');
  }, 300_000);
  afterAll(() => office?.close(), 30_000);
  afterEach(({ task }) => (task.result?.state === 'fail' ? office.tidy(task) : undefined));

  const preview = () => maker.getByRole('button', { name: '预览' }).click();
  const number = (page: Page) => page.getByLabel('发文字号');

  it('says at the field what is wrong, shows the letter, and takes what was shown into a draft', async () => {
    await maker.getByRole('link', { name: '撰写', exact: true }).click();
    // Also where the screen is the first that is opened.
    await maker.reload();
    await number(maker).waitFor();
    expect(await maker.getByLabel('发文机关 1', { exact: true }).inputValue()).toBe('示例县人民政府办公室');
    await number(maker).fill('示政发[2026]8号');
    await maker.getByLabel('标题', { exact: true }).fill('关于做好政务公开工作的通知');
    await maker.getByLabel('主送机关').fill('各村民委员会');
    await maker
      .getByLabel('正文（Markdown）')
      .fill('## 总体要求\n\n坚持以公开为常态、不公开为例外。\n\n特此通知。');
    await preview();
    await maker.locator('.ant-form-item-explain-error').getByText('发文字号').waitFor();
    await number(maker).fill('示政发〔2026〕8号');
    await maker.getByRole('button', { name: '添加 附件' }).click();
    await maker.getByLabel('名称', { exact: true }).fill('任务分工表');
    await preview();
    await maker.locator('.gk-compose-paper canvas').first().waitFor();
    await shot(maker, 'compose', true);
    expect(grave(await violations(maker))).toEqual([]);
    await maker.getByLabel('主送机关').fill('各村民委员会，镇直各办所');
    await maker.getByText('内容已改动，请重新预览').waitFor();
    expect(await maker.getByRole('button', { name: '放入草稿' }).isDisabled()).toBe(true);
    await preview();
    await maker.getByText('内容已改动，请重新预览').waitFor({ state: 'detached' });
    await maker.getByRole('button', { name: '放入草稿' }).click();
    await maker.waitForURL(/\/console\/publications\/[^/]+$/);
    await inspected(maker);
    await maker.getByText('关于做好政务公开工作的通知.pdf').first().waitFor();
    await shot(maker, 'compose-draft', true);
  }, 300_000);

  it('puts another document, written in Markdown, into the same draft', async () => {
    await maker.getByRole('button', { name: '撰写公文' }).click();
    await maker.getByText('Markdown', { exact: true }).click();
    await maker
      .getByRole('textbox', { name: 'Markdown' })
      .fill(
        '---\n发文机关: 示例镇\n发文字号: 示政函〔2026〕2号\n成文日期: 2026-03-03\n格式: 信函格式\n---\n# 关于商请提供图纸的函\n\n请予支持。\n',
      );
    await preview();
    await maker.locator('.gk-compose-paper canvas').first().waitFor();
    await shot(maker, 'compose-markdown', true);
    expect(grave(await violations(maker))).toEqual([]);
    await maker.getByRole('button', { name: '放入这件草稿' }).click();
    await maker.getByText('关于商请提供图纸的函.pdf').first().waitFor();
  }, 300_000);

  it('fills the other forms by the same boxes', async () => {
    await maker.getByRole('link', { name: '撰写', exact: true }).click();
    await maker.getByRole('combobox', { name: '表单' }).click();
    await maker.getByTitle('依申请公开告知书').click();
    await maker.getByLabel('告知书文号').fill('示公开告〔2026〕3号');
    await maker.getByLabel('申请人', { exact: true }).fill('李小明');
    await maker.getByLabel('收到申请的日期').fill('2026-02-10');
    await maker.getByLabel('申请公开的信息').fill('低保对象名单');
    await maker.getByRole('combobox', { name: '答复种类' }).click();
    await maker.getByTitle('不予公开（§36（三））').click();
    await preview();
    await maker.locator('.ant-form-item-explain-error').getByText('不予公开的依据').waitFor();
    await maker.getByRole('combobox', { name: '不予公开的依据' }).click();
    await maker.getByTitle('个人隐私（§15）').click();
    await maker.getByLabel('理由', { exact: true }).fill('第三方不同意公开');
    await preview();
    await maker.locator('.gk-compose-paper canvas').first().waitFor();
    await shot(maker, 'compose-reply', true);
  }, 300_000);
});
