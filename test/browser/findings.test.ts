import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { grave, violations } from './accessibility.ts';
import { type BrowserOffice, noBrowser, openOffice, shot } from './office.ts';
import { onePagePdf } from './one-page-pdf.ts';
import { inspected, signIn, toReview, upload } from './staff.ts';

const id = '11010519491231002X';
const mobile = '13812345678';

describe.skipIf(noBrowser())('findings in a browser', () => {
  let office: BrowserOffice;
  let folder: string;
  let maker: Page;
  beforeAll(async () => {
    office = await openOffice();
    folder = mkdtempSync(join(tmpdir(), 'gongkai-findings-'));
  }, 300_000);
  afterAll(async () => {
    await office?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);
  afterEach(({ task }) => (task.result?.state === 'fail' ? office.tidy(task) : undefined));

  const written = (name: string, pdf: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, pdf);
    return path;
  };
  const file = (name: string, ...lines: readonly string[]) => written(name, onePagePdf({ lines }));
  const card = (text: string) => maker.locator('.gk-finding', { hasText: text }).first();

  it('stand together by value, over all files, and one key covers them all', async () => {
    maker = await signIn(office, 'jingban');
    await upload(
      maker,
      file('one.pdf', `Zhang San ${id}`, `Again ${id}`, `Call ${mobile}`),
      file('two.pdf', `Annex ${id}`, 'Call 13987654321'),
    );
    await inspected(maker);
    await maker.getByRole('button', { name: '处理发现（5）' }).waitFor();
    await toReview(maker);
    await maker.getByText('5 处待处理').waitFor();
    await maker.keyboard.press('n');
    await card(id).getByText('3 处', { exact: true }).waitFor();
    await card(id).getByText('附件1 第 1 页').first().waitFor();
    await shot(maker, 'findings-group');
    expect(grave(await violations(maker))).toEqual([]);
    await maker.keyboard.press('1');
    await maker.getByText('2 处待处理').waitFor();
    await card(id)
      .getByRole('button', { name: new RegExp(id) })
      .first()
      .click();
    // Undone at the chosen place only, the two others stay covered.
    await card(id).getByRole('button', { name: '正文 第 1 页 · 遮盖' }).first().click();
    await card(id).getByText('这一处').click();
    await card(id).getByRole('button', { name: '收回答复' }).click();
    await maker.getByText('3 处待处理').waitFor();
    await maker.keyboard.press('1');
    await maker.getByText('2 处待处理').waitFor();
  }, 300_000);

  it('of a whole kind are answered with one reason when that is asked for', async () => {
    await card(mobile)
      .getByRole('button', { name: new RegExp(mobile) })
      .first()
      .click();
    await maker.keyboard.press('s');
    await maker.keyboard.press('2');
    await maker.getByLabel('不敏感：理由').fill('单位对外公开的联系方式');
    await maker.keyboard.press('Enter');
    await maker.getByText(/处待处理/).waitFor({ state: 'detached' });
  }, 300_000);

  it('of a file that takes the place of another are answered by one click as they were', async () => {
    await maker.getByRole('heading', { level: 1 }).getByRole('link').click();
    await maker.getByRole('button', { name: /one\.pdf/ }).click();
    await maker.getByRole('button', { name: '确定' }).click();
    await maker.getByText('one.pdf').waitFor({ state: 'detached' });
    await maker.locator('input[type=file]').setInputFiles(
      written(
        'mended.pdf',
        onePagePdf({
          lines: [`Li Si ${id}`, `Call ${mobile}`, 'New 13700001111', 'Under the bar'],
          over: '0 g 55 574 200 22 re f',
        }),
      ),
    );
    await inspected(maker);
    await maker.getByRole('button', { name: '处理发现（4）' }).waitFor({ timeout: 60_000 });
    await toReview(maker);
    await maker.getByText('上一版里答复过 2 处同样的内容').waitFor();
    await card(id)
      .getByRole('button', { name: new RegExp(id) })
      .first()
      .click();
    await card(id).getByText('上一版：遮盖').waitFor();
    await shot(maker, 'findings-former');
    expect(grave(await violations(maker))).toEqual([]);
    await maker.getByRole('button', { name: '全部采用（2）' }).click();
    await maker.getByText('2 处待处理').waitFor();
    await card(mobile).getByText('单位对外公开的联系方式').waitFor();
  }, 300_000);

  it('that nobody sees are made visible, on the page and beside it', async () => {
    await card('Under the bar').getByRole('button').first().click();
    await card('Under the bar').getByRole('figure').getByText('Under the bar').waitFor();
    await maker.locator('.gk-mark-text', { hasText: 'Under the bar' }).waitFor();
    await shot(maker, 'hidden');
    await maker.keyboard.press('1');
    await maker.getByText('1 处待处理').waitFor();
  }, 300_000);

  it('are seen beside what becomes of them: a preview of the release, with what differs lit up', async () => {
    await card('13700001111').getByRole('button', { name: '遮盖' }).click();
    await maker.getByText(/处待处理/).waitFor({ state: 'detached' });
    await maker.keyboard.press('c');
    await maker.getByText(/共 1 页，1 页有不同/).waitFor({ timeout: 60_000 });
    // The office's own number stays, what was covered is lit up and gone.
    const released = maker.getByRole('region', { name: '预览出件：第 1 页' });
    await released.getByText(`Call ${mobile}`).waitFor();
    expect(await released.getByText(id).count()).toBe(0);
    expect(await maker.getByRole('region', { name: '转换件：第 1 页' }).getByText(id).count()).toBe(1);
    expect(await released.locator('.gk-difference.covered').count()).toBeGreaterThan(0);
    await shot(maker, 'compare');
    expect(grave(await violations(maker))).toEqual([]);
    await maker.keyboard.press('c');
    await maker.locator('[data-mark]').first().waitFor();
  }, 300_000);

  it('and anything else are covered by a search over all files, by the page, and all of it can be undone', async () => {
    const panel = maker.getByRole('tabpanel', { name: /遮盖/ });
    await maker.keyboard.press('/');
    await panel.getByRole('searchbox', { name: /搜索并遮盖/ }).fill('call');
    await maker.keyboard.press('Enter');
    await panel.getByText('“call”共 2 处').waitFor();
    await panel.getByRole('button', { name: '遮盖每一处（2）' }).click();
    await panel.getByText('，其中 2 处已遮盖').waitFor();
    await shot(maker, 'search-places');
    expect(grave(await violations(maker))).toEqual([]);
    await panel.getByText('按搜索').first().waitFor();
    // What is on the screen is what is taken back, also before the server has answered.
    await maker.route('**/api/publications/*', async (asked) => {
      if (asked.request().method() === 'PATCH') await new Promise((turn) => setTimeout(turn, 1_500));
      await asked.continue();
    });
    await maker.getByRole('button', { name: '遮盖本页整页' }).click();
    await panel.getByText('整页').waitFor();
    await maker.getByRole('button', { name: '撤销上一步' }).click();
    await panel.getByText('整页').waitFor({ state: 'detached' });
    expect(await panel.getByText('按搜索').count()).toBeGreaterThan(0);
    await maker.unrouteAll({ behavior: 'wait' });
    await maker.getByRole('button', { name: '撤销上一步' }).click();
    await panel.getByText('按搜索').first().waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: '遮盖每一处（2）' }).waitFor();
  }, 300_000);
});
