import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { grave, violations } from './accessibility.ts';
import { type BrowserOffice, noBrowser, openOffice, shot } from './office.ts';
import { signIn } from './staff.ts';

describe.skipIf(noBrowser())('the dictionary in a browser', () => {
  let office: BrowserOffice;
  let reviewer: Page;
  beforeAll(async () => {
    office = await openOffice();
  }, 120_000);
  afterAll(() => office?.close(), 30_000);
  afterEach(({ task }) => (task.result?.state === 'fail' ? office.tidy(task) : undefined));

  const tab = (name: string) => reviewer.getByRole('tab', { name }).click();

  it('takes a word and a value for the whitelist, and tells who did it', async () => {
    reviewer = await signIn(office, 'fuhe');
    await reviewer.getByRole('link', { name: '词典与白名单' }).click();
    await reviewer.getByText('词典里还没有词。').waitFor();
    await reviewer.getByLabel('词', { exact: true }).fill('青山 工程');
    await reviewer.getByRole('button', { name: '加入词典' }).click();
    await reviewer.getByRole('cell', { name: '青山工程', exact: true }).waitFor();
    await tab('白名单');
    await reviewer.getByLabel('值').fill('0414-4822345');
    await reviewer.getByLabel('理由').fill('本机关总机');
    await reviewer.getByRole('button', { name: '列入白名单' }).click();
    await reviewer.getByRole('cell', { name: '0414-4822345', exact: true }).waitFor();
    await shot(reviewer, 'dictionary');
    expect(grave(await violations(reviewer))).toEqual([]);
    await tab('变更记录');
    await reviewer.getByRole('cell', { name: '座机号 0414-4822345' }).waitFor();
    await reviewer.getByText('第 2 版').first().waitFor();
  }, 90_000);

  it('tries words on what is published and says when it is through', async () => {
    await tab('试运行');
    await reviewer.getByLabel('要找的词，每行一个').fill('青山\n绿水');
    await reviewer.getByRole('button', { name: '开始试运行' }).click();
    await reviewer.getByText('已完成：共查 0 件，命中 0 件').waitFor({ timeout: 60_000 });
    await reviewer.getByText('没有命中。').waitFor();
    await shot(reviewer, 'dictionary-trial');
    expect(grave(await violations(reviewer))).toEqual([]);
  }, 90_000);
});
